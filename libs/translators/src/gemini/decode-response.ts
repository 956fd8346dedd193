import type { CanonicalRequest, CanonicalResponse, JsonObject } from '@sluice/core';
import {
  invalidResponse,
  nestedMember,
  objectMember,
  objectsMember,
  parseJsonObject,
  settleFinishReason,
  textMember,
  type TranslationContext,
  withoutByteOrderMark,
} from '@sluice/translator-kit';
import { CANDIDATE_REST, restOfAnswer, restOfCandidate } from './answer/answer-rest.js';
import { answerScope } from './answer/answer-scope.js';
import { citationsOf, withCitations } from './answer/citations.js';
import { proofsBeforeCalls } from './answer/proofs-before-calls.js';
import { carry } from './carried.js';
import { decodeAnswerError } from './decode-error.js';
import { mapBlockReason, mapStopReason } from './map-stop-reason.js';
import { mapUsage } from './map-usage.js';
import { decodePart } from './part/decode-part.js';

/**
 * A vendor's whole answer. The first candidate is the answer; others are carried.
 * @throws GatewayError `upstream_invalid_response` for what is no answer, and the vendor's own failure inside a 200
 * @see https://ai.google.dev/api/generate-content#generatecontentresponse
 */
export function decodeResponse(
  body: Buffer,
  context: TranslationContext,
  request: CanonicalRequest,
): CanonicalResponse {
  const answer = parseJsonObject(withoutByteOrderMark(body).toString());
  if (answer === undefined) throw invalidResponse('The vendor answered 200 with a body that is not a JSON object.');
  if (objectMember(answer, 'error') !== undefined) throw decodeAnswerError(answer);
  const [candidate, ...others] = objectsMember(answer, 'candidates');
  const blocked = candidate === undefined ? mapBlockReason(answer) : undefined;
  if (candidate === undefined && blocked === undefined) {
    throw invalidResponse('The vendor answered 200 with neither a candidate nor a reason to block the prompt.');
  }
  const model = textMember(answer, 'modelVersion') ?? context.upstreamModel;
  const scope = answerScope(request, context, model);
  const parts = objectsMember(objectMember(candidate, 'content'), 'parts');
  const decoded = parts.map((part) => decodePart(part, scope));
  const content = scope.movesCallProofs === true ? proofsBeforeCalls(decoded) : decoded;
  const raw = objectMember(answer, 'usageMetadata');
  const usage = raw && mapUsage(raw);
  return {
    id: textMember(answer, 'responseId') ?? '',
    model,
    content: withCitations(content, citationsOf(candidate)),
    finishReason: settleFinishReason({
      reported: blocked ?? mapStopReason(candidate) ?? { unified: 'other' },
      toolCalls: content.filter(({ type }) => type === 'tool-call').length,
    }),
    ...(usage !== undefined && { usage }),
    ...carry(
      restOfAnswer(answer),
      nestedMember(CANDIDATE_REST, candidate && restOfCandidate(candidate)),
      othersOf(answer, others),
      usage === undefined ? nestedMember('usageMetadata', raw) : undefined,
    ),
  };
}

/** Candidates after the first, and an empty list where the vendor wrote one. */
function othersOf({ candidates }: JsonObject, others: readonly JsonObject[]): JsonObject | undefined {
  return others.length > 0 || (Array.isArray(candidates) && candidates.length === 0)
    ? { candidates: others }
    : undefined;
}
