import type { ContentBlock, JsonObject } from '@sluice/core';
import { carryUnknown, objectMember, objectsMember, textMember } from '@sluice/translator-kit';
import { carry } from '../carried.js';
import { audioTypeOf } from '../request/media-types.js';
import type { AnswerCalls } from './read-calls.js';
import { readContent, readPart } from './read-content.js';
import { readReasoning } from './read-reasoning.js';

const MESSAGE: ReadonlySet<string> = new Set([
  'role',
  'content',
  'refusal',
  'tool_calls',
  'function_call',
  'reasoning_content',
  'reasoning',
  'reasoning_text',
  'reasoning_details',
  'images',
]);
const AUDIO_DATA: ReadonlySet<string> = new Set(['data']);

export interface MessageOptions {
  readonly calls: AnswerCalls;
  /** What the client asked audio to be; the answer does not say it. */
  readonly audioFormat: string;
}

export interface ReadMessage {
  readonly content: readonly ContentBlock[];
  /** Members that the canonical model has not. */
  readonly rest: JsonObject | undefined;
}

/** A vendor's message as blocks: reasoning, content, refusal, media, calls. */
export function readMessage(message: JsonObject, { calls, audioFormat }: MessageOptions): ReadMessage {
  const refusal = textMember(message, 'refusal');
  const { content, isCited } = withCitations(readContent(message['content']), objectsMember(message, 'annotations'));
  const audio = readAudio(objectMember(message, 'audio'), audioFormat);
  const blocks: ContentBlock[] = [...readReasoning(message), ...content];
  if (refusal !== undefined) blocks.push({ type: 'refusal', text: refusal });
  blocks.push(...objectsMember(message, 'images').flatMap(readPart), ...audio, ...calls.read(message));
  return { content: blocks, rest: carryUnknown(message, saidBy(isCited, audio.length > 0)) };
}

/** A set is made only for the rare message that needs another one. */
function saidBy(isCited: boolean, hasAudio: boolean): ReadonlySet<string> {
  if (!isCited && !hasAudio) return MESSAGE;
  return new Set([...MESSAGE, ...(isCited ? ['annotations'] : []), ...(hasAudio ? ['audio'] : [])]);
}

/** Annotations count characters of the whole text; they stand at its last block. */
function withCitations(
  content: readonly ContentBlock[],
  citations: readonly JsonObject[],
): { readonly content: readonly ContentBlock[]; readonly isCited: boolean } {
  const last = content.at(-1);
  if (citations.length === 0 || last?.type !== 'text') return { content, isCited: false };
  return { content: [...content.slice(0, -1), { ...last, citations }], isCited: true };
}

function readAudio(audio: JsonObject | undefined, format: string): readonly ContentBlock[] {
  const data = textMember(audio, 'data');
  if (audio === undefined || data === undefined) return [];
  const rest = carryUnknown(audio, AUDIO_DATA);
  return [
    {
      type: 'audio',
      mediaType: audioTypeOf(format),
      source: { kind: 'base64', value: data },
      ...carry(rest && { audio: rest }),
    },
  ];
}
