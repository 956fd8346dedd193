import {
  countMember,
  invalidResponse,
  parseJsonObject,
  parseRequestBody,
  serialiseBody,
  withoutByteOrderMark,
  type UpstreamTokenCount,
} from '@sluice/translator-kit';
import { encodeRequest } from './encode-request.js';
import { resourceOf, VERSION, writeModelPath } from './model-path.js';

/**
 * How Google is asked how many tokens a request has, tools and instructions included.
 * @see https://ai.google.dev/api/tokens
 */
export const upstreamTokenCount: UpstreamTokenCount = {
  encodeRequest(request, context) {
    const { call, warnings } = encodeRequest({ ...request, stream: false }, context);
    const model = context.upstreamModel;
    const path = writeModelPath({ version: VERSION, model, method: 'countTokens' });
    const body = { generateContentRequest: { model: resourceOf(model), ...parseRequestBody(call.body) } };
    return { call: { path, query: '', body: serialiseBody(body) }, warnings };
  },

  decodeCount(body) {
    const tokens = countMember(parseJsonObject(withoutByteOrderMark(body).toString()), 'totalTokens');
    if (tokens === undefined) throw invalidResponse('The vendor answered 200 without a count of tokens.');
    return tokens;
  },
};
