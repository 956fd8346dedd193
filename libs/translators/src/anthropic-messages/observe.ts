import {
  invalidResponse,
  objectMember,
  objectsMember,
  parseJsonObject,
  pickMembers,
  textMember,
  withoutByteOrderMark,
  type AnswerObserver,
  type Observation,
} from '@sluice/translator-kit';
import { decodeAnswerError } from './decode-error.js';
import { mapStopReason } from './map-stop-reason.js';
import { mapUsage } from './map-usage.js';
import { modelSpans } from './model-spans.js';
import { AnthropicStreamObserver } from './stream-observer.js';

const ANSWER_MEMBERS = ['type', 'error', 'request_id', 'usage', 'stop_reason', 'stop_sequence'] as const;

/** Usage, finish and failure of answers that pass through unchanged. */
export const observe: AnswerObserver = {
  createStreamObserver: () => new AnthropicStreamObserver(),
  observeBody,
  contentCharsOf,
  modelSpans,
};

function observeBody(body: Buffer): readonly Observation[] {
  const json = withoutByteOrderMark(body);
  const answer = pickMembers(json, ANSWER_MEMBERS)?.members ?? parseJsonObject(json.toString());
  if (answer === undefined) {
    return [
      { type: 'error', error: invalidResponse('The vendor answered 200 with a body that is not a JSON object.') },
    ];
  }
  if (answer['type'] === 'error' || objectMember(answer, 'error') !== undefined) {
    return [{ type: 'error', error: decodeAnswerError(answer) }];
  }
  const observations: Observation[] = [];
  const raw = objectMember(answer, 'usage');
  const usage = raw && mapUsage(raw);
  if (usage !== undefined) observations.push({ type: 'usage', usage, standalone: false });
  const finishReason = mapStopReason(answer);
  if (finishReason !== undefined) observations.push({ type: 'finish', finishReason });
  return observations;
}

/** Texts and thoughts, and calls with their input. */
function contentCharsOf(body: Buffer): number {
  let chars = 0;
  for (const block of objectsMember(parseJsonObject(withoutByteOrderMark(body).toString()), 'content')) {
    const text = textMember(block, 'text') ?? textMember(block, 'thinking') ?? textMember(block, 'name') ?? '';
    chars += text.length + (JSON.stringify(block['input']) ?? '').length;
  }
  return chars;
}
