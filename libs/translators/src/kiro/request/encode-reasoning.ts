import type { JsonObject, ReasoningBlock, ReasoningOptions } from '@sluice/core';
import { nearestEffort } from '@sluice/translator-kit';
import type { EffortRule, ModelFacts } from '../model-facts.js';
import type { ReasoningContent } from '../wire-types.js';

/** What a client that only says "think" gets, and the bounds of what it may ask for. */
const DEFAULT_BUDGET_TOKENS = 20_000;
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

/** Newer models take an effort; older ones of Anthropic's family are taught tags that they were trained on. */
export function encodeReasoning(options: ReasoningOptions | undefined, facts: ModelFacts): EncodedReasoning {
  if (options === undefined || options.mode === 'off') return offOf(facts, options !== undefined);
  if (facts.effort !== undefined) return { way: 'fields', fields: fieldsOf(options, facts.effort) };
  if (facts.family !== 'anthropic') return { way: 'impossible' };
  if (options.mode === 'adaptive') {
    const effort = options.effort ?? DEFAULT_EFFORT;
    return { way: 'tags', tags: `<thinking_mode>adaptive</thinking_mode><thinking_effort>${effort}</thinking_effort>` };
  }
  const budget = options.budgetTokens ?? BUDGET_OF_EFFORT.get(options.effort ?? '') ?? DEFAULT_BUDGET_TOKENS;
  const length = Math.min(Math.max(1, budget), MAX_BUDGET_TOKENS);
  return {
    way: 'tags',
    tags: `<thinking_mode>enabled</thinking_mode><max_thinking_length>${length}</max_thinking_length>`,
  };
}

/** Models that think unless told otherwise. */
function offOf({ effort }: ModelFacts, isAsked: boolean): EncodedReasoning {
  if (!isAsked || effort === undefined || !effort.efforts.includes('none')) return { way: 'none' };
  return { way: 'fields', fields: { [effort.member]: { effort: 'none' } } };
}

function fieldsOf({ mode, effort, budgetTokens }: ReasoningOptions, rule: EffortRule): JsonObject {
  const wanted = effort ?? effortOfBudget(budgetTokens);
  const fields = { [rule.member]: { effort: nearestEffort(wanted, rule.efforts) ?? rule.fallback } };
  const isAdaptive = mode === 'adaptive' && rule.member === 'output_config';
  return isAdaptive ? { ...fields, thinking: { type: 'adaptive', display: 'summarized' } } : fields;
}

function effortOfBudget(tokens: number | undefined): string {
  if (tokens === undefined) return DEFAULT_EFFORT;
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
