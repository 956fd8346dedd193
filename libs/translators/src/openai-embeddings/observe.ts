import type { WireFrame } from '@sluice/core';
import { scanMembers, type MemberSpan, type StreamTransformer } from '@sluice/streaming';
import {
  countMember,
  invalidResponse,
  objectMember,
  parseJsonObject,
  pickMembers,
  upstreamUsage,
  withoutByteOrderMark,
  type AnswerObserver,
  type Observation,
} from '@sluice/translator-kit';
import { errors } from './errors.js';

const NOWHERE: readonly MemberSpan[] = [];

/** Usage and failure of an answer; the vectors themselves are stepped over. */
export const observe: AnswerObserver = {
  createStreamObserver: () => new NoStream(),
  observeBody,
  contentCharsOf: () => 0, // vectors are no tokens
  modelSpans: (json, at) => scanMembers(json, ['model'], at)?.members.model ?? NOWHERE,
};

function observeBody(body: Buffer): readonly Observation[] {
  const json = withoutByteOrderMark(body);
  const answer = pickMembers(json, ['error', 'usage'])?.members ?? parseJsonObject(json.toString());
  if (answer === undefined) {
    const error = invalidResponse('The vendor answered 200 with a body that is not a JSON object.');
    return [{ type: 'error', error }];
  }
  const error = errors.findAnswerError(answer);
  if (error !== undefined) return [{ type: 'error', error }];
  const raw = objectMember(answer, 'usage');
  const usage = raw && upstreamUsage({ input: countMember(raw, 'prompt_tokens'), output: 0 }, raw);
  return usage === undefined ? [] : [{ type: 'usage', usage, standalone: false }];
}

/** Embeddings come whole; a stream of them is no answer of this format. */
class NoStream implements StreamTransformer<WireFrame, Observation> {
  push(_frame: WireFrame, emit: (observation: Observation) => void): void {
    emit({ type: 'error', error: invalidResponse('The vendor answered a request for embeddings with a stream.') });
  }

  finish(): void {}
}
