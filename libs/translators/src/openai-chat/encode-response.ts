import type { CanonicalRequest, CanonicalResponse, JsonObject } from '@sluice/core';
import { isJsonObject } from '@sluice/core';
import { type TranslationContext, restoreMembers, withoutMembers } from '@sluice/translator-kit';
import { carriedBy } from './carried.js';
import { readClientHabits } from './response/client-habits.js';
import { encodeFinishReason } from './response/encode-finish-reason.js';
import { encodeMessage } from './response/encode-message.js';
import { encodeUsage } from './response/encode-usage.js';

/**
 * A canonical answer as a chat completion, under the name that the client asked for.
 *
 * @param request the client's own; without it calls of custom tools and of `functions` are told as ordinary tool calls
 * @see https://platform.openai.com/docs/api-reference/chat/object
 */
export function encodeResponse(
  response: CanonicalResponse,
  context: TranslationContext,
  request?: CanonicalRequest,
): JsonObject {
  const habits = readClientHabits(request);
  const carried = carriedBy(response);
  const message = encodeMessage(response.content, habits);
  const hasCalls = response.content.some(({ type }) => type === 'tool-call');
  const choice: JsonObject = {
    index: 0,
    message,
    logprobs: null,
    finish_reason: encodeFinishReason(response.finishReason, { hasCalls, isLegacy: habits.isLegacy }),
  };
  const answer: JsonObject = {
    id: answerId(response.id, context),
    object: 'chat.completion',
    created: carried?.['created'] ?? context.createdAtSeconds,
    model: context.requestedModel,
    choices: [restoreChoice(choice, carriedChoice(carried))],
    ...(response.usage !== undefined && { usage: encodeUsage(response.usage) }),
  };
  return restoreMembers(answer, withoutMembers(carried, ['choices']));
}

/** The vendor's id, or one that is made of our request's. */
export function answerId(id: string, { requestId }: TranslationContext): string {
  return id === '' ? `chatcmpl-${requestId}` : id;
}

/** What the one choice of an answer carries. */
export function carriedChoice(carried: JsonObject | undefined): JsonObject | undefined {
  const choices = carried?.['choices'];
  const [first] = Array.isArray(choices) ? choices : [];
  return isJsonObject(first) ? first : undefined;
}

/** `logprobs: null` is only our way of saying "none". */
function restoreChoice(choice: JsonObject, carried: JsonObject | undefined): JsonObject {
  const logprobs = carried?.['logprobs'];
  return restoreMembers(logprobs === undefined ? choice : { ...choice, logprobs }, carried);
}
