import type { CanonicalRequest } from '@sluice/core';
import { invalidRequest, objectMember, parseRequestBody, type WireCall } from '@sluice/translator-kit';
import { decodeGenerateRequest } from './decode-request.js';
import { inCamelCase } from './member-names.js';
import { readModelPath } from './model-path.js';

const NAMES: ReadonlySet<string> = new Set(['generateContentRequest']);

/**
 * A client's wish to know how many tokens a request has. The body is the contents alone, or a whole request to generate.
 * @throws GatewayError `invalid_request`
 * @see https://ai.google.dev/api/tokens
 */
export function decodeCountRequest(call: WireCall): CanonicalRequest {
  const path = readModelPath(call.path);
  if (path?.method !== 'countTokens') {
    throw invalidRequest('The path must name a model, as in /v1beta/models/gemini-2.5-flash:countTokens.', 'model');
  }
  const body = inCamelCase(parseRequestBody(call.body), NAMES);
  const counted = objectMember(body, 'generateContentRequest') ?? body;
  return decodeGenerateRequest(counted, { model: path.model, stream: false });
}
