import type { CanonicalRequest, JsonObject, JsonValue, Sampling } from '@sluice/core';
import { carryUnknown, countMember, parseRequestBody, textMember, type WireCall } from '@sluice/translator-kit';
import { carry } from './carried.js';
import { decodeMessages } from './request/decode-messages.js';
import { decodeReasoning } from './request/decode-reasoning.js';
import { decodeResponseFormat } from './request/decode-response-format.js';
import { choiceRest, decodeToolChoice } from './request/decode-tool-choice.js';
import { decodeTools } from './request/decode-tools.js';

/**
 * What the canonical request says completely. Members whose value other formats need, but whose spelling or vocabulary is
 * this format's own (`user`, `service_tier`, `reasoning_effort`, `top_k` …), are read and carried as well.
 */
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
    ...carry(carryUnknown(body, KNOWN), carried, choiceRest(body)),
  };
}

function decodeSampling(body: JsonObject): Sampling {
  return known({
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

function known(sampling: { readonly [Name in keyof Sampling]: Sampling[Name] | undefined }): Sampling {
  return Object.fromEntries(Object.entries(sampling).filter(([, value]) => value !== undefined));
}
