import type { JsonObject, ReasoningOptions } from '@sluice/core';
import { carryUnknown, textMember } from '@sluice/translator-kit';
import { inCamelCase } from '../member-names.js';

const THINKING: ReadonlySet<string> = new Set(['includeThoughts', 'thinkingBudget', 'thinkingLevel']);

/** A budget that leaves it to the model. */
const DYNAMIC_BUDGET = -1;

export interface DecodedThinking {
  readonly reasoning: ReasoningOptions;
  readonly rest: JsonObject | undefined;
}

/**
 * `thinkingConfig`: a budget in tokens (0 = off, −1 = as the model likes) or a level. Thoughts are shown only on request.
 * @see https://ai.google.dev/gemini-api/docs/thinking
 */
export function decodeThinking(wire: JsonObject): DecodedThinking {
  const config = inCamelCase(wire, THINKING);
  const show = config['includeThoughts'] === true ? 'summary' : 'none';
  return { reasoning: { ...amountOf(config), show }, rest: carryUnknown(config, THINKING) };
}

function amountOf(config: JsonObject): Pick<ReasoningOptions, 'mode' | 'effort' | 'budgetTokens'> {
  const level = textMember(config, 'thinkingLevel')?.toLowerCase();
  const budget = config['thinkingBudget'];
  const isLevel = level !== undefined && level !== 'thinking_level_unspecified';
  if (isLevel) return { mode: 'on', effort: level };
  if (budget === DYNAMIC_BUDGET) return { mode: 'adaptive' };
  if (budget === 0) return { mode: 'off' };
  return { mode: 'on', ...(typeof budget === 'number' && budget > 0 && { budgetTokens: budget }) };
}
