import fc from 'fast-check';
import type { JsonObject } from '@sluice/core';
import type { GeneratedStream } from './generated-stream.js';
import { spokenAnswers, type SpokenAnswer } from './spoken-answers.js';
import { wireBytes, wireSpellings, type WireEvent } from './wire-events.js';

interface Habits {
  /** Pings may come anywhere. */
  readonly hasPings: boolean;
  /** Reasoning that the vendor does not show, as a block of its own. */
  readonly hasRedacted: boolean;
  /** A delta of a kind that nobody knows yet. */
  readonly hasUnknownDelta: boolean;
}

const habits: fc.Arbitrary<Habits> = fc.record({
  hasPings: fc.boolean(),
  hasRedacted: fc.boolean(),
  hasUnknownDelta: fc.boolean(),
});

/** Streams of the Messages API from `message_start` to `message_stop`. */
export const anthropicStreams: fc.Arbitrary<GeneratedStream> = fc
  .tuple(spokenAnswers, habits, wireSpellings)
  .map(([answer, habit, spelling]) => {
    const events = eventsOf(answer, habit).flatMap((event) => (habit.hasPings ? [event, { type: 'ping' }] : [event]));
    const last = events.findIndex(({ type }) => type === 'message_stop');
    const wire = events.slice(0, last + 1).map((data): WireEvent => [String(data['type']), data]);
    return {
      bytes: wireBytes(wire, spelling),
      text: answer.text.join(''),
      reasoning: answer.reasoning.join(''),
      calls: answer.calls,
    };
  });

function eventsOf({ reasoning, text, calls }: SpokenAnswer, habit: Habits): readonly JsonObject[] {
  const blocks: (readonly [start: JsonObject, deltas: readonly JsonObject[]])[] = [];
  if (reasoning.length > 0) {
    const deltas = reasoning.map((thinking) => ({ type: 'thinking_delta', thinking }));
    blocks.push([
      { type: 'thinking', thinking: '', signature: '' },
      [...deltas, { type: 'signature_delta', signature: 'sig' }],
    ]);
  }
  if (habit.hasRedacted) blocks.push([{ type: 'redacted_thinking', data: 'c2VjcmV0' }, []]);
  if (text.length > 0)
    blocks.push([{ type: 'text', text: '' }, text.map((piece) => ({ type: 'text_delta', text: piece }))]);
  for (const { id, name, parts } of calls) {
    const deltas = parts.map((part) => ({ type: 'input_json_delta', partial_json: part }));
    blocks.push([
      { type: 'tool_use', id, name, input: {} },
      [{ type: 'input_json_delta', partial_json: '' }, ...deltas],
    ]);
  }
  const unknown = habit.hasUnknownDelta ? [{ type: 'future_delta', future: 1 }] : [];
  return [
    { type: 'message_start', message: MESSAGE },
    ...blocks.flatMap(([start, deltas], index) => blockEvents(index, start, [...unknown, ...deltas])),
    {
      type: 'message_delta',
      delta: { stop_reason: calls.length > 0 ? 'tool_use' : 'end_turn', stop_sequence: null },
      usage: { output_tokens: 5 },
    },
    { type: 'message_stop' },
  ];
}

const MESSAGE: JsonObject = {
  id: 'msg_1',
  type: 'message',
  role: 'assistant',
  model: 'model-1',
  content: [],
  stop_reason: null,
  stop_sequence: null,
  usage: { input_tokens: 9, output_tokens: 1, cache_creation_input_tokens: 0, cache_read_input_tokens: 0 },
};

function blockEvents(index: number, start: JsonObject, deltas: readonly JsonObject[]): readonly JsonObject[] {
  return [
    { type: 'content_block_start', index, content_block: start },
    ...deltas.map((delta) => ({ type: 'content_block_delta', index, delta })),
    { type: 'content_block_stop', index },
  ];
}
