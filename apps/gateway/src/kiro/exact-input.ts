import type { SseFrame } from '@sluice/core';
import { isJsonObject, type JsonObject } from '@sluice/core';
import { serialiseSse, SseParser } from '@sluice/streaming';

/** What a message cost at its beginning. What it gave is only known at its end, and stands there. */
const INPUT_MEMBERS = ['input_tokens', 'cache_creation_input_tokens', 'cache_read_input_tokens'] as const;

/**
 * A whole stream of Anthropic's with the input tokens of its end also at its beginning: some vendors tell them last, and some
 * clients read them first.
 * @see https://platform.claude.com/docs/en/build-with-claude/streaming
 */
export function withExactInput(stream: Buffer): string {
  const frames = framesOf(stream);
  const usage = frames.map(usageOfEnd).findLast((found) => found !== undefined);
  return frames.map((frame) => serialiseSse(usage === undefined ? frame : withUsage(frame, usage))).join('');
}

function framesOf(stream: Buffer): readonly SseFrame[] {
  const frames: SseFrame[] = [];
  const parser = new SseParser({ maxEventBytes: Math.max(stream.length, 1) });
  parser.push(stream, (frame) => frames.push(frame));
  parser.finish((frame) => frames.push(frame));
  return frames;
}

function usageOfEnd({ event, data }: SseFrame): JsonObject | undefined {
  const usage = event === 'message_delta' ? parse(data)?.['usage'] : undefined;
  return isJsonObject(usage) ? usage : undefined;
}

function withUsage(frame: SseFrame, usage: JsonObject): SseFrame {
  if (frame.event !== 'message_start') return frame;
  const start = parse(frame.data);
  const message = start?.['message'];
  if (start === undefined || !isJsonObject(message)) return frame;
  const begun = isJsonObject(message['usage']) ? message['usage'] : {};
  const input = INPUT_MEMBERS.flatMap((name) => (typeof usage[name] === 'number' ? [[name, usage[name]]] : []));
  const exact = { ...begun, ...(Object.fromEntries(input) as JsonObject) }; // numbers, as checked
  return { ...frame, data: JSON.stringify({ ...start, message: { ...message, usage: exact } }) };
}

function parse(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined; // an event that was cut off passes as it is
  }
}
