import type { JsonObject, JsonValue } from '@sluice/core';
import { carryUnknown, nestedMember, objectMember } from '@sluice/translator-kit';
import { isKnownStopReason } from '../map-stop-reason.js';

const ANSWER: ReadonlySet<string> = new Set(['candidates', 'usageMetadata', 'modelVersion', 'responseId']);
const CANDIDATE: ReadonlySet<string> = new Set(['content', 'finishReason', 'index']);
const CONTENT: ReadonlySet<string> = new Set(['parts', 'role']);

/** Under this name an answer carries what its first candidate has besides content and end. */
export const CANDIDATE_REST = 'candidate';

/** Members of an answer, or of one chunk of it, that the canonical model has not. */
export function restOfAnswer(answer: JsonObject): JsonObject | undefined {
  return carryUnknown(answer, ANSWER);
}

/** The same of a candidate; a word for its end that we do not know is among them. */
export function restOfCandidate(candidate: JsonObject): JsonObject | undefined {
  const { finishReason } = candidate;
  const rest = {
    ...carryUnknown(candidate, CANDIDATE),
    ...nestedMember('content', carryUnknown(objectMember(candidate, 'content') ?? {}, CONTENT)),
    ...(typeof finishReason === 'string' && !isKnownStopReason(finishReason) && { finishReason }),
  };
  return Object.keys(rest).length === 0 ? undefined : rest;
}

/** What is known after another chunk: the later word counts, except for token probabilities, which each chunk has its own of. */
export function mergeCandidateRest(
  earlier: JsonObject | undefined,
  later: JsonObject | undefined,
): JsonObject | undefined {
  if (earlier === undefined || later === undefined) return later ?? earlier;
  const [first, second] = [objectMember(earlier, 'logprobsResult'), objectMember(later, 'logprobsResult')];
  const logprobs = first && second ? { logprobsResult: joinedLists(first, second) } : {};
  return { ...earlier, ...later, ...logprobs };
}

function joinedLists(first: JsonObject, second: JsonObject): JsonObject {
  const joined: Record<string, JsonValue | undefined> = { ...first, ...second };
  for (const name of Object.keys(second)) {
    const [before, after] = [first[name], second[name]];
    if (Array.isArray(before) && Array.isArray(after)) joined[name] = [...before, ...after];
  }
  return joined;
}
