import { GatewayError, isJsonObject, type JsonValue } from '@sluice/core';
import { withoutMember } from './without-member.js';

/** Items whose id only names what the vendor has stored; here it stores nothing, and refuses ids that it does not know. */
const STORED_IDS: ReadonlySet<unknown> = new Set([
  undefined, // a message may go without a type
  'message',
  'reasoning',
  'function_call',
  'function_call_output',
  'custom_tool_call',
  'custom_tool_call_output',
]);

/**
 * The conversation as the back end takes it: always items, no system role, no ids of stored items, no marks of where a prompt
 * is cached.
 * @throws GatewayError `invalid_request` for an item that stands only at the vendor
 */
export function adaptInput(input: JsonValue | undefined): JsonValue | undefined {
  if (typeof input === 'string') {
    return [{ type: 'message', role: 'user', content: [{ type: 'input_text', text: input }] }];
  }
  return Array.isArray(input) ? input.map(adaptItem) : input;
}

function adaptItem(item: JsonValue): JsonValue {
  if (!isJsonObject(item)) return item;
  const { id, type, role, content } = item;
  if (type === 'item_reference' || (type === undefined && role === undefined && typeof id === 'string')) {
    throw new GatewayError({
      kind: 'invalid_request',
      message: 'A ChatGPT plan stores no items: send them whole instead of an item_reference.',
      param: 'input',
    });
  }
  return {
    ...(STORED_IDS.has(type) ? withoutMember(item, 'id') : item),
    ...(role === 'system' && { role: 'developer' }),
    ...(Array.isArray(content) && { content: content.map(withoutBreakpoint) }),
  };
}

function withoutBreakpoint(part: JsonValue): JsonValue {
  if (!isJsonObject(part) || part['prompt_cache_breakpoint'] === undefined) return part;
  return withoutMember(part, 'prompt_cache_breakpoint');
}
