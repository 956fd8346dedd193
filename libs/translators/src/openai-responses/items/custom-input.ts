import type { JsonObject } from '@sluice/core';
import { parseJsonObject } from '@sluice/translator-kit';

/** A custom tool takes one free text; as a function it has this one parameter. */
export const CUSTOM_PARAMETERS: JsonObject = {
  type: 'object',
  properties: { input: { type: 'string' } },
  required: ['input'],
};

/** Around the text of a custom call, so that it becomes the arguments of a function with `CUSTOM_PARAMETERS`. */
export const CUSTOM_OPENING = '{"input":"';
export const CUSTOM_CLOSING = '"}';

/** A piece of the text as a piece of a JSON string. */
export function escapePiece(piece: string): string {
  return JSON.stringify(piece).slice(1, -1);
}

/** The input of a custom call as arguments. */
export function wrapInput(input: string): string {
  return CUSTOM_OPENING + escapePiece(input) + CUSTOM_CLOSING;
}

/** The input of a custom call; arguments of another shape are the input themselves. */
export function unwrapInput(argumentsJson: string): string {
  const input = parseJsonObject(argumentsJson)?.['input'];
  return typeof input === 'string' ? input : argumentsJson;
}
