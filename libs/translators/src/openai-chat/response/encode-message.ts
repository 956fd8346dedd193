import type { ContentBlock, JsonObject, MediaBlock, TextBlock } from '@sluice/core';
import { restoreMembers } from '@sluice/translator-kit';
import { isJsonObject } from '@sluice/core';
import { carriedBy, FORMAT } from '../carried.js';
import { toDataUrl } from '../request/data-url.js';
import { annotationOf } from './annotation-of.js';
import type { ClientHabits } from './client-habits.js';
import { encodeCall } from './encode-call.js';
import { encodeReasoning } from './encode-reasoning.js';

const DEFAULT_IMAGE_TYPE = 'image/png';

/** An answer's blocks as the one message of a choice. What only another format can say is left out. */
export function encodeMessage(content: readonly ContentBlock[], habits: ClientHabits): JsonObject {
  const said = content.filter(isSaid);
  const refusal = content.flatMap((block) => (block.type === 'refusal' ? [block.text] : []));
  const audio = content.find((block): block is MediaBlock => block.type === 'audio');
  const images = content.flatMap((block) => (block.type === 'image' ? [encodeImage(block)] : []));
  const calls = content.flatMap((block) => (block.type === 'tool-call' ? [encodeCall(block, habits)] : []));
  const annotations = annotationsOf(content);
  const isSilent = said.length === 0 && (calls.length > 0 || refusal.length > 0 || audio !== undefined);
  return {
    role: 'assistant',
    content: isSilent ? null : contentOf(said),
    ...encodeReasoning(content.filter((block) => block.type === 'reasoning')),
    refusal: refusal.length === 0 ? null : refusal.join(''),
    ...(annotations.length > 0 && { annotations }),
    ...(images.length > 0 && { images }),
    ...(audio !== undefined && { audio: encodeAudio(audio) }),
    ...callMembers(calls, habits),
  };
}

type SaidBlock = Extract<ContentBlock, { type: 'text' | 'opaque' }>;

function isSaid(block: ContentBlock): block is SaidBlock {
  return block.type === 'text' || (block.type === 'opaque' && block.format === FORMAT);
}

/** A string; a list of parts where a vendor of this format gave more than text. */
function contentOf(blocks: readonly SaidBlock[]): string | readonly JsonObject[] {
  const isPlain = (block: SaidBlock): block is TextBlock => block.type === 'text' && carriedBy(block) === undefined;
  if (blocks.every(isPlain)) return blocks.map(({ text }) => text).join('');
  return blocks.map((block) =>
    block.type === 'text' ? restoreMembers({ type: 'text', text: block.text }, carriedBy(block)) : block.value,
  );
}

function annotationsOf(content: readonly ContentBlock[]): readonly JsonObject[] {
  const annotations: JsonObject[] = [];
  let end = 0;
  for (const block of content) {
    if (block.type !== 'text') continue;
    const start = end;
    end += block.text.length;
    for (const citation of block.citations ?? []) {
      const annotation = annotationOf(citation, { start, end });
      if (annotation !== undefined) annotations.push(annotation);
    }
  }
  return annotations;
}

function encodeImage(block: MediaBlock): JsonObject {
  const { source, mediaType = DEFAULT_IMAGE_TYPE } = block;
  const url = source.kind === 'base64' ? toDataUrl(mediaType, source.value) : source.value;
  return restoreMembers({ type: 'image_url', image_url: { url } }, carriedBy(block));
}

function encodeAudio(block: MediaBlock): JsonObject {
  const rest = carriedBy(block)?.['audio'];
  return { data: block.source.value, ...(isJsonObject(rest) && rest) };
}

function callMembers(calls: readonly JsonObject[], { isLegacy }: ClientHabits): JsonObject {
  const [first] = calls;
  if (first === undefined) return {};
  return isLegacy ? { function_call: first['function'] } : { tool_calls: calls };
}
