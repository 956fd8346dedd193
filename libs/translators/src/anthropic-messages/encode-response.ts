import type { CanonicalResponse, JsonObject } from '@sluice/core';
import { deterministicId, objectMember, SpellingMap, type TranslationContext } from '@sluice/translator-kit';
import { encodeAnswerBlocks } from './answer/answer-block.js';
import { encodeStopReason } from './answer/encode-stop-reason.js';
import { encodeUsage } from './answer/encode-usage.js';
import { encodeStopDetails } from './answer/refusal-remark.js';
import { TOOL_ID_RULE } from './request/request-scope.js';

/**
 * A whole answer under the name that the client asked for.
 * @see https://platform.claude.com/docs/en/api/messages
 */
export function encodeResponse(response: CanonicalResponse, context: TranslationContext): JsonObject {
  const { id, content, finishReason, usage, extensions } = response;
  const carried = extensions?.['anthropic-messages'];
  const ids = new SpellingMap(TOOL_ID_RULE);
  const refusals = content.filter((block) => block.type === 'refusal');
  const stop = encodeStopReason({ finishReason, carried, hasRefused: refusals.length > 0 });
  return {
    id: id === '' ? deterministicId('msg_', [context.requestId]) : id,
    type: 'message',
    role: 'assistant',
    model: context.requestedModel,
    content: content.flatMap((block) => encodeAnswerBlocks(block, ids)),
    ...encodeStopDetails(stop, refusals.map(({ text }) => text).join('')),
    ...carried,
    ...stop,
    usage: encodeUsage(usage, objectMember(carried, 'usage')),
  };
}
