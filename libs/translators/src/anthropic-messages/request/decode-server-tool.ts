import type { FormatId, JsonObject, ServerToolBlock } from '@sluice/core';
import { textMember } from '@sluice/translator-kit';
import { isForeignSearch } from '../answer/foreign-search.js';

/** No format's name: no vendor is shown the block. */
const NOBODY: FormatId = 'none';

const RESULT_SUFFIX = '_tool_result';

const CALL_TYPES: ReadonlySet<string> = new Set(['server_tool_use', 'mcp_tool_use']);

/** Whether a block is a tool that the vendor runs: its call, or what it gave. */
export function isServerToolType(type: string): boolean {
  return CALL_TYPES.has(type) || type.endsWith(RESULT_SUFFIX);
}

/** Whether a block is a call, whose input may be streamed, and not a result, which arrives whole. */
export function isServerCall({ type }: JsonObject): boolean {
  return typeof type === 'string' && CALL_TYPES.has(type);
}

/** Which call of which tool the block belongs to. */
export function toolOfServerBlock(block: JsonObject): { readonly id: string; readonly tool: string } {
  if (isServerCall(block)) return { id: textMember(block, 'id') ?? '', tool: textMember(block, 'name') ?? '' };
  const type = textMember(block, 'type') ?? '';
  return { id: textMember(block, 'tool_use_id') ?? '', tool: type.slice(0, -RESULT_SUFFIX.length) };
}

/**
 * The call or the result of a tool that the vendor runs. The block itself travels along: only this format can say it, and nobody
 * a search that was another vendor's.
 */
export function decodeServerTool(block: JsonObject): ServerToolBlock {
  const { input, content } = block;
  const isCall = isServerCall(block);
  return {
    type: 'server-tool',
    ...toolOfServerBlock(block),
    ...(isCall && input !== undefined ? { input } : {}),
    ...(!isCall && content !== undefined ? { result: content } : {}),
    raw: { format: isForeignSearch(block) ? NOBODY : 'anthropic-messages', value: block },
  };
}
