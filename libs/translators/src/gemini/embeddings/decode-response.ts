import type { JsonValue } from '@sluice/core';
import {
  invalidResponse,
  objectsMember,
  parseJsonObject,
  withoutByteOrderMark,
  type EmbeddingRequest,
  type EmbeddingResponse,
} from '@sluice/translator-kit';
import { embeddingUsage } from './embedding-usage.js';

/**
 * Google's answer to a batch.
 * @throws GatewayError `upstream_invalid_response`
 * @see https://ai.google.dev/api/embeddings
 */
export function decodeEmbeddingResponse(body: Buffer, { texts }: Pick<EmbeddingRequest, 'texts'>): EmbeddingResponse {
  const answer = parseJsonObject(withoutByteOrderMark(body).toString());
  const vectors = objectsMember(answer, 'embeddings').map(({ values }) => numbersOf(values));
  if (vectors.length !== texts.length) {
    throw invalidResponse(`The vendor answered ${texts.length} texts with ${vectors.length} embeddings.`);
  }
  const usage = embeddingUsage(answer);
  return { vectors, ...(usage !== undefined && { usage }) };
}

function numbersOf(values: JsonValue | undefined): readonly number[] {
  if (Array.isArray(values) && values.every((value: JsonValue) => typeof value === 'number')) return values;
  throw invalidResponse('The vendor answered 200 with an embedding that is no list of numbers.');
}
