import type { JsonObject } from '@sluice/core';
import { objectMember, objectsMember, parseJsonObject } from '@sluice/translator-kit';

/** The arguments of a function call as text; some clients and vendors send the object itself. */
export function argumentsOf(called: JsonObject): string {
  const value = called['arguments'];
  if (typeof value === 'string') return value;
  return value === undefined || value === null ? '' : JSON.stringify(value);
}

/** `tool_calls` of a message or a delta; some servers send their one call without a list. */
export function callsIn(spoken: JsonObject): readonly JsonObject[] {
  const single = objectMember(spoken, 'tool_calls');
  return single === undefined ? objectsMember(spoken, 'tool_calls') : [single];
}

/** A custom tool takes one free text; as a function it has this one parameter. */
export const CUSTOM_PARAMETERS: JsonObject = {
  type: 'object',
  properties: { input: { type: 'string' } },
  required: ['input'],
};

/** The input of a custom call as the arguments of a function with `CUSTOM_PARAMETERS`. */
export function wrapCustomInput(input: string): string {
  return JSON.stringify({ input });
}

/** The input of a custom call; arguments of another shape are the input themselves. */
export function unwrapCustomInput(argumentsJson: string): string {
  const input = parseJsonObject(argumentsJson)?.['input'];
  return typeof input === 'string' ? input : argumentsJson;
}
