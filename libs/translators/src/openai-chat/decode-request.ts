import type { CanonicalRequest, JsonObject, JsonValue, ReasoningOptions, ResponseFormat, Sampling } from '@sluice/core';
import {
  carryUnknown,
  countMember,
  objectMember,
  parseRequestBody,
  textMember,
  type WireCall,
} from '@sluice/translator-kit';
import { decodeMessages } from './decode-messages.js';
import { decodeToolChoice, decodeTools } from './decode-tools.js';

/** What the canonical request says in its own words; everything else travels in the extensions. */
const KNOWN_MEMBERS = [
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
  'top_k',
  'stop',
  'seed',
  'presence_penalty',
  'frequency_penalty',
  'n',
  'logprobs',
  'top_logprobs',
  'reasoning_effort',
  'response_format',
  'service_tier',
  'web_search_options',
];

/**
 * A Chat Completions request in canonical words.
 * @throws GatewayError `invalid_request` naming the member that is wrong
 * @see https://platform.openai.com/docs/api-reference/chat/create
 */
export function decodeRequest(call: WireCall): CanonicalRequest {
  const body = parseRequestBody(call.body);
  const toolChoice = decodeToolChoice(body);
  const reasoning = reasoningOf(body);
  const responseFormat = responseFormatOf(body);
  const endUser = textMember(body, 'user') ?? textMember(body, 'safety_identifier');
  const serviceTier = textMember(body, 'service_tier');
  const extensions = extensionsOf(body);
  return {
    model: textMember(body, 'model') ?? '',
    stream: body['stream'] === true,
    messages: decodeMessages(body['messages']),
    tools: decodeTools(body),
    ...(toolChoice !== undefined && { toolChoice }),
    sampling: samplingOf(body),
    ...(reasoning !== undefined && { reasoning }),
    ...(responseFormat !== undefined && { responseFormat }),
    ...(endUser !== undefined && { endUser }),
    ...(serviceTier !== undefined && { serviceTier }),
    ...(extensions !== undefined && { extensions: { 'openai-chat': extensions } }),
  };
}

function samplingOf(body: JsonObject): Sampling {
  const stop = stopOf(body['stop']);
  return defined({
    maxOutputTokens: countMember(body, 'max_completion_tokens') ?? countMember(body, 'max_tokens'),
    temperature: numberOf(body['temperature']),
    topP: numberOf(body['top_p']),
    topK: numberOf(body['top_k']),
    stop,
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

/** OpenAI's effort, or the switches of vendors that imitate other APIs. */
function reasoningOf(body: JsonObject): ReasoningOptions | undefined {
  const effort = textMember(body, 'reasoning_effort');
  if (effort !== undefined) return { mode: effort === 'none' ? 'off' : 'on', effort };
  const thinking = objectMember(body, 'thinking');
  if (thinking !== undefined) {
    const budgetTokens = countMember(thinking, 'budget_tokens');
    return {
      mode: thinking['type'] === 'disabled' ? 'off' : 'on',
      ...(budgetTokens !== undefined && { budgetTokens }),
    };
  }
  const router = objectMember(body, 'reasoning');
  if (router === undefined) return undefined;
  const routerEffort = textMember(router, 'effort');
  const budgetTokens = countMember(router, 'max_tokens');
  return {
    mode: router['enabled'] === false || routerEffort === 'none' ? 'off' : 'on',
    ...(routerEffort !== undefined && { effort: routerEffort }),
    ...(budgetTokens !== undefined && { budgetTokens }),
    ...(router['exclude'] === true && { show: 'none' as const }),
  };
}

function responseFormatOf(body: JsonObject): ResponseFormat | undefined {
  const format = objectMember(body, 'response_format');
  if (format === undefined) return undefined;
  if (format['type'] === 'json_object') return { type: 'json' };
  const declared = objectMember(format, 'json_schema');
  const schema = objectMember(declared, 'schema');
  if (format['type'] !== 'json_schema' || schema === undefined) return { type: 'text' };
  const name = textMember(declared, 'name');
  const strict = declared?.['strict'];
  return {
    type: 'json-schema',
    ...(name !== undefined && { name }),
    schema,
    ...(typeof strict === 'boolean' && { strict }),
  };
}

/** Unknown members, and those whose exact spelling the canonical words do not keep. */
function extensionsOf(body: JsonObject): JsonObject | undefined {
  const unknown = carryUnknown(body, KNOWN_MEMBERS);
  const description = textMember(objectMember(objectMember(body, 'response_format'), 'json_schema'), 'description');
  return description === undefined ? unknown : { ...unknown, response_format: { json_schema: { description } } };
}

function numberOf(value: JsonValue | undefined): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

/** Without the members that are not known. */
function defined(sampling: { readonly [Name in keyof Sampling]: Sampling[Name] | undefined }): Sampling {
  return Object.fromEntries(Object.entries(sampling).filter(([, value]) => value !== undefined));
}
