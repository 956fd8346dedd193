import type { JsonObject, RefusalBlock } from '@sluice/core';
import { objectMember, textMember } from '@sluice/translator-kit';
import { carried } from '../request/node-rest.js';

/** Tells a refusal that was read from `stop_details` from one that was said: this format's encoder must not say it twice. */
const SAID_IN = { said_in: 'stop_details' } as const;

/** UTF-16 units of a refusal that are also told as an explanation; vendors refuse in a sentence or two. */
export const MAX_EXPLANATION_CHARS = 16 * 1024;

/**
 * Why the model refused, as a block: `stop_details.explanation`, which stands beside the answer.
 * @see https://platform.claude.com/docs/en/build-with-claude/handling-stop-reasons
 */
export function refusalRemark(end: JsonObject): RefusalBlock | undefined {
  if (end['stop_reason'] !== 'refusal') return undefined;
  const text = textMember(objectMember(end, 'stop_details'), 'explanation');
  return text === undefined ? undefined : { type: 'refusal', text, ...carried(SAID_IN) };
}

/** Whether a refusal stands in the `stop_details` that travel with the answer. @param members the block's, of this format */
export function isRemark(members: JsonObject | undefined): boolean {
  return members?.['said_in'] === SAID_IN.said_in;
}

/** `stop_details` for a refusal in another vendor's words, which has no category of Anthropic's. @param stop the encoded stop */
export function encodeStopDetails(stop: JsonObject, refusal: string): JsonObject {
  if (stop['stop_reason'] !== 'refusal' || refusal === '' || refusal.length > MAX_EXPLANATION_CHARS) return {};
  return { stop_details: { type: 'refusal', category: null, explanation: refusal } };
}
