import type { CanonicalRequest, JsonObject, JsonValue, Sampling } from '@sluice/core';
import { carryUnknown, countMember, parseRequestBody, textMember, type WireCall } from '@sluice/translator-kit';
import { carry, spelled } from './carried.js';
import { decodeMessages } from './request/decode-messages.js';
import { decodeReasoning, spelledReasoning } from './request/decode-reasoning.js';
import { decodeResponseFormat } from './request/decode-response-format.js';
import { choiceRest, decodeToolChoice, spelledChoice } from './request/decode-tool-choice.js';
import { decodeTools } from './request/decode-tools.js';

/** What the canonical request says completely. */
const KNOWN: ReadonlySet<string> = new Set([
  'model',
  'messages',
  'stream',
  'tools',
  'functions',
  'tool_choice',
  'function_call',
  'parallel_tool_calls',
  'max_tokens',
  'max_completion_tokens',
  'temperature',
  'top_p',
  'stop',
  'seed',
  'presence_penalty',
  'frequency_penalty',
  'n',
  'logprobs',
  'top_logprobs',
  'response_format',
  'web_search_options',
]);

/**
 * What it says in other words, and of which type. This format's own vendors are told it as the client spelled it: users and
 * tiers have a vocabulary of theirs, `top_k` is not OpenAI's. How answers are streamed is the client side's affair.
 */
const SPELLED: Readonly<Record<string, 'string' | 'number' | 'object'>> = {
  user: 'string',
  safety_identifier: 'string',
  service_tier: 'string',
  top_k: 'number',
  stream_options: 'object',
};

/**
 * A Chat Completions request in canonical words.
 * @throws GatewayError `invalid_request` naming the member that is wrong
 * @see https://platform.openai.com/docs/api-reference/chat/create
 */
export function decodeRequest(call: WireCall): CanonicalRequest {
  const body = parseRequestBody(call.body);
  const toolChoice = decodeToolChoice(body);
  const reasoning = decodeReasoning(body);
  const { responseFormat, carried } = decodeResponseFormat(body);
  const endUser = textMember(body, 'user') ?? textMember(body, 'safety_identifier');
  const serviceTier = textMember(body, 'service_tier');
  const said: JsonObject = { ...spelledMembers(body), ...spelledReasoning(body), ...spelledChoice(body) };
  const known = new Set([...KNOWN, ...Object.keys(said)]);
  return {
    model: textMember(body, 'model') ?? '',
    stream: body['stream'] === true,
    messages: decodeMessages(body['messages']),
    tools: decodeTools(body),
    ...(toolChoice !== undefined && { toolChoice }),
    sampling: decodeSampling(body),
    ...(reasoning !== undefined && { reasoning }),
    ...(responseFormat !== undefined && { responseFormat }),
    ...(endUser !== undefined && { endUser }),
    ...(serviceTier !== undefined && { serviceTier }),
    ...carry(membersOf({ ...carryUnknown(body, known), ...carried, ...choiceRest(body) }), spelled(said)),
  };
}

function spelledMembers(body: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(body).filter(([name, value]) => typeof value === SPELLED[name]));
}

function membersOf(members: JsonObject): JsonObject | undefined {
  return Object.keys(members).length === 0 ? undefined : members;
}

function decodeSampling(body: JsonObject): Sampling {
  return given({
    maxOutputTokens: countMember(body, 'max_completion_tokens') ?? countMember(body, 'max_tokens'),
    temperature: numberOf(body['temperature']),
    topP: numberOf(body['top_p']),
    topK: numberOf(body['top_k']),
    stop: stopOf(body['stop']),
    seed: numberOf(body['seed']),
    presencePenalty: numberOf(body['presence_penalty']),
    frequencyPenalty: numberOf(body['frequency_penalty']),
    candidates: countMember(body, 'n'),
    logprobs: body['logprobs'] === true ? (countMember(body, 'top_logprobs') ?? 0) : undefined,
  });
}

function stopOf(stop: JsonValue | undefined): readonly string[] | undefined {
  if (typeof stop === 'string') return [stop];
  return Array.isArray(stop) ? stop.filter((item: JsonValue) => typeof item === 'string') : undefined;
}

function numberOf(value: JsonValue | undefined): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

function given(sampling: { readonly [Name in keyof Sampling]: Sampling[Name] | undefined }): Sampling {
  return Object.fromEntries(Object.entries(sampling).filter(([, value]) => value !== undefined));
}
