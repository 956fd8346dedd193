import type { CanonicalRequest, JsonObject, ReasoningOptions } from '@sluice/core';
import { budgetOfEffort, effortOfBudget, nearestEffort } from '@sluice/translator-kit';
import type { Turn } from './conversation.js';
import type { ModelTraits } from './model-traits.js';
import { carriedBy } from './node-rest.js';
import type { RequestScope } from './request-scope.js';

/** @see https://platform.claude.com/docs/en/build-with-claude/extended-thinking */
const MIN_BUDGET_TOKENS = 1024;

/** What "think" means to a model that wants a budget, when nobody said how much. */
const DEFAULT_EFFORT = 'high';

export interface ThinkingInput {
  readonly request: CanonicalRequest;
  readonly traits: ModelTraits;
  readonly maxTokens: number;
  readonly turns: readonly Turn[];
  /** Whether a tool call is forced, as it is sent. */
  readonly isForced: boolean;
}

export interface EncodedThinking {
  readonly thinking?: JsonObject;
  readonly effort?: string;
  /** Whether the model will think, which forbids some sampling. */
  readonly isActive: boolean;
}

/**
 * `thinking` and the effort, as far as this model, the tool choice and the history allow. What Anthropic would refuse the
 * whole request for is left out and reported.
 */
export function encodeThinking(input: ThinkingInput, scope: RequestScope): EncodedThinking {
  const { request, traits } = input;
  const { reasoning } = request;
  const carried = carriedBy(request)?.['thinking'];
  if (reasoning === undefined) return { isActive: false, ...asCarried(carried) };
  if (traits.thinking === 'none') {
    scope.dropped('/reasoning', 'This model does not think.');
    return { isActive: false };
  }
  if (reasoning.mode === 'off') return switchedOff(input, carried, scope);
  if (isEffortAlone(request)) return { isActive: false, ...effortMember(reasoning.effort, traits, scope) };
  const obstacle = obstacleOf(input);
  if (obstacle !== undefined) {
    scope.dropped('/reasoning', obstacle);
    return { isActive: false };
  }
  if (carried !== undefined)
    return { isActive: true, ...asCarried(carried), ...effortMember(reasoning.effort, traits, scope) };
  return switchedOn(reasoning, input, scope);
}

function switchedOff({ request, traits }: ThinkingInput, carried: unknown, scope: RequestScope): EncodedThinking {
  const effort = effortMember(request.reasoning?.effort, traits, scope);
  return { isActive: false, thinking: { type: 'disabled' }, ...asCarried(carried), ...effort };
}

/** `output_config` still has the effort only where it stood without `thinking`. */
function isEffortAlone(request: CanonicalRequest): boolean {
  const own = carriedBy(request);
  const config = own?.['output_config'];
  return own?.['thinking'] === undefined && typeof config === 'object' && config !== null && 'effort' in config;
}

function switchedOn(reasoning: ReasoningOptions, input: ThinkingInput, scope: RequestScope): EncodedThinking {
  const { traits } = input;
  const display = displayOf(reasoning);
  if (isAdaptive(reasoning, traits)) {
    if (reasoning.mode === 'on' && reasoning.budgetTokens !== undefined) {
      scope.changed('/reasoning', 'This model decides itself how long it thinks; the budget is told as an effort.');
    }
    const effort =
      reasoning.effort ?? (reasoning.budgetTokens === undefined ? undefined : effortOfBudget(reasoning.budgetTokens));
    return { isActive: true, thinking: { type: 'adaptive', ...display }, ...effortMember(effort, traits, scope) };
  }
  const budget = budgetOf(reasoning, input, scope);
  if (budget === undefined) return { isActive: false };
  const isBudgetGiven = reasoning.budgetTokens !== undefined; // else the budget says the effort
  return {
    isActive: true,
    thinking: { type: 'enabled', budget_tokens: budget, ...display },
    ...(isBudgetGiven ? effortMember(reasoning.effort, traits, scope) : {}),
  };
}

function isAdaptive({ mode, budgetTokens }: ReasoningOptions, { thinking }: ModelTraits): boolean {
  switch (thinking) {
    case 'adaptive':
      return true;
    case 'either':
      return mode === 'adaptive' || budgetTokens === undefined;
    case 'unknown':
      return mode === 'adaptive';
    case 'none':
    case 'budget':
      return false;
    default:
      return unknownThinking(thinking);
  }
}

/** At least Anthropic's minimum and less than what the whole answer may have; a lack of room switches thinking off. */
function budgetOf(reasoning: ReasoningOptions, { maxTokens }: ThinkingInput, scope: RequestScope): number | undefined {
  const asked = reasoning.budgetTokens ?? budgetOfEffort(reasoning.effort ?? DEFAULT_EFFORT) ?? MIN_BUDGET_TOKENS;
  const wanted = Math.max(MIN_BUDGET_TOKENS, asked);
  if (wanted < maxTokens) {
    if (wanted !== reasoning.budgetTokens)
      scope.approximated('/reasoning', `The budget for thinking is ${wanted} tokens.`);
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

/** Why this request cannot think, in a sentence. */
function obstacleOf({ request, traits, turns, isForced }: ThinkingInput): string | undefined {
  if (isForced) return 'Thinking and a forced tool call exclude each other.';
  if (turns.at(-1)?.role === 'assistant') return 'Thinking and the beginning of an answer exclude each other.';
  if (needsProof(request, traits) && isUnprovenToolLoop(turns))
    return 'The tool calls in the history do not come with their thinking.';
  return undefined;
}

/** Whether thinking is asked for with a budget, as it is sent; a model that judges by itself needs no proof. */
function needsProof(request: CanonicalRequest, traits: ModelTraits): boolean {
  const carried = asCarried(carriedBy(request)?.['thinking']).thinking;
  if (carried !== undefined) return carried['type'] === 'enabled';
  return request.reasoning !== undefined && !isAdaptive(request.reasoning, traits);
}

/**
 * With a budget, the turn whose calls are being answered has to begin with its thinking. All rounds of calls since the user's
 * last words are one turn: models that do not think between calls do so at its beginning alone.
 */
function isUnprovenToolLoop(turns: readonly Turn[]): boolean {
  const asked = turns.findLastIndex(({ role, content }) => role === 'user' && content[0]?.['type'] !== 'tool_result');
  const first = turns.slice(asked + 1).find(({ role }) => role === 'assistant')?.content[0]?.['type'];
  return first !== undefined && first !== 'thinking' && first !== 'redacted_thinking';
}

function displayOf({ show }: ReasoningOptions): JsonObject {
  if (show === 'summary') return { display: 'summarized' };
  return show === 'none' ? { display: 'omitted' } : {};
}

/** The nearest effort that the model knows; a word that nobody knows is left to the vendor to judge. */
function effortMember(effort: string | undefined, { efforts }: ModelTraits, scope: RequestScope): { effort?: string } {
  if (effort === undefined) return {};
  if (efforts.length === 0) {
    scope.dropped('/reasoning', 'This model cannot be told how hard to try.');
    return {};
  }
  const nearest = nearestEffort(effort === 'auto' ? DEFAULT_EFFORT : effort, efforts) ?? effort;
  if (nearest !== effort) scope.approximated('/reasoning', `The effort is ${nearest}.`);
  return { effort: nearest };
}

function asCarried(carried: unknown): { thinking?: JsonObject } {
  return typeof carried === 'object' && carried !== null ? { thinking: carried as JsonObject } : {}; // JSON by its type
}

function unknownThinking(thinking: never): never {
  throw new TypeError(`unknown thinking ${String(thinking)}`);
}
