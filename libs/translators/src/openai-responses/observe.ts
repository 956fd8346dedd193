import {
  invalidResponse,
  memberTextLengths,
  objectMember,
  objectsMember,
  parseJsonObject,
  settleFinishReason,
  withoutByteOrderMark,
  type AnswerObserver,
  type Observation,
} from '@sluice/translator-kit';
import { findAnswerError } from './decode-error.js';
import { isClientCall } from './items/item-kinds.js';
import { mapStopReason } from './map-stop-reason.js';
import { mapUsage } from './map-usage.js';
import { modelSpans } from './model-spans.js';
import { ResponsesStreamObserver } from './stream-observer.js';

/** The members of an answer's items that hold what the model wrote. */
const CONTENT_MEMBERS = ['"text"', '"refusal"', '"arguments"', '"input"'];

/** Usage, finish and failure of answers that pass through unchanged. */
export const observe: AnswerObserver = {
  createStreamObserver: () => new ResponsesStreamObserver(),
  observeBody,
  contentCharsOf: (body) => memberTextLengths(body.toString(), CONTENT_MEMBERS),
  modelSpans,
};

function observeBody(body: Buffer): readonly Observation[] {
  const answer = parseJsonObject(withoutByteOrderMark(body).toString());
  if (answer === undefined) {
    return [
      { type: 'error', error: invalidResponse('The vendor answered 200 with a body that is not a JSON object.') },
    ];
  }
  const error = findAnswerError(answer);
  if (error !== undefined) return [{ type: 'error', error }];
  const observations: Observation[] = [];
  const raw = objectMember(answer, 'usage');
  const usage = raw && mapUsage(raw);
  if (usage !== undefined) observations.push({ type: 'usage', usage, standalone: false });
  const reported = mapStopReason(answer);
  if (reported !== undefined) {
    const toolCalls = objectsMember(answer, 'output').filter(isClientCall).length;
    observations.push({ type: 'finish', finishReason: settleFinishReason({ reported, toolCalls }) });
  }
  return observations;
}
