import { isJsonObject, type JsonObject, type JsonValue, type ReasoningOptions } from '@sluice/core';
import { countMember, objectMember, textMember } from '@sluice/translator-kit';

/** The ways in which clients say how much to think. All of them are also carried: their own format needs no translation. */
export const REASONING_OPTIONS = [
  'reasoning_effort',
  'thinking',
  'reasoning',
  'enable_thinking',
  'chat_template_kwargs',
] as const;

/** What is read of each option; an empty list = the value itself. */
const SAID_MEMBERS: Readonly<Record<(typeof REASONING_OPTIONS)[number] | 'thinking_budget', readonly string[]>> = {
  reasoning_effort: [],
  thinking: ['type', 'budget_tokens'],
  reasoning: ['enabled', 'effort', 'max_tokens', 'exclude'],
  enable_thinking: [],
  chat_template_kwargs: ['enable_thinking'],
  thinking_budget: [],
};

/** OpenAI's effort, or the switches of vendors that imitate other APIs; undefined = the model's default. */
export function decodeReasoning(body: JsonObject): ReasoningOptions | undefined {
  const effort = textMember(body, 'reasoning_effort');
  if (effort !== undefined) return { mode: effort === 'none' ? 'off' : 'on', effort };
  return (
    anthropicStyle(objectMember(body, 'thinking')) ?? routerStyle(objectMember(body, 'reasoning')) ?? switchStyle(body)
  );
}

/** The options that the canonical ones say in full, as the client spelled them. */
export function spelledReasoning(body: JsonObject): JsonObject | undefined {
  const options = Object.entries(SAID_MEMBERS).filter(([name, members]) => isSaid(body[name], members));
  const isUnderstood = decodeReasoning(body) !== undefined && options.length > 0;
  return isUnderstood ? Object.fromEntries(options.map(([name]) => [name, body[name]])) : undefined;
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

function isSaid(option: JsonValue | undefined, members: readonly string[]): boolean {
  if (isJsonObject(option)) return Object.keys(option).every((name) => members.includes(name));
  return option !== undefined && option !== null && members.length === 0;
}
