import { isJsonObject, type JsonObject } from '@sluice/core';
import { without } from '../carried.js';

/** What Google documents for calls that it did not make itself. @see https://ai.google.dev/gemini-api/docs/thought-signatures */
const SENTINEL = 'skip_thought_signature_validator';

/**
 * The parts of a model's turn with a signature where third-generation models demand one: at the first call. A proof that
 * stands at the reasoning before it, where other formats keep it, is moved there; without any, the documented stand-in says
 * that there is none. Parallel calls after the first need nothing.
 */
export function withCallSignature(parts: readonly JsonObject[]): readonly JsonObject[] {
  const first = parts.findIndex(({ functionCall }) => isJsonObject(functionCall));
  const call = parts[first];
  if (call === undefined || call['thoughtSignature'] !== undefined) return parts;
  const proofAt = first - 1;
  const proof = parts[proofAt];
  const isReasoning = proof?.['thought'] === true || proof?.['text'] === '';
  const value = isReasoning ? proof['thoughtSignature'] : undefined;
  const signed = { ...call, thoughtSignature: value ?? SENTINEL };
  return parts.flatMap((part, index) => {
    if (index === first) return [signed];
    return index === proofAt && value !== undefined ? unsigned(part) : [part];
  });
}

/** What is left of a part whose signature has moved. */
function unsigned(part: JsonObject): readonly JsonObject[] {
  const rest = without(part, ['thoughtSignature']);
  return rest === undefined || rest['text'] === '' ? [] : [rest];
}
