import type { JsonObject, Signature } from '@sluice/core';
import { objectMember, textMember } from '@sluice/translator-kit';

/**
 * Gemini's proof of its reasoning on a tool call, as Google's own compatibility layer spells it.
 * @see https://ai.google.dev/gemini-api/docs/thought-signatures
 */
export function thoughtSignature(call: JsonObject): Signature | undefined {
  const value = textMember(objectMember(objectMember(call, 'extra_content'), 'google'), 'thought_signature');
  return value === undefined ? undefined : { family: 'gemini', value };
}

/** The member of a tool call that carries a signature; undefined for another family's. */
export function extraContent(signature: Signature | undefined): JsonObject | undefined {
  if (signature?.family !== 'gemini') return undefined;
  return { extra_content: { google: { thought_signature: signature.value } } };
}
