import type { CanonicalRequest, JsonObject } from '@sluice/core';
import {
  countMember,
  invalidResponse,
  parseJsonObject,
  parseRequestBody,
  serialiseBody,
  withoutByteOrderMark,
  type EncodedRequest,
  type TranslationContext,
} from '@sluice/translator-kit';
import { encodeRequest } from './encode-request.js';
import { resourceOf, VERSION, writeModelPath } from './model-path.js';

/** How many tokens a prompt has. */
export interface TokenCount {
  readonly inputTokens: number;
  /** Those of them that a cache holds; undefined = not reported. */
  readonly cachedTokens?: number;
}

/**
 * The question how many tokens a request has, tools and instructions included.
 * @see https://ai.google.dev/api/tokens
 */
export function encodeCountRequest(request: CanonicalRequest, context: TranslationContext): EncodedRequest {
  const { call, warnings } = encodeRequest({ ...request, stream: false }, context);
  const model = context.upstreamModel;
  const path = writeModelPath({ version: VERSION, model, method: 'countTokens' });
  const body = { generateContentRequest: { model: resourceOf(model), ...parseRequestBody(call.body) } };
  return { call: { path, query: '', body: serialiseBody(body) }, warnings };
}

/**
 * The vendor's count.
 * @throws GatewayError `upstream_invalid_response`
 */
export function decodeCountResponse(body: Buffer): TokenCount {
  const answer = parseJsonObject(withoutByteOrderMark(body).toString());
  const inputTokens = countMember(answer, 'totalTokens');
  if (inputTokens === undefined) throw invalidResponse('The vendor answered 200 without a count of tokens.');
  const cachedTokens = countMember(answer, 'cachedContentTokenCount');
  return { inputTokens, ...(cachedTokens !== undefined && { cachedTokens }) };
}

/** A count for a client. */
export function encodeCountResponse({ inputTokens, cachedTokens }: TokenCount): JsonObject {
  return { totalTokens: inputTokens, ...(cachedTokens !== undefined && { cachedContentTokenCount: cachedTokens }) };
}
