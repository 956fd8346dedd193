import {
  GatewayError,
  type CanonicalRequest,
  type CanonicalResponse,
  type ContentBlock,
  type JsonObject,
} from '@sluice/core';
import {
  deterministicId,
  invalidResponse,
  objectMember,
  objectsMember,
  parseJsonObject,
  textMember,
  withoutByteOrderMark,
  type TranslationContext,
} from '@sluice/translator-kit';
import { CallRestorer } from './answer/call-restorer.js';
import { responseExtensions } from './answer/response-rest.js';
import { settleAnswer } from './answer/settle-answer.js';
import { findAnswerError } from './decode-error.js';
import { decodeItem } from './items/decode-item.js';
import { mapStopReason } from './map-stop-reason.js';
import { mapUsage } from './map-usage.js';

/**
 * A response in canonical words.
 * @throws GatewayError the failure that the answer holds, or `upstream_invalid_response`
 * @see https://platform.openai.com/docs/api-reference/responses/object
 */
export function decodeResponse(
  body: Buffer,
  context: TranslationContext,
  request: CanonicalRequest,
): CanonicalResponse {
  const answer = parseJsonObject(withoutByteOrderMark(body).toString());
  if (answer === undefined) throw invalidResponse('The vendor answered 200 with a body that is not a JSON object.');
  const error = findAnswerError(answer);
  if (error !== undefined) throw error;
  if (!Array.isArray(answer['output'])) throw invalidResponse('The vendor answered 200 without any output.');

  const model = textMember(answer, 'model') ?? context.upstreamModel;
  const restorer = new CallRestorer(request, context);
  const content = decodeOutput(objectsMember(answer, 'output'), model).map((block) => restorer.restore(block));
  const finishReason = settleAnswer(mapStopReason(answer) ?? { unified: 'other', ...rawStatus(answer) }, {
    toolCalls: content.filter(({ type }) => type === 'tool-call').length,
    hasText: content.some((block) => block.type === 'text' && block.text !== ''),
    hasRefusal: content.some(({ type }) => type === 'refusal'),
  });
  const raw = objectMember(answer, 'usage');
  const usage = raw && mapUsage(raw);
  return {
    id: textMember(answer, 'id') ?? deterministicId('resp_', [context.requestId]),
    model,
    content,
    finishReason,
    ...(usage !== undefined && { usage }),
    ...responseExtensions(answer),
  };
}

/** @throws GatewayError `upstream_invalid_response` for an item that cannot be read */
function decodeOutput(items: readonly JsonObject[], model: string): readonly ContentBlock[] {
  try {
    return items.flatMap((item, index) => decodeItem(item, { path: `output[${index}]`, family: 'openai', model }));
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    throw invalidResponse('The vendor answered 200 with an output that cannot be read.', error);
  }
}

function rawStatus(answer: JsonObject): { raw?: string } {
  const status = textMember(answer, 'status');
  return status === undefined ? {} : { raw: status };
}
