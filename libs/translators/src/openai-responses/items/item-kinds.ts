import type { JsonObject } from '@sluice/core';
import { objectMember, textMember } from '@sluice/translator-kit';

const CALL_SUFFIX = '_call';

/** Calls of tools that the client declared as functions or as custom tools. */
const CLIENT_CALLS: ReadonlySet<string | undefined> = new Set(['function_call', 'custom_tool_call']);

/** What the model or its vendor says besides messages, reasoning and calls. */
const OTHER_OUTPUTS: ReadonlySet<string> = new Set([
  'compaction',
  'mcp_approval_request',
  'mcp_list_tools',
  'program',
  'tool_search_output',
]);

/** Whether an item calls a tool of the client. */
export function isClientCall(item: JsonObject): boolean {
  return CLIENT_CALLS.has(textMember(item, 'type'));
}

/** Whether an item of a history came from the model or its vendor, and not from the client. */
export function isOutputItem(item: JsonObject): boolean {
  const type = textMember(item, 'type') ?? 'message';
  if (type === 'message') return item['role'] === 'assistant';
  return type === 'reasoning' || type.endsWith(CALL_SUFFIX) || OTHER_OUTPUTS.has(type);
}

/** What a search that is over was for; undefined for other items, whose input only this format has words for. */
export function inputOfItem(item: JsonObject): JsonObject | undefined {
  const action = objectMember(item, 'action');
  const query = action?.['type'] === 'search' ? action['query'] : undefined;
  return item['type'] === 'web_search_call' && typeof query === 'string' ? { query } : undefined;
}

/** The tool that an item is a use of: `web_search` of a `web_search_call`. */
export function toolOfItem(item: JsonObject): string {
  const type = textMember(item, 'type') ?? '';
  return type.endsWith(CALL_SUFFIX) ? type.slice(0, -CALL_SUFFIX.length) : type;
}
