import {
  invalidResponse,
  objectMember,
  objectsMember,
  parseJsonObject,
  withoutByteOrderMark,
  type AnswerObserver,
  type Observation,
} from '@sluice/translator-kit';
import { decodeAnswerError } from './decode-error.js';
import { mapBlockReason, mapStopReason } from './map-stop-reason.js';
import { mapUsage } from './map-usage.js';
import { contentCharsOf } from './content-chars.js';
import { modelSpans } from './model-spans.js';
import { GeminiStreamObserver } from './stream-observer.js';

/** Usage, finish and failure of answers that pass through unchanged. */
export const observe: AnswerObserver = {
  createStreamObserver: () => new GeminiStreamObserver(),
  observeBody,
  contentCharsOf: (body) => contentCharsOf(parseJsonObject(withoutByteOrderMark(body).toString())),
  modelSpans,
};

function observeBody(body: Buffer): readonly Observation[] {
  const answer = parseJsonObject(withoutByteOrderMark(body).toString());
  if (answer === undefined) {
    return [
      { type: 'error', error: invalidResponse('The vendor answered 200 with a body that is not a JSON object.') },
    ];
  }
  if (objectMember(answer, 'error') !== undefined) return [{ type: 'error', error: decodeAnswerError(answer) }];
  const observations: Observation[] = [];
  const raw = objectMember(answer, 'usageMetadata');
  const usage = raw && mapUsage(raw);
  if (usage !== undefined) observations.push({ type: 'usage', usage, standalone: false });
  const [candidate] = objectsMember(answer, 'candidates');
  const finishReason = candidate === undefined ? mapBlockReason(answer) : mapStopReason(candidate);
  if (finishReason !== undefined) observations.push({ type: 'finish', finishReason });
  return observations;
}
