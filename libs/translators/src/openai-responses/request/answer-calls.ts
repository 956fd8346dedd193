import type { JsonObject } from '@sluice/core';
import { isClientCall } from '../items/item-kinds.js';
import type { RequestScope } from './request-scope.js';

/** What a call is answered with when the history does not say what it gave. */
const NO_RESULT = 'The result of this call is not known.';

/**
 * OpenAI refuses calls without outputs and outputs without calls. A missing output is said to be unknown; an output that
 * belongs to no call is told by the user.
 */
export function answerCalls(items: readonly JsonObject[], { warnings }: RequestScope): readonly JsonObject[] {
  const called = new Set(items.filter(isClientCall).map(callId));
  const answered = new Set(items.filter(isOutput).map(callId));
  if (called.size === answered.size && [...called].every((id) => answered.has(id))) return items;
  return items.flatMap((item, index): readonly JsonObject[] => {
    if (isOutput(item) && !called.has(callId(item))) {
      warnings.changed(`/input/${index}`, 'This tool result belongs to no call; it is sent as what the user says.');
      return [{ type: 'message', role: 'user', content: contentOf(item) }];
    }
    if (!isClientCall(item) || answered.has(callId(item))) return [item];
    warnings.approximated(`/input/${index}`, 'This call has no result; the vendor is told that it is not known.');
    const type = item['type'] === 'custom_tool_call' ? 'custom_tool_call_output' : 'function_call_output';
    return [item, { type, call_id: item['call_id'], output: NO_RESULT }];
  });
}

function contentOf({ output }: JsonObject): readonly JsonObject[] {
  if (Array.isArray(output)) return output as readonly JsonObject[]; // parts that we wrote
  return [{ type: 'input_text', text: typeof output === 'string' ? output : '' }];
}

function isOutput({ type }: JsonObject): boolean {
  return type === 'function_call_output' || type === 'custom_tool_call_output';
}

function callId(item: JsonObject): string {
  return typeof item['call_id'] === 'string' ? item['call_id'] : '';
}
