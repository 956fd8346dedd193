import type { CanonicalRequest, JsonObject, ReasoningOptions } from '@sluice/core';
import { budgetOfEffort, effortOfBudget, nearestEffort } from '@sluice/translator-kit';
import type { WireMessage } from '../wire-types.js';
import type { SamplingLimit } from './encode-inference.js';
import type { RequestScope } from './request-scope.js';

/** @see https://docs.aws.amazon.com/bedrock/latest/userguide/claude-messages-extended-thinking.html */
const MIN_BUDGET_TOKENS = 1024;

/** What an answer gets behind its thinking, where neither the client nor the model's name says how long it may be. */
const ANSWER_TOKENS = 8192;

/** What "think" means when nobody said how much. */
const DEFAULT_EFFORT = 'high';

/** The efforts of Nova and of OpenAI's models. */
const THREE_EFFORTS = ['low', 'medium', 'high'] as const;

export interface ReasoningInput {
  readonly request: CanonicalRequest;
  readonly turns: readonly WireMessage[];
  /** Whether a tool call is forced, as it is sent. */
  readonly isForced: boolean;
}

export interface EncodedReasoning {
  /** In the words of the model's own vendor. */
  readonly fields: JsonObject;
  /** `outputConfig.effort`. */
  readonly effort?: string;
  readonly limit: SamplingLimit;
  /** What the whole answer may have, where the model thinks. */
  readonly maxTokens?: number;
}

const NONE: EncodedReasoning = { fields: {}, limit: 'none' };

/** The wish to think, as far as this model, the tool choice and the history allow; what would be refused is left out. */
export function encodeReasoning(input: ReasoningInput, scope: RequestScope): EncodedReasoning {
  const { reasoning } = input.request;
  if (reasoning === undefined) return NONE;
  const { thinking } = scope.traits;
  switch (thinking) {
    case 'none':
      if (reasoning.mode !== 'off') scope.dropped('/reasoning', 'This model does not think.');
      return NONE;
    case 'nova-effort':
      return novaReasoning(reasoning, scope);
    case 'openai-effort':
      return openAiReasoning(reasoning, scope);
    case 'budget':
    case 'either':
    case 'adaptive':
      return claudeThinking(reasoning, thinking, input, scope);
    default:
      return unknownThinking(thinking);
  }
}

/** @see https://docs.aws.amazon.com/nova/latest/nova2-userguide/extended-thinking.html */
function novaReasoning(reasoning: ReasoningOptions, scope: RequestScope): EncodedReasoning {
  if (reasoning.mode === 'off') return { fields: { reasoningConfig: { type: 'disabled' } }, limit: 'none' };
  const effort = nearestOf(reasoning, THREE_EFFORTS, scope);
  const fields = { reasoningConfig: { type: 'enabled', maxReasoningEffort: effort } };
  return { fields, limit: effort === 'high' ? 'nova-thinks-hard' : 'none' };
}

/** These models always think. */
function openAiReasoning(reasoning: ReasoningOptions, scope: RequestScope): EncodedReasoning {
  if (reasoning.mode === 'off')
    scope.approximated('/reasoning', 'This model always thinks; it is asked to think little.');
  const effort = reasoning.mode === 'off' ? 'low' : nearestOf(reasoning, THREE_EFFORTS, scope);
  return { fields: { reasoning_effort: effort }, limit: 'none' };
}

function claudeThinking(
  reasoning: ReasoningOptions,
  thinking: 'budget' | 'either' | 'adaptive',
  input: ReasoningInput,
  scope: RequestScope,
): EncodedReasoning {
  if (reasoning.mode === 'off')
    return {
      fields: { thinking: { type: 'disabled' } },
      ...effortMember(reasoning.effort, reasoning, scope),
      limit: 'none',
    };
  const isAdaptive =
    thinking === 'adaptive' ||
    (thinking === 'either' && (reasoning.mode === 'adaptive' || reasoning.budgetTokens === undefined));
  const obstacle = obstacleTo(input, isAdaptive);
  if (obstacle !== undefined) {
    scope.dropped('/reasoning', obstacle);
    return NONE;
  }
  const display = displayOf(reasoning);
  // Bedrock's own default is too short for it: thinking counts as answer, and a budget has to be smaller than the answer
  const most = input.request.sampling.maxOutputTokens ?? scope.traits.maxOutputTokens;
  if (isAdaptive) {
    const { budgetTokens } = reasoning;
    if (budgetTokens !== undefined)
      scope.changed('/reasoning', 'This model decides itself how long it thinks; the budget is told as an effort.');
    const effort = reasoning.effort ?? (budgetTokens === undefined ? undefined : effortOfBudget(budgetTokens));
    const fields = { thinking: { type: 'adaptive', ...display } };
    const room = most === undefined ? {} : { maxTokens: most };
    return { fields, ...effortMember(effort, reasoning, scope), limit: 'claude-thinks', ...room };
  }
  const budget = budgetOf(reasoning, most, scope);
  if (budget === undefined) return NONE;
  const effort = reasoning.budgetTokens === undefined ? {} : effortMember(reasoning.effort, reasoning, scope);
  const fields = { thinking: { type: 'enabled', budget_tokens: budget, ...display } };
  return { fields, ...effort, limit: 'claude-thinks', maxTokens: most ?? budget + ANSWER_TOKENS };
}

/** Why this request cannot think, in a sentence. */
function obstacleTo({ turns, isForced }: ReasoningInput, isAdaptive: boolean): string | undefined {
  if (isForced) return 'Thinking and a forced tool call exclude each other.';
  if (turns.at(-1)?.role === 'assistant') return 'Thinking and the beginning of an answer exclude each other.';
  if (!isAdaptive && isUnprovenToolLoop(turns)) return 'The tool calls in the history do not come with their thinking.';
  return undefined;
}

/**
 * With a budget, the turn whose calls are being answered has to begin with its thinking. All rounds of calls since the user's
 * last words are one turn: models that do not think between calls do so at its beginning alone.
 */
function isUnprovenToolLoop(turns: readonly WireMessage[]): boolean {
  const asked = turns.findLastIndex(({ role, content }) => role === 'user' && !hasResults(content));
  const first = turns.slice(asked + 1).find(({ role }) => role === 'assistant')?.content[0];
  return first !== undefined && !('reasoningContent' in first);
}

function hasResults(content: WireMessage['content']): boolean {
  return content.some((block) => 'toolResult' in block);
}

/** At least the minimum and less than what the whole answer may have; a lack of room switches thinking off. */
function budgetOf(
  { budgetTokens, effort = DEFAULT_EFFORT }: ReasoningOptions,
  maxTokens: number | undefined,
  scope: RequestScope,
): number | undefined {
  const wanted = Math.max(MIN_BUDGET_TOKENS, budgetTokens ?? budgetOfEffort(effort) ?? MIN_BUDGET_TOKENS);
  if (maxTokens === undefined || wanted < maxTokens) {
    if (wanted !== budgetTokens) scope.approximated('/reasoning', `The budget for thinking is ${wanted} tokens.`);
    return wanted;
  }
  if (maxTokens <= MIN_BUDGET_TOKENS) {
    scope.dropped('/reasoning', `An answer of at most ${maxTokens} tokens leaves no room for thinking.`);
    return undefined;
  }
  const room = Math.max(MIN_BUDGET_TOKENS, Math.floor(maxTokens / 2));
  scope.changed('/reasoning', `The budget for thinking is cut to ${room} tokens, so that an answer fits behind it.`);
  return room;
}

function displayOf({ show }: ReasoningOptions): JsonObject {
  if (show === 'summary') return { display: 'summarized' };
  return show === 'none' ? { display: 'omitted' } : {};
}

/** The nearest effort that the model knows; a word that nobody knows is left to the vendor to judge. */
function effortMember(
  effort: string | undefined,
  { effort: said }: ReasoningOptions,
  scope: RequestScope,
): { effort?: string } {
  const { efforts } = scope.traits;
  const path = said === undefined ? '/reasoning' : '/reasoning/effort';
  if (effort === undefined) return {};
  if (efforts.length === 0) {
    scope.dropped(path, 'This model cannot be told how hard to try.');
    return {};
  }
  const nearest = nearestEffort(effort === 'auto' ? DEFAULT_EFFORT : effort, efforts) ?? effort;
  if (nearest !== effort) scope.approximated(path, `The effort is ${nearest}.`);
  return { effort: nearest };
}

function nearestOf({ effort, budgetTokens }: ReasoningOptions, known: readonly string[], scope: RequestScope): string {
  const asked = effort ?? (budgetTokens === undefined ? undefined : effortOfBudget(budgetTokens)) ?? 'medium';
  const nearest = nearestEffort(asked, known) ?? 'medium';
  if (nearest !== effort) scope.approximated('/reasoning', `The effort is ${nearest}.`);
  return nearest;
}

function unknownThinking(thinking: never): never {
  throw new TypeError(`unknown thinking ${String(thinking)}`);
}
