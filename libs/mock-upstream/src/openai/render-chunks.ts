import type { JsonObject } from '@sluice/core';
import { contentFrame, structureFrame, terminalFrame, type Frame } from '../answer-plan.js';
import { sliceText } from '../slice-text.js';
import { sseEvent } from '../sse-event.js';
import type { MockAnswer } from '../vendor-dialect.js';
import { CREATED_SECONDS, finishReason, renderUsage, SYSTEM_FINGERPRINT, toolCallId } from './render-completion.js';

/** How much of a call's arguments one chunk carries. */
const ARGUMENT_PIECE_CHARACTERS = 8;

const DONE = 'data: [DONE]\n\n';

/**
 * A streamed chat completion:
 * `role · (content* | (call · arguments*)*) · finish_reason · usage, when it was asked for · [DONE]`
 * @see https://platform.openai.com/docs/api-reference/chat/streaming
 */
export function renderChunks(answer: MockAnswer): readonly Frame[] {
  const chunk = (members: JsonObject): string =>
    sseEvent({
      id: `chatcmpl-${answer.digest}`,
      object: 'chat.completion.chunk',
      created: CREATED_SECONDS,
      model: answer.model,
      service_tier: 'default',
      system_fingerprint: SYSTEM_FINGERPRINT,
      ...(answer.wantsUsage ? { usage: null } : {}),
      ...members,
    });
  const delta = (content: JsonObject, reason: string | null = null): string =>
    chunk({ choices: [{ index: 0, delta: content, logprobs: null, finish_reason: reason }] });

  return [
    structureFrame(delta({ role: 'assistant', content: answer.toolCalls.length > 0 ? null : '', refusal: null })),
    ...answer.pieces.map((content) => contentFrame(delta({ content }))),
    ...toolCallDeltas(answer).map((call) => contentFrame(delta({ tool_calls: [call] }))),
    terminalFrame(delta({}, finishReason(answer))),
    ...(answer.wantsUsage ? [terminalFrame(chunk({ choices: [], usage: renderUsage(answer) }))] : []),
    terminalFrame(DONE),
  ];
}

/** Each call begins with its id and name; its arguments follow under the index alone. */
function toolCallDeltas(answer: MockAnswer): JsonObject[] {
  return answer.toolCalls.flatMap((call, index): JsonObject[] => [
    { index, id: toolCallId(answer, index), type: 'function', function: { name: call.name, arguments: '' } },
    ...sliceText(call.argumentsJson, ARGUMENT_PIECE_CHARACTERS).map((piece) => ({
      index,
      function: { arguments: piece },
    })),
  ]);
}
