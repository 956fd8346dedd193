import type { CanonicalRequest, CanonicalResponse } from '@sluice/core';
import {
  invalidResponse,
  objectMember,
  objectsMember,
  parseJsonObject,
  settleFinishReason,
  type TranslationContext,
} from '@sluice/translator-kit';
import { AnswerContext } from './answer-context.js';
import { restOfAnswer } from './answer-rest.js';
import { decodeBlock } from './decode-block.js';
import { mapStopReason } from './map-stop-reason.js';
import { mapUsage } from './map-usage.js';

/**
 * A whole answer of `Converse`.
 * @throws GatewayError `upstream_invalid_response` for what is none, or does not say why it ended
 * @see https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html
 */
export function decodeResponse(
  body: Buffer,
  context: TranslationContext,
  request: CanonicalRequest,
): CanonicalResponse {
  const value = parseJsonObject(body.toString());
  if (value === undefined) throw invalidResponse('The vendor’s answer is not a JSON object.');
  const message = objectMember(objectMember(value, 'output'), 'message');
  const reported = mapStopReason(value);
  if (message === undefined || reported === undefined)
    throw invalidResponse('The vendor’s answer has no message, or no reason why it ended.');
  const answer = new AnswerContext(context, request);
  const content = objectsMember(message, 'content').map((block) => decodeBlock(block, answer));
  const toolCalls = content.filter(({ type }) => type === 'tool-call').length;
  const raw = objectMember(value, 'usage');
  const usage = raw && mapUsage(raw);
  return {
    id: answer.id,
    model: answer.model,
    content,
    finishReason: settleFinishReason({ reported, toolCalls }),
    ...(usage === undefined ? {} : { usage }),
    ...restOfAnswer(value),
  };
}
