import type { TranslationWarning } from '@sluice/core';
import {
  invalidRequest,
  serialiseBody,
  type EmbeddingRequest,
  type EncodedRequest,
  type TranslationContext,
} from '@sluice/translator-kit';
import { resourceOf, VERSION, writeModelPath } from '../model-path.js';

/** Texts that one call may embed. @see https://ai.google.dev/api/embeddings */
export const MAX_EMBEDDED_TEXTS = 100;

/**
 * A request for embeddings as `batchEmbedContents`.
 * @throws GatewayError `invalid_request` for more texts than one call takes
 */
export function encodeEmbeddingRequest(
  request: EmbeddingRequest,
  { upstreamModel }: Pick<TranslationContext, 'upstreamModel'>,
): EncodedRequest {
  const { texts, dimensions } = request;
  if (texts.length > MAX_EMBEDDED_TEXTS) {
    const message = `"input" may hold at most ${MAX_EMBEDDED_TEXTS} texts for this model, but it holds ${texts.length}. Send them in several requests.`;
    throw invalidRequest(message, 'input');
  }
  const model = resourceOf(upstreamModel);
  const requests = texts.map((text) => ({
    model,
    content: { parts: [{ text }] },
    ...(dimensions !== undefined && { outputDimensionality: dimensions }),
  }));
  const path = writeModelPath({ version: VERSION, model: upstreamModel, method: 'batchEmbedContents' });
  return { call: { path, query: '', body: serialiseBody({ requests }) }, warnings: warningsOf(request) };
}

function warningsOf({ endUser, extensions = {} }: EmbeddingRequest): readonly TranslationWarning[] {
  const warnings: TranslationWarning[] = Object.entries(extensions).map(([format, members]) => ({
    path: `/extensions/${format}`,
    effect: 'dropped',
    message: `Google has no place for: ${Object.keys(members ?? {}).join(', ')}.`,
  }));
  if (endUser === undefined) return warnings;
  return [
    { path: '/endUser', effect: 'dropped', message: 'Google has no place for the id of an end user.' },
    ...warnings,
  ];
}
