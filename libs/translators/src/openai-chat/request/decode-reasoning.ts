import type { JsonObject, ReasoningOptions } from '@sluice/core';
import { countMember, objectMember, textMember } from '@sluice/translator-kit';

/** The ways in which clients say how much to think. All of them are also carried: their own format needs no translation. */
export const REASONING_OPTIONS = [
  'reasoning_effort',
  'thinking',
  'reasoning',
  'enable_thinking',
  'chat_template_kwargs',
] as const;

/** OpenAI's effort, or the switches of vendors that imitate other APIs; undefined = the model's default. */
export function decodeReasoning(body: JsonObject): ReasoningOptions | undefined {
  const effort = textMember(body, 'reasoning_effort');
  if (effort !== undefined) return { mode: effort === 'none' ? 'off' : 'on', effort };
  return (
    anthropicStyle(objectMember(body, 'thinking')) ?? routerStyle(objectMember(body, 'reasoning')) ?? switchStyle(body)
  );
}

/** DeepSeek, Kimi, GLM. */
function anthropicStyle(thinking: JsonObject | undefined): ReasoningOptions | undefined {
  if (thinking === undefined) return undefined;
  const budgetTokens = countMember(thinking, 'budget_tokens');
  const mode = thinking['type'] === 'disabled' ? 'off' : thinking['type'] === 'adaptive' ? 'adaptive' : 'on';
  return { mode, ...(budgetTokens !== undefined && { budgetTokens }) };
}

/** OpenRouter. */
function routerStyle(reasoning: JsonObject | undefined): ReasoningOptions | undefined {
  if (reasoning === undefined) return undefined;
  const effort = textMember(reasoning, 'effort');
  const budgetTokens = countMember(reasoning, 'max_tokens');
  return {
    mode: reasoning['enabled'] === false || effort === 'none' ? 'off' : 'on',
    ...(effort !== undefined && { effort }),
    ...(budgetTokens !== undefined && { budgetTokens }),
    ...(reasoning['exclude'] === true && { show: 'none' as const }),
  };
}

/** Qwen, vLLM. */
function switchStyle(body: JsonObject): ReasoningOptions | undefined {
  const isOn = body['enable_thinking'] ?? objectMember(body, 'chat_template_kwargs')?.['enable_thinking'];
  if (typeof isOn !== 'boolean') return undefined;
  const budgetTokens = countMember(body, 'thinking_budget');
  return { mode: isOn ? 'on' : 'off', ...(budgetTokens !== undefined && { budgetTokens }) };
}
