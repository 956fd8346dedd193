import type { ContentBlock, JsonObject } from '@sluice/core';
import { restoreMembers } from '@sluice/translator-kit';
import { annotationsOf } from './annotations.js';
import { partMembers } from './encode-part.js';

/** A part of the model's message as answers have it, with empty lists where there is nothing. */
export function outputPart(block: Extract<ContentBlock, { type: 'text' | 'refusal' }>): JsonObject {
  const carried = partMembers(block);
  if (block.type === 'refusal') return restoreMembers({ type: 'refusal', refusal: block.text }, carried);
  const logprobs = carried?.['logprobs'] ?? [];
  const type = carried?.['type'] ?? 'output_text';
  return restoreMembers({ type, text: block.text, annotations: annotationsOf(block), logprobs }, carried);
}

export interface MessageOptions {
  readonly id: string;
  readonly status: string;
  readonly content: readonly JsonObject[];
}

/** The model's message as answers have it. @param carried what its first part carries of it */
export function messageItem({ id, status, content }: MessageOptions, carried: JsonObject | undefined): JsonObject {
  return restoreMembers(
    { id: carried?.['id'] ?? id, type: 'message', status: carried?.['status'] ?? status, role: 'assistant', content },
    carried,
  );
}
