import { isJsonObject, type CanonicalRequest, type JsonObject, type JsonValue } from '@sluice/core';
import {
  carriedFor,
  reportForeign,
  serialiseBody,
  type EncodedRequest,
  type TranslationContext,
} from '@sluice/translator-kit';
import { conversePath } from '../envelope.js';
import type { ConverseRequest } from '../wire-types.js';
import { encodeInference } from './encode-inference.js';
import { encodeJsonAnswer } from './encode-json-answer.js';
import { encodeMessages } from './encode-messages.js';
import { encodeReasoning } from './encode-reasoning.js';
import { encodeTools, hasCalls } from './encode-tools.js';
import { RequestScope } from './request-scope.js';

/** Where Anthropic's answers name the stop sequence that was hit: whole ones and streams. */
const STOP_SEQUENCE_PATHS = ['/stop_sequence', '/delta/stop_sequence'] as const;

/** Tiers of ours and of other vendors, in Bedrock's words; `auto` is what it does unasked. */
const SERVICE_TIERS: ReadonlyMap<string, string | undefined> = new Map([
  ['auto', undefined],
  ['default', 'default'],
  ['standard_only', 'default'],
  ['flex', 'flex'],
  ['priority', 'priority'],
  ['reserved', 'reserved'],
]);

/** Members of the body that an account may declare for all of its requests. */
const DECLARED_MEMBERS = [
  'guardrailConfig',
  'performanceConfig',
  'requestMetadata',
  'additionalModelRequestFields',
] as const;

/**
 * A request as `Converse` takes it. Whatever Bedrock would refuse the request for is left out or said differently, with a
 * warning. Members of this format that the account declares or the request carries stand beside what was encoded.
 */
export function encodeRequest(request: CanonicalRequest, context: TranslationContext): EncodedRequest {
  const scope = new RequestScope(request, context);
  scope.report(reportForeign(request, 'bedrock-converse'));
  const body = merged(
    buildBody(request, scope),
    membersDeclared(context),
    carriedFor(request.extensions, 'bedrock-converse') ?? {},
  );
  const path = conversePath(context.upstreamModel, request.stream);
  return { call: { path, query: '', body: serialiseBody(body) }, warnings: scope.warnings };
}

function buildBody(request: CanonicalRequest, scope: RequestScope): ConverseRequest {
  const { toolConfig, instruction, isForced } = encodeTools(request, scope);
  const tellsCalls = toolConfig === undefined && hasCalls(request);
  const { system: own, turns } = encodeMessages(request.messages, { scope, tellsCalls });
  const json = encodeJsonAnswer(request, scope);
  const reasoning = encodeReasoning({ request, turns, isForced }, scope);
  const maxTokens = reasoning.maxTokens ?? request.sampling.maxOutputTokens;
  const inference = encodeInference(request.sampling, { limit: reasoning.limit, maxTokens }, scope);
  const words = [instruction, json.instruction].filter((text) => text !== undefined);
  const system = [...own, ...words.map((text) => ({ text }))];
  const fields = { ...inference.fields, ...reasoning.fields };
  if (request.endUser !== undefined) scope.dropped('/endUser', 'Bedrock is not told who the user is.');
  return {
    ...(system.length === 0 ? {} : { system }),
    messages: turns,
    ...(isEmpty(inference.config) ? {} : { inferenceConfig: inference.config }),
    ...(toolConfig === undefined ? {} : { toolConfig }),
    ...outputConfig(json.textFormat, reasoning.effort),
    ...serviceTier(request, scope),
    ...(isEmpty(fields) ? {} : { additionalModelRequestFields: fields }),
    ...responseFieldPaths(inference.config.stopSequences, scope),
  };
}

function outputConfig(
  textFormat: JsonObject | undefined,
  effort: string | undefined,
): Pick<ConverseRequest, 'outputConfig'> {
  if (textFormat === undefined && effort === undefined) return {};
  return {
    outputConfig: { ...(textFormat === undefined ? {} : { textFormat }), ...(effort === undefined ? {} : { effort }) },
  };
}

function serviceTier(
  { serviceTier: tier }: CanonicalRequest,
  scope: RequestScope,
): Pick<ConverseRequest, 'serviceTier'> {
  if (tier === undefined) return {};
  if (!SERVICE_TIERS.has(tier)) scope.dropped('/serviceTier', `Bedrock has no service tier ${tier}.`);
  const type = SERVICE_TIERS.get(tier);
  return type === undefined ? {} : { serviceTier: { type } };
}

function responseFieldPaths(
  stopSequences: readonly string[] | undefined,
  { traits }: RequestScope,
): Pick<ConverseRequest, 'additionalModelResponseFieldPaths'> {
  if (stopSequences === undefined || traits.vendor !== 'anthropic') return {};
  return { additionalModelResponseFieldPaths: STOP_SEQUENCE_PATHS };
}

/** Checked by the provider's schema; anything else in the settings is not the format's. */
function membersDeclared({ dialect }: TranslationContext): JsonObject {
  const members: Record<string, JsonValue> = {};
  for (const name of DECLARED_MEMBERS) {
    const value = dialect[name];
    if (isJsonObject(value)) members[name] = value;
  }
  return members;
}

/** Later ones win, member by member one level down. */
function merged(...bodies: readonly JsonObject[]): JsonObject {
  const body: Record<string, JsonValue | undefined> = {};
  for (const members of bodies) {
    for (const [name, value] of Object.entries(members)) {
      const before = body[name];
      body[name] = isJsonObject(before) && isJsonObject(value) ? { ...before, ...value } : value;
    }
  }
  return body;
}

function isEmpty(members: object): boolean {
  return Object.keys(members).length === 0;
}
