import type { JsonObject, Signature } from '@sluice/core';
import { carryUnknown, nestedMember, objectMember, textMember, withoutMembers } from '@sluice/translator-kit';

/**
 * Gemini's proof of its reasoning on a tool call, as Google's own compatibility layer spells it.
 * @see https://ai.google.dev/gemini-api/docs/thought-signatures
 */
export function thoughtSignature(call: JsonObject): Signature | undefined {
  const value = textMember(objectMember(objectMember(call, 'extra_content'), 'google'), 'thought_signature');
  return value === undefined ? undefined : { family: 'gemini', value };
}

const PROOF: ReadonlySet<string> = new Set(['thought_signature']);

/** Rare enough to be found fast: no other member of a request ends so. */
const PROOF_END = Buffer.from('_signature"');

/** A name of Google's models: only they take the proof of a call, and refuse the call without it. */
const GEMINI = /gemini/i;

/** Whether a model wants back the proofs that Google's models gave. */
export function takesGeminiProofs(model: string): boolean {
  return GEMINI.test(model);
}

/** Whether a history may hold a proof of Google's. Hot path: bytes are searched. */
export function mayHoldGeminiProof(body: Buffer): boolean {
  return body.includes(PROOF_END);
}

/** The member of a tool call that carries a signature; undefined for another family's. */
export function extraContent(signature: Signature | undefined): JsonObject | undefined {
  if (signature?.family !== 'gemini') return undefined;
  return { extra_content: { google: { thought_signature: signature.value } } };
}

/** A call's members without the proof of Google's. */
export function withoutProof(call: JsonObject | undefined): JsonObject | undefined {
  const extra = objectMember(call, 'extra_content');
  const google = objectMember(extra, 'google');
  if (call === undefined || google?.['thought_signature'] === undefined) return call;
  const others = { ...withoutMembers(extra, ['google']), ...nestedMember('google', carryUnknown(google, PROOF)) };
  const members = withoutMembers(call, ['extra_content']);
  return Object.keys(others).length === 0 ? members : { ...members, extra_content: others };
}
