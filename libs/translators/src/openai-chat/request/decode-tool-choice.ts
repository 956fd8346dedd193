import { isJsonObject, type JsonObject, type JsonValue, type ToolChoice } from '@sluice/core';
import { carryUnknown, objectMember, textMember } from '@sluice/translator-kit';

const CHOICE: ReadonlySet<string> = new Set(['type', 'function', 'custom', 'name']);
const NAME: ReadonlySet<string> = new Set(['name']);

/** `tool_choice` (or `function_call`) and `parallel_tool_calls` in one; undefined = the vendor's default. */
export function decodeToolChoice(body: JsonObject): ToolChoice | undefined {
  const { parallel_tool_calls: parallel } = body;
  const withParallel = typeof parallel === 'boolean' ? { parallel } : {};
  const choice = body['tool_choice'] ?? body['function_call'];
  if (choice === 'none' || choice === 'auto' || choice === 'required') return { mode: choice, ...withParallel };
  if (choice === 'any') return { mode: 'required', ...withParallel }; // Mistral's word
  const allowed = allowedTools(choice);
  if (allowed !== undefined) return { mode: allowed['mode'] === 'required' ? 'required' : 'auto', ...withParallel };
  const name = isJsonObject(choice) ? nameOfChoice(choice) : undefined;
  if (name !== undefined) return { mode: 'named', name, ...withParallel };
  return typeof parallel === 'boolean' ? { mode: 'auto', parallel } : undefined;
}

/** The `allowed_tools` of a choice, if it is one. */
export function allowedTools(choice: JsonValue | undefined): JsonObject | undefined {
  return isJsonObject(choice) ? objectMember(choice, 'allowed_tools') : undefined;
}

/** The tool that a choice or an entry of `allowed_tools` names. */
export function nameOfChoice(choice: JsonObject): string | undefined {
  const inner = objectMember(choice, 'function') ?? objectMember(choice, 'custom') ?? choice;
  return textMember(inner, 'name');
}

/** A choice among allowed tools, and all tools that there were: the canonical request has the allowed ones only. */
export function spelledChoice({ tools, tool_choice: choice }: JsonObject): JsonObject | undefined {
  return allowedTools(choice) === undefined ? undefined : { tools, tool_choice: choice };
}

/** The members of a choice by name that its name does not say. */
export function choiceRest({ tool_choice: choice }: JsonObject): JsonObject | undefined {
  if (!isJsonObject(choice) || allowedTools(choice) !== undefined) return undefined;
  const rest: Record<string, JsonValue | undefined> = { ...carryUnknown(choice, CHOICE) };
  for (const kind of ['function', 'custom']) {
    const inner = objectMember(choice, kind);
    const unknown = inner && carryUnknown(inner, NAME);
    if (unknown !== undefined) rest[kind] = unknown;
  }
  return Object.keys(rest).length === 0 ? undefined : { tool_choice: rest };
}
