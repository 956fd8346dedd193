import type { CanonicalRequest, JsonObject } from '@sluice/core';
import {
  type EncodedRequest,
  reportForeign,
  restoreMembers,
  serialiseBody,
  siblingMembers,
  type TranslationContext,
  withoutMembers,
} from '@sluice/translator-kit';
import { carriedBy, FORMAT } from './carried.js';
import { encodeCaller } from './request/encode-caller.js';
import { encodeInput } from './request/encode-input.js';
import { encodeReasoning } from './request/encode-reasoning.js';
import { encodeSampling } from './request/encode-sampling.js';
import { encodeText } from './request/encode-text.js';
import { encodeTools } from './request/encode-tools.js';
import { traitsOf, type ModelTraits } from './request/model-family.js';
import { createScope, type RequestScope } from './request/request-scope.js';

const PATH = '/v1/responses';

/** Members of the bag that are no members of the request, or that are encoded with what they belong to. */
const ENCODED = ['own', 'tools', 'tool_choice', 'text', 'reasoning'];

const ENCRYPTED_REASONING = 'reasoning.encrypted_content';
const LOGPROBS = 'message.output_text.logprobs';

/**
 * A canonical request as a Responses request. Clients of other formats send their history along: for them nothing is stored,
 * and reasoning comes back encrypted so that it can be replayed.
 * @see https://platform.openai.com/docs/api-reference/responses/create
 */
export function encodeRequest(request: CanonicalRequest, context: TranslationContext): EncodedRequest {
  const { upstreamModel } = context;
  const scope = createScope(request);
  const traits = traitsOf(upstreamModel);
  const encoded: JsonObject = {
    model: upstreamModel,
    ...encodeInput(request, scope),
    ...encodeTools(request, scope),
    ...encodeSampling(request, traits, scope),
    ...encodeReasoning(request, traits, scope),
    ...withSibling(encodeText(request), request),
    ...encodeCaller(request, scope),
    ...encodeKeeping(request, traits, scope),
    ...(request.stream && { stream: true }),
  };
  const body = restoreMembers(encoded, withoutMembers(carriedBy(request), ENCODED));
  return {
    call: { path: PATH, query: '', body: serialiseBody(body) },
    warnings: [...reportForeign(request, FORMAT), ...scope.warnings.list()],
  };
}

/** What a client of OpenAI's other format said too, at its place here. */
function withSibling(text: JsonObject, request: CanonicalRequest): JsonObject {
  return restoreMembers(text, siblingMembers(request, FORMAT));
}

/** `store` and `include`: what the vendor keeps, and what it says besides the answer. */
function encodeKeeping(request: CanonicalRequest, traits: ModelTraits, { isOwn }: RequestScope): JsonObject {
  if (isOwn) {
    const { store, include } = carriedBy(request) ?? {};
    return { ...(store !== undefined && { store }), ...(include !== undefined && { include }) };
  }
  const include = [
    ...(traits.isReasoning ? [ENCRYPTED_REASONING] : []),
    ...(request.sampling.logprobs === undefined ? [] : [LOGPROBS]),
  ];
  return { store: false, ...(include.length > 0 && { include }) };
}
