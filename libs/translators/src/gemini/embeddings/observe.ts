import type { WireFrame } from '@sluice/core';
import type { StreamTransformer } from '@sluice/streaming';
import {
  invalidResponse,
  objectMember,
  parseJsonObject,
  withoutByteOrderMark,
  type AnswerObserver,
  type Observation,
} from '@sluice/translator-kit';
import { decodeAnswerError } from '../decode-error.js';
import { embeddingUsage } from './embedding-usage.js';

/** Usage and failure of embeddings that pass through unchanged. */
export const observe: AnswerObserver = {
  createStreamObserver: () => new NoStream(),
  observeBody,
  contentCharsOf: () => 0, // vectors are no tokens
};

function observeBody(body: Buffer): readonly Observation[] {
  const answer = parseJsonObject(withoutByteOrderMark(body).toString());
  if (answer === undefined) {
    const error = invalidResponse('The vendor answered 200 with a body that is not a JSON object.');
    return [{ type: 'error', error }];
  }
  if (objectMember(answer, 'error') !== undefined) return [{ type: 'error', error: decodeAnswerError(answer) }];
  const usage = embeddingUsage(answer);
  return usage === undefined ? [] : [{ type: 'usage', usage, standalone: false }];
}

/** Embeddings come whole; a stream of them is no answer of this format. */
class NoStream implements StreamTransformer<WireFrame, Observation> {
  push(_frame: WireFrame, emit: (observation: Observation) => void): void {
    emit({ type: 'error', error: invalidResponse('The vendor answered a request for embeddings with a stream.') });
  }

  finish(): void {}
}
