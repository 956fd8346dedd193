import type { JsonObject, ReasoningOptions } from '@sluice/core';
import { budgetOfEffort, nearestEffort } from '@sluice/translator-kit';
import type { ModelTraits } from './model-traits.js';
import type { RequestScope } from './request-scope.js';

const DYNAMIC_BUDGET = -1;
const PATH = '/reasoning';

/**
 * `thinkingConfig` in the words that the model takes: third-generation models a level, 2.5 a budget, older ones nothing. A
 * budget without an effort stays a budget, which newer models take as well.
 * @see https://ai.google.dev/gemini-api/docs/thinking
 */
export function encodeThinking(reasoning: ReasoningOptions | undefined, scope: RequestScope): JsonObject | undefined {
  if (reasoning === undefined) return undefined;
  if (scope.traits.thinking === 'none') {
    if (reasoning.mode !== 'off') scope.dropped(PATH, 'This model does not think.');
    return undefined;
  }
  const amount = reasoning.mode === 'off' ? switchedOff(scope) : amountOf(reasoning, scope);
  const isShown = reasoning.mode !== 'off' && reasoning.show !== 'none';
  const config: JsonObject = { ...amount, ...(isShown && { includeThoughts: true }) };
  return Object.keys(config).length === 0 ? undefined : config;
}

function switchedOff(scope: RequestScope): JsonObject {
  const { traits } = scope;
  if (traits.canStopThinking) return { thinkingBudget: 0 };
  scope.approximated(PATH, 'This model cannot be told not to think; it is told to think as little as it can.');
  return traits.thinking === 'level' ? levelOf('minimal', traits) : { thinkingBudget: traits.budget?.[0] ?? 0 };
}

function amountOf({ mode, effort, budgetTokens }: ReasoningOptions, scope: RequestScope): JsonObject {
  const { traits } = scope;
  if (effort !== undefined && effort !== 'auto') {
    const encoded = traits.thinking === 'budget' ? budgetOf(budgetOfEffort(effort), traits) : levelOf(effort, traits);
    if (Object.keys(encoded).length === 0) scope.dropped(`${PATH}/effort`, `Google has no level "${effort}".`);
    else if (traits.thinking !== 'budget' && encoded['thinkingLevel'] !== effort.toUpperCase()) {
      scope.approximated(`${PATH}/effort`, `This model has no level "${effort}"; it is told the nearest one.`);
    }
    return encoded;
  }
  if (budgetTokens !== undefined) {
    const encoded = budgetOf(budgetTokens, traits);
    if (encoded['thinkingBudget'] !== budgetTokens) {
      scope.approximated(`${PATH}/budgetTokens`, `This model takes a budget of ${traits.budget?.join(' to ')} tokens.`);
    }
    return encoded;
  }
  return mode === 'adaptive' && traits.thinking !== 'level' ? { thinkingBudget: DYNAMIC_BUDGET } : {};
}

function levelOf(effort: string, { levels }: ModelTraits): JsonObject {
  const level = nearestEffort(effort, levels);
  return level === undefined ? {} : { thinkingLevel: level.toUpperCase() };
}

function budgetOf(tokens: number | undefined, { budget }: ModelTraits): JsonObject {
  if (tokens === undefined) return {};
  const [min, max] = budget ?? [tokens, tokens];
  return { thinkingBudget: Math.min(max, Math.max(min, tokens)) };
}
