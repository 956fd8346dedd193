import type { AnswerObserver, Observation } from '@sluice/translator-kit';
import { invalidResponse, memberTextLengths, objectsMember } from '@sluice/translator-kit';
import { ChoiceFinishes } from './choice-finishes.js';
import { findAnswerError } from './decode-error.js';
import { mapUsage } from './map-usage.js';
import { modelSpans } from './model-spans.js';
import { usageIn } from './read-chunk.js';
import { scanAnswer } from './scan-answer.js';
import { ChatStreamObserver } from './stream-observer.js';
import { CONTENT_MEMBERS } from './wire-types.js';

/** Usage, finish and failure of answers that pass through unchanged. */
export const observe: AnswerObserver = {
  createStreamObserver: () => new ChatStreamObserver(),
  observeBody,
  contentCharsOf: (body) => memberTextLengths(body.toString(), CONTENT_MEMBERS),
  modelSpans,
};

function observeBody(body: Buffer): readonly Observation[] {
  const answer = scanAnswer(body);
  if (answer === undefined) {
    return [
      { type: 'error', error: invalidResponse('The vendor answered 200 with a body that is not a JSON object.') },
    ];
  }
  const error = findAnswerError(answer);
  if (error !== undefined) return [{ type: 'error', error }];

  const observations: Observation[] = [];
  const raw = usageIn(answer);
  const usage = raw && mapUsage(raw);
  if (usage !== undefined) observations.push({ type: 'usage', usage, standalone: false });
  const finishes = new ChoiceFinishes();
  finishes.see(objectsMember(answer, 'choices'));
  const finishReason = finishes.take();
  if (finishReason !== undefined) observations.push({ type: 'finish', finishReason });
  return observations;
}
