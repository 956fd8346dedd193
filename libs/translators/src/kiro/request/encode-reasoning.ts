import type { JsonObject, ReasoningBlock, ReasoningOptions } from '@sluice/core';
import { nearestEffort } from '@sluice/translator-kit';
import type { ReasoningDialect } from '../dialect.js';
import type { EffortRule, ModelFacts } from '../model-facts.js';
import type { ReasoningContent } from '../wire-types.js';

/** The most that a client may ask for. */
const MAX_BUDGET_TOKENS = 128_000;
const DEFAULT_EFFORT = 'high';

const BUDGET_OF_EFFORT: ReadonlyMap<string, number> = new Map([
  ['minimal', 4000],
  ['low', 4000],
  ['medium', 16_000],
  ['high', 32_000],
  ['xhigh', 64_000],
  ['max', 128_000],
]);

/** The largest budget that still is the effort. */
const EFFORT_OF_BUDGET: readonly (readonly [effort: string, maxTokens: number])[] = [
  ['low', 4000],
  ['medium', 16_000],
  ['high', 64_000],
];

/** How a model is asked to think: members of the request, tags in the system prompt, or not at all. */
export type EncodedReasoning =
  | { readonly way: 'none' }
  | { readonly way: 'fields'; readonly fields: JsonObject }
  | { readonly way: 'tags'; readonly tags: string }
  | { readonly way: 'impossible' };

/**
 * Newer models take an effort; models of Anthropic's family are taught tags that they were trained on. The account may allow
 * only one of the two.
 */
export function encodeReasoning(
  options: ReasoningOptions | undefined,
  facts: ModelFacts,
  { mode, budgetTokens }: Pick<ReasoningDialect, 'mode' | 'budgetTokens'>,
): EncodedReasoning {
  if (options === undefined || options.mode === 'off') return offOf(facts, options !== undefined && mode !== 'tags');
  if (mode !== 'tags' && facts.effort !== undefined) {
    return { way: 'fields', fields: fieldsOf(options, facts.effort, budgetTokens) };
  }
  if (mode === 'native' || facts.family !== 'anthropic') return { way: 'impossible' };
  return { way: 'tags', tags: tagsOf(options, budgetTokens) };
}

function tagsOf({ mode, effort, budgetTokens }: ReasoningOptions, defaultTokens: number): string {
  if (mode === 'adaptive') {
    return `<thinking_mode>adaptive</thinking_mode><thinking_effort>${effort ?? DEFAULT_EFFORT}</thinking_effort>`;
  }
  const budget = budgetTokens ?? BUDGET_OF_EFFORT.get(effort ?? '') ?? defaultTokens;
  const length = Math.min(Math.max(1, budget), MAX_BUDGET_TOKENS);
  return `<thinking_mode>enabled</thinking_mode><max_thinking_length>${length}</max_thinking_length>`;
}

/** Models that think unless told otherwise. */
function offOf({ effort }: ModelFacts, isAsked: boolean): EncodedReasoning {
  if (!isAsked || effort === undefined || !effort.efforts.includes('none')) return { way: 'none' };
  return { way: 'fields', fields: { [effort.member]: { effort: 'none' } } };
}

function fieldsOf(
  { mode, effort, budgetTokens, show }: ReasoningOptions,
  rule: EffortRule,
  defaultTokens: number,
): JsonObject {
  const wanted = effort ?? effortOfBudget(budgetTokens ?? defaultTokens);
  const fields = { [rule.member]: { effort: nearestEffort(wanted, rule.efforts) ?? rule.fallback } };
  if (mode !== 'adaptive' || rule.member !== 'output_config') return fields;
  return { ...fields, thinking: { type: 'adaptive', display: show === 'none' ? 'omitted' : 'summarized' } };
}

function effortOfBudget(tokens: number): string {
  return EFFORT_OF_BUDGET.find(([, maxTokens]) => tokens <= maxTokens)?.[0] ?? 'xhigh';
}

/**
 * Reasoning of the turn whose tools have just answered, as the service takes it back: with a proof of its own family, or in
 * its encrypted form. Undefined for everything else, because a proof that does not fit fails the whole request.
 */
export function replayReasoning(blocks: readonly ReasoningBlock[], facts: ModelFacts): ReasoningContent | undefined {
  for (const { text, signature, redacted } of blocks) {
    if (signature !== undefined && signature.family === facts.family) {
      return { reasoningText: { text, signature: signature.value } };
    }
    if (redacted !== undefined && facts.family === 'anthropic') return { redactedContent: redacted };
  }
  return undefined;
}
