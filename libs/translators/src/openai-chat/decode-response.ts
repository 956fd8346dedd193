import type { CanonicalRequest, CanonicalResponse, ContentBlock, FinishReason, JsonObject } from '@sluice/core';
import {
  carryUnknown,
  invalidResponse,
  objectMember,
  objectsMember,
  parseJsonObject,
  splitThinkTags,
  textMember,
  withoutByteOrderMark,
  type TranslationContext,
} from '@sluice/translator-kit';
import { carry } from './carried.js';
import { findAnswerError } from './decode-error.js';
import { readDialect } from './dialect.js';
import { mapStopReason } from './map-stop-reason.js';
import { mapUsage } from './map-usage.js';
import { usageIn } from './read-chunk.js';
import { nameRestorer } from './tool-names.js';
import { AnswerCalls } from './response/read-calls.js';
import { readMessage } from './response/read-message.js';
import { audioFormatWanted, failureOf, settleAnswer } from './response/settle-answer.js';

const ANSWER: ReadonlySet<string> = new Set(['id', 'object', 'model', 'choices', 'usage']);
const CHOICE: ReadonlySet<string> = new Set(['index', 'message', 'finish_reason', 'usage']);
const SILENT_CHOICE: ReadonlySet<string> = new Set([...CHOICE, 'logprobs']);

/**
 * A chat completion in canonical words. All choices become one answer: some servers spread text and calls over several,
 * and more than one answer is never asked for.
 * @throws GatewayError the failure that the answer holds, or `upstream_invalid_response`
 * @see https://platform.openai.com/docs/api-reference/chat/object
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
  if (!Array.isArray(answer['choices'])) throw invalidResponse('The vendor answered 200 without any choices.');

  const choices = objectsMember(answer, 'choices');
  const calls = new AnswerCalls(context.requestId, nameRestorer(request));
  const audioFormat = audioFormatWanted(request);
  const messages = choices.map((choice) => readMessage(objectMember(choice, 'message') ?? {}, { calls, audioFormat }));
  const content = messages.flatMap((message) => message.content);
  const has = (wanted: ContentBlock['type']): boolean => content.some(({ type }) => type === wanted);
  const said = { toolCalls: calls.count, hasText: has('text'), hasRefusal: has('refusal') };
  const finishReason = settleAnswer(reportedFinish(choices), said);
  const failure = failureOf(finishReason);
  if (failure !== undefined) throw failure;
  const raw = usageIn(answer);
  const usage = raw && mapUsage(raw);
  const response: CanonicalResponse = {
    id: textMember(answer, 'id') ?? '',
    model: textMember(answer, 'model') ?? context.upstreamModel,
    content,
    finishReason,
    ...(usage !== undefined && { usage }),
    ...carry(carryUnknown(answer, ANSWER), choicesRest(choices, messages)),
  };
  return readDialect(context.dialect, context.upstreamModel).thinkTags ? splitThinkTags(response) : response;
}

/** The first choice that says why it ended. A whole body without a reason is still whole. */
function reportedFinish(choices: readonly JsonObject[]): FinishReason {
  for (const choice of choices) {
    const reason = mapStopReason(choice['finish_reason']);
    if (reason !== undefined) return reason;
  }
  return { unified: choices.length === 0 ? 'other' : 'stop' };
}

/** What the choices and their messages had besides, as one choice. */
function choicesRest(
  choices: readonly JsonObject[],
  messages: readonly { readonly rest: JsonObject | undefined }[],
): JsonObject | undefined {
  const rests = choices.map(choiceRest);
  if (rests.every(isNothing) && messages.every(({ rest }) => isNothing(rest))) return undefined; // the normal case
  const choice: JsonObject = Object.assign({}, ...rests);
  const message: JsonObject = Object.assign({}, ...messages.map(({ rest }) => rest));
  const merged = Object.keys(message).length === 0 ? choice : { ...choice, message };
  return { choices: [merged] };
}

function isNothing(rest: JsonObject | undefined): boolean {
  return rest === undefined;
}

/** Without `logprobs: null`, which says that there are none. */
function choiceRest(choice: JsonObject): JsonObject | undefined {
  return carryUnknown(choice, choice['logprobs'] === null ? SILENT_CHOICE : CHOICE);
}
