import type { JsonObject, ToolCallBlock } from '@sluice/core';
import { restoreMembers } from '@sluice/translator-kit';
import { carriedBy } from '../carried.js';
import { extraContent } from '../thought-signature.js';
import { unwrapCustomInput } from '../tool-arguments.js';
import type { ClientHabits } from './client-habits.js';

/** A tool call of an answer. No arguments are `{}`; the call of a custom tool holds its text. */
export function encodeCall(block: ToolCallBlock, { customTools }: ClientHabits): JsonObject {
  const { id, name, argumentsJson, signature } = block;
  const carried = carriedBy(block);
  const isCustom = carried?.['type'] === 'custom' || customTools.has(name);
  const called = isCustom
    ? { type: 'custom', custom: { name, input: unwrapCustomInput(argumentsJson) } }
    : { type: 'function', function: { name, arguments: argumentsJson || '{}' } };
  return restoreMembers({ id, ...called, ...extraContent(signature) }, carried);
}
