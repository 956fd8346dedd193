import { isJsonObject, type CanonicalRequest, type JsonObject } from '@sluice/core';
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
import { readDialect } from './dialect.js';
import { encodeCaller } from './request/encode-caller.js';
import type { RequestScope } from './request/encode-content.js';
import { encodeMessages } from './request/encode-messages.js';
import { encodeReasoning } from './request/encode-reasoning.js';
import { encodeResponseFormat } from './request/encode-response-format.js';
import { encodeSampling } from './request/encode-sampling.js';
import { encodeTools } from './request/encode-tools.js';
import { RequestWarnings } from './request/request-warnings.js';
import { toolNamesOf } from './tool-names.js';

const PATH = '/v1/chat/completions';

/**
 * A canonical request as Chat Completions, in the dialect of the account.
 * @see https://platform.openai.com/docs/api-reference/chat/create
 */
export function encodeRequest(request: CanonicalRequest, context: TranslationContext): EncodedRequest {
  const { upstreamModel } = context;
  const warnings = new RequestWarnings();
  const dialect = readDialect(context.dialect, upstreamModel);
  const scope: RequestScope = { dialect, warnings, names: toolNamesOf(request) };
  const carried = carriedBy(request);
  const encoded: JsonObject = {
    model: upstreamModel,
    messages: encodeMessages(request, scope),
    ...encodeTools(request, scope),
    ...allowedAmong(carried),
    ...encodeSampling(request, scope),
    ...encodeReasoning(request, scope),
    ...encodeResponseFormat(request.responseFormat),
    ...encodeCaller(request, scope),
    ...encodeStreaming(request, scope),
    ...siblings(request, scope),
  };
  const body = restoreMembers(encoded, withoutMembers(carried, ['stream_options']));
  return {
    call: { path: PATH, query: '', body: serialiseBody(body) },
    warnings: [...reportForeign(request, FORMAT), ...warnings.list()],
  };
}

/** The client's own `tools` where it allowed some of them only: the canonical request holds no others. */
function allowedAmong(carried: JsonObject | undefined): JsonObject {
  const { tools, tool_choice: choice } = carried ?? {};
  return tools === undefined ? {} : { tools, tool_choice: choice };
}

/** What a client of OpenAI's other format said too. Other vendors' servers refuse members that they do not know. */
function siblings(request: CanonicalRequest, { dialect, warnings }: RequestScope): JsonObject {
  const members = siblingMembers(request, FORMAT);
  const names = Object.keys(members);
  if (!dialect.takesSampling || names.length === 0) return members;
  warnings.dropped('/extensions/openai-responses', `Only OpenAI's models are sure to take ${names.join(', ')}.`);
  return {};
}

/** Usage comes inside a stream only when it is asked for; servers that do not know the option refuse it. */
function encodeStreaming(request: CanonicalRequest, { dialect }: RequestScope): JsonObject {
  if (!request.stream) return {};
  if (!dialect.streamUsage) return { stream: true };
  const options = carriedBy(request)?.['stream_options'];
  return { stream: true, stream_options: { ...(isJsonObject(options) && options), include_usage: true } };
}
