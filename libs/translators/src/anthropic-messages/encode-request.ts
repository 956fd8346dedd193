import type { CanonicalRequest, JsonObject, JsonValue } from '@sluice/core';
import {
  carryUnknown,
  deterministicId,
  objectMember,
  reportForeign,
  serialiseBody,
  type EncodedRequest,
  type TranslationContext,
} from '@sluice/translator-kit';
import { encodeJsonAnswer, type EncodedJsonAnswer } from './request/encode-json-answer.js';
import { encodeMessages, turnsToJson } from './request/encode-messages.js';
import { encodeMaxTokens, encodeSampling } from './request/encode-sampling.js';
import { encodeThinking, type EncodedThinking } from './request/encode-thinking.js';
import { encodeToolChoice, encodeTools } from './request/encode-tools.js';
import { traitsOf } from './request/model-traits.js';
import { carriedBy } from './request/node-rest.js';
import { RequestScope } from './request/request-scope.js';

const PATH = '/v1/messages';

/** Tiers of ours and of other vendors, in Anthropic's words. */
const SERVICE_TIERS: ReadonlyMap<string, string> = new Map([
  ['auto', 'auto'],
  ['default', 'auto'],
  ['priority', 'auto'],
  ['standard_only', 'standard_only'],
]);

const EFFORT: ReadonlySet<string> = new Set(['effort']);

/** Choices that make the model call a tool. */
const FORCED: ReadonlySet<JsonValue | undefined> = new Set(['any', 'tool']);

/**
 * A request as Anthropic takes it. Whatever it would refuse the request for is left out or said differently, with a
 * warning; whatever an Anthropic client wrote and the canonical model does not know is said again.
 * @see https://platform.claude.com/docs/en/api/messages
 */
export function encodeRequest(request: CanonicalRequest, context: TranslationContext): EncodedRequest {
  const scope = new RequestScope(request);
  const traits = traitsOf(context.upstreamModel);
  const carried = carriedBy(request) ?? {};
  const jsonAnswer = encodeJsonAnswer(request, context.upstreamModel, scope);
  const tools = [...encodeTools(request, scope, traits.structuredOutput), ...listOf(jsonAnswer.tool)];
  const toolChoice = toolChoiceOf(request, { jsonAnswer, hasTools: tools.length > 0, scope });
  const { system, turns } = encodeMessages(request.messages, scope);
  const maxTokens = encodeMaxTokens(request.sampling, traits, scope);
  const isForced = FORCED.has(toolChoice?.['type']);
  const thinking = encodeThinking({ request, traits, maxTokens, turns, isForced }, scope);
  const systemBlocks = [...system, ...listOf(jsonAnswer.instruction)];
  const body: JsonObject = {
    model: context.upstreamModel,
    max_tokens: maxTokens,
    ...(systemBlocks.length === 0 ? {} : { system: systemBlocks }),
    messages: turnsToJson(turns),
    ...(tools.length === 0 ? {} : { tools }),
    ...(toolChoice === undefined ? {} : { tool_choice: toolChoice }),
    ...encodeSampling(request.sampling, { traits, isThinking: thinking.isActive }, scope),
    ...endUserOf(request),
    ...serviceTierOf(request, scope),
    ...(request.stream ? { stream: true } : {}),
    ...carried,
    ...thinkingMembers(thinking, jsonAnswer.format, carried),
  };
  return {
    call: { path: PATH, query: '', body: serialiseBody(body) },
    warnings: [...reportForeign(request, 'anthropic-messages'), ...scope.warnings],
  };
}

interface ToolChoiceInput {
  readonly jsonAnswer: EncodedJsonAnswer;
  readonly hasTools: boolean;
  readonly scope: RequestScope;
}

function toolChoiceOf(
  request: CanonicalRequest,
  { jsonAnswer, hasTools, scope }: ToolChoiceInput,
): JsonObject | undefined {
  if (jsonAnswer.tool !== undefined)
    return { type: 'tool', name: jsonAnswer.tool['name'], disable_parallel_tool_use: true };
  const choice = encodeToolChoice(request.toolChoice, scope);
  if (choice === undefined || hasTools) return choice;
  if (request.toolChoice?.mode !== 'none') scope.dropped('/toolChoice', 'There is no tool to choose.');
  return undefined;
}

/** `thinking` and `output_config`: what is carried of them says less than what was encoded, which had a look at it. */
function thinkingMembers(
  { thinking, effort }: EncodedThinking,
  format: JsonObject | undefined,
  carried: JsonObject,
): JsonObject {
  const outputConfig: JsonObject = {
    ...(format === undefined || carried['output_format'] !== undefined ? {} : { format }),
    ...carryUnknown(objectMember(carried, 'output_config') ?? {}, EFFORT),
    ...(effort === undefined ? {} : { effort }),
  };
  return { thinking, output_config: Object.keys(outputConfig).length === 0 ? undefined : outputConfig };
}

/** An id that was not written for Anthropic may be a name or an address: the vendor gets a hash of it. */
function endUserOf({ endUser }: CanonicalRequest): JsonObject {
  return endUser === undefined ? {} : { metadata: { user_id: deterministicId('user_', [endUser]) } };
}

function serviceTierOf({ serviceTier }: CanonicalRequest, scope: RequestScope): JsonObject {
  if (serviceTier === undefined) return {};
  const tier = SERVICE_TIERS.get(serviceTier);
  if (tier === undefined) scope.dropped('/serviceTier', `Anthropic has no service tier ${serviceTier}.`);
  return tier === undefined ? {} : { service_tier: tier };
}

function listOf(value: JsonObject | undefined): readonly JsonObject[] {
  return value === undefined ? [] : [value];
}
