import type { GatewayError, JsonObject, WireFrame } from '@sluice/core';
import { scanMembers, type Emit, type MemberSpan } from '@sluice/streaming';
import {
  invalidResponse,
  memberTextLengths,
  parseJsonObject,
  withoutByteOrderMark,
  type AnswerObserver,
  TextMeter,
  type Observation,
  type StreamObserver,
} from '@sluice/translator-kit';
import { errors } from './errors.js';
import { finishIn, hasText, isUsageAlone, usageIn } from './read-answer.js';

const DONE = '[DONE]';
const TEXT = ['"text"'];
const NOWHERE: readonly MemberSpan[] = [];

/** Usage, finish and failure of answers that pass through unchanged. */
export const observe: AnswerObserver = {
  createStreamObserver: () => new CompletionsStreamObserver(),
  observeBody,
  contentCharsOf: (body) => memberTextLengths(body.toString(), TEXT),
  modelSpans: (json, at) => scanMembers(json, ['model'], at)?.members.model ?? NOWHERE,
};

function observeBody(body: Buffer): readonly Observation[] {
  const answer = parseJsonObject(withoutByteOrderMark(body).toString());
  if (answer === undefined) {
    const error = invalidResponse('The vendor answered 200 with a body that is not a JSON object.');
    return [{ type: 'error', error }];
  }
  const error = errors.findAnswerError(answer);
  if (error !== undefined) return [{ type: 'error', error }];
  const observations: Observation[] = [];
  tellFacts(answer, (observation) => observations.push(observation));
  return observations;
}

/** Watches a stream of completions as it passes, until `[DONE]` or an error. */
class CompletionsStreamObserver implements StreamObserver {
  #hasContent = false;
  #hasEnded = false;
  readonly #meter = new TextMeter(TEXT);

  get contentChars(): number {
    return this.#meter.chars;
  }

  push(frame: WireFrame, emit: Emit<Observation>): void {
    if (this.#hasEnded || (frame.kind === 'sse' && frame.data === '')) return;
    if (frame.kind === 'sse' && frame.data.startsWith(DONE)) {
      this.#hasEnded = true;
      return emit({ type: 'end' });
    }
    const chunk = frame.kind === 'sse' ? parseJsonObject(frame.data) : undefined;
    if (chunk === undefined) {
      return this.#fail(invalidResponse('The vendor sent an event in its stream that is not a JSON object.'), emit);
    }
    const error = errors.findAnswerError(chunk);
    if (error !== undefined) return this.#fail(error, emit);
    if (frame.kind === 'sse') this.#meter.see(frame.data);
    if (!this.#hasContent && hasText(chunk)) {
      this.#hasContent = true;
      emit({ type: 'content' });
    }
    tellFacts(chunk, emit);
  }

  finish(): void {}

  #fail(error: GatewayError, emit: Emit<Observation>): void {
    this.#hasEnded = true;
    emit({ type: 'error', error });
  }
}

function tellFacts(answer: JsonObject, emit: Emit<Observation>): void {
  const usage = usageIn(answer);
  if (usage !== undefined) emit({ type: 'usage', usage, standalone: isUsageAlone(answer) });
  const finishReason = finishIn(answer);
  if (finishReason !== undefined) emit({ type: 'finish', finishReason });
}
