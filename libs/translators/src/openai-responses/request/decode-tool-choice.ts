import { isJsonObject, type JsonObject, type JsonValue, type ToolChoice } from '@sluice/core';
import { carryUnknown, textMember } from '@sluice/translator-kit';
import { qualifiedName } from '../items/tool-namespace.js';

const NAMED: ReadonlySet<string> = new Set(['type', 'name', 'namespace']);

/** `tool_choice` and `parallel_tool_calls` in one; undefined = the vendor's default. */
export function decodeToolChoice(body: JsonObject): ToolChoice | undefined {
  const { tool_choice: choice, parallel_tool_calls: parallel } = body;
  const withParallel = typeof parallel === 'boolean' ? { parallel } : {};
  if (choice === 'none' || choice === 'auto' || choice === 'required') return { mode: choice, ...withParallel };
  const allowed = allowedTools(choice);
  if (allowed !== undefined) return { mode: allowed['mode'] === 'required' ? 'required' : 'auto', ...withParallel };
  if (isJsonObject(choice) && isOfClient(choice)) {
    const name = nameOfChoice(choice);
    if (name !== undefined) return { mode: 'named', name, ...withParallel };
  }
  return typeof parallel === 'boolean' ? { mode: 'auto', parallel } : undefined;
}

/** The choice if it names the tools among which the model may choose. */
export function allowedTools(choice: JsonValue | undefined): JsonObject | undefined {
  return isJsonObject(choice) && choice['type'] === 'allowed_tools' ? choice : undefined;
}

/** The tool that a choice, or an entry of `allowed_tools`, names. */
export function nameOfChoice(choice: JsonObject): string | undefined {
  const name = textMember(choice, 'name');
  return name === undefined ? undefined : qualifiedName(name, textMember(choice, 'namespace'));
}

export interface ChoiceRest {
  /** What only this format can say: a choice of one of the vendor's own tools. */
  readonly unsaid?: JsonObject;
  /** A choice that is said in other words, as it came. */
  readonly said?: JsonObject;
}

/** `tool_choice` as far as the canonical words do not have it. */
export function choiceRest({ tool_choice: choice, parallel_tool_calls: parallel }: JsonObject): ChoiceRest {
  if (choice === undefined && typeof parallel === 'boolean') return { said: { tool_choice: null } };
  if (!isJsonObject(choice)) return {};
  if (allowedTools(choice) !== undefined) return { said: { tool_choice: choice } };
  if (!isOfClient(choice) || nameOfChoice(choice) === undefined) return { unsaid: { tool_choice: choice } };
  const rest = carryUnknown(choice, NAMED);
  if (choice['namespace'] !== undefined) return { said: { tool_choice: choice } };
  return rest === undefined ? {} : { unsaid: { tool_choice: rest } };
}

function isOfClient({ type }: JsonObject): boolean {
  return type === 'function' || type === 'custom';
}
