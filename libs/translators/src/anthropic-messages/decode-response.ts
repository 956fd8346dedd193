import {
  isJsonObject,
  type CanonicalRequest,
  type CanonicalResponse,
  type JsonObject,
  type JsonValue,
} from '@sluice/core';
import {
  invalidResponse,
  objectMember,
  parseJsonObject,
  settleFinishReason,
  textMember,
  withoutByteOrderMark,
  type TranslationContext,
} from '@sluice/translator-kit';
import { restOfMessage } from './answer/message-rest.js';
import { refusalRemark } from './answer/refusal-remark.js';
import { CallRestorer } from './answer/restore-calls.js';
import { decodeAnswerError } from './decode-error.js';
import { mapStopReason } from './map-stop-reason.js';
import { mapUsage } from './map-usage.js';
import { decodeBlock } from './request/decode-block.js';
import { carried } from './request/node-rest.js';

/**
 * A vendor's whole answer.
 * @throws GatewayError `upstream_invalid_response` for what is no message, and the vendor's own failure inside a 200
 */
export function decodeResponse(
  body: Buffer,
  context: TranslationContext,
  request: CanonicalRequest,
): CanonicalResponse {
  const message = parseJsonObject(withoutByteOrderMark(body).toString());
  if (message === undefined) throw invalidResponse('The vendor answered 200 with a body that is not a JSON object.');
  if (message['type'] === 'error' || objectMember(message, 'error') !== undefined) throw decodeAnswerError(message);
  const model = textMember(message, 'model') ?? context.upstreamModel;
  const restorer = new CallRestorer(request, context);
  const content = blocksOf(message['content'])
    .map((block) => decodeBlock(block, (value) => ({ family: 'anthropic', value, model })))
    .map((block) => restorer.restore(block));
  const remark = refusalRemark(message);
  const raw = objectMember(message, 'usage');
  const usage = raw && mapUsage(raw);
  return {
    id: textMember(message, 'id') ?? '',
    model,
    content: remark === undefined ? content : [...content, remark],
    finishReason: settleFinishReason({
      reported: mapStopReason(message) ?? { unified: 'other' },
      toolCalls: content.filter(({ type }) => type === 'tool-call').length,
    }),
    ...(usage === undefined ? {} : { usage }),
    ...carried(restOfMessage(message)),
  };
}

function blocksOf(content: JsonValue | undefined): readonly JsonObject[] {
  if (Array.isArray(content) && content.every(isJsonObject)) return content;
  throw invalidResponse(
    'The vendor answered 200 with a JSON object that is no message: its content is no list of blocks.',
  );
}
