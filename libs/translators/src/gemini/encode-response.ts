import type { CanonicalResponse, JsonObject } from '@sluice/core';
import type { TranslationContext } from '@sluice/translator-kit';
import { encodeAnswerPart } from './answer/encode-answer-part.js';
import { encodeEnd } from './answer/encode-end.js';
import { carriedBy } from './carried.js';

/**
 * A whole answer under the name that the client asked for.
 * @see https://ai.google.dev/api/generate-content#generatecontentresponse
 */
export function encodeResponse(response: CanonicalResponse, context: TranslationContext): JsonObject {
  const { id, content, finishReason, usage } = response;
  const firstText = content.findIndex((block) => block.type === 'text' && block.text !== '');
  const said = content.filter((block, index) => block.type !== 'refusal' || firstText === -1 || index < firstText);
  return encodeEnd({
    parts: said.map(encodeAnswerPart).filter((part) => part !== undefined),
    refusal: content.map((block) => (block.type === 'refusal' ? block.text : '')).join(''),
    citations: content.flatMap((block) => (block.type === 'text' ? (block.citations ?? []) : [])),
    finishReason,
    usage,
    carried: carriedBy(response),
    id,
    model: context.requestedModel,
    isEmpty: content.length === 0,
  });
}
