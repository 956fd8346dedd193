import type { CanonicalEvent, ContentBlock, JsonObject, JsonValue } from '@sluice/core';
import { FORMAT } from '../carried.js';

/** What is left of a chunk, as a chunk for the readers of its own format. */
export function residue(delta: JsonObject, logprobs: JsonValue | undefined): CanonicalEvent {
  const choice = { index: 0, delta, ...(logprobs !== undefined && { logprobs }) };
  return { type: 'opaque', format: FORMAT, frame: { kind: 'sse', data: JSON.stringify({ choices: [choice] }) } };
}

/** A block that cannot be streamed, as the part that it came as. */
export function partOf(block: ContentBlock): JsonValue {
  if (block.type === 'opaque') return block.value;
  return block.type === 'image' ? { type: 'image_url', image_url: { url: block.source.value } } : null;
}
