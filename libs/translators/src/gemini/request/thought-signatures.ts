import { isJsonObject, type JsonObject } from '@sluice/core';
import { without } from '../carried.js';

/** What Google documents for calls that it did not make itself. @see https://ai.google.dev/gemini-api/docs/thought-signatures */
const SENTINEL = 'skip_thought_signature_validator';

export interface CallProofOptions {
  /** Whether the model refuses a first call without a proof: third-generation models do. */
  readonly needsProof: boolean;
}

/**
 * The parts of a model's turn with proofs where Google gave them: at the calls. A proof that stands at the reasoning before a
 * call, where other formats keep it, is moved there. Where the first call of the turn has none and the model demands one, the
 * documented stand-in says so; parallel calls after the first need nothing.
 */
export function withCallSignature(
  parts: readonly JsonObject[],
  { needsProof }: CallProofOptions,
): readonly JsonObject[] {
  const signed = withMovedProofs(parts);
  const first = signed.findIndex(isCall);
  const call = signed[first];
  if (!needsProof || call === undefined || call['thoughtSignature'] !== undefined) return signed;
  return signed.with(first, { ...call, thoughtSignature: SENTINEL });
}

function withMovedProofs(parts: readonly JsonObject[]): readonly JsonObject[] {
  return parts.flatMap((part, index) => {
    const proof = isCall(part) ? proofFor(part, parts[index - 1]) : undefined;
    if (proof !== undefined) return [{ ...part, thoughtSignature: proof }];
    const next = parts[index + 1];
    return next !== undefined && isCall(next) && proofFor(next, part) !== undefined ? unsigned(part) : [part];
  });
}

/** The proof of the part before a call that has none. */
function proofFor(call: JsonObject, before: JsonObject | undefined): JsonObject[string] {
  const isReasoning = before?.['thought'] === true || before?.['text'] === '';
  return isReasoning && call['thoughtSignature'] === undefined ? before['thoughtSignature'] : undefined;
}

function isCall({ functionCall }: JsonObject): boolean {
  return isJsonObject(functionCall);
}

/** What is left of a part whose signature has moved. */
function unsigned(part: JsonObject): readonly JsonObject[] {
  const rest = without(part, ['thoughtSignature']);
  return rest === undefined || rest['text'] === '' ? [] : [rest];
}
