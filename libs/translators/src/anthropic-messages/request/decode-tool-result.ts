import { isJsonObject, type ContentBlock, type JsonObject, type JsonValue, type ToolResultBlock } from '@sluice/core';
import { textMember } from '@sluice/translator-kit';
import { restOf } from './node-rest.js';

const KNOWN: ReadonlySet<string> = new Set(['type', 'tool_use_id', 'content', 'is_error']);
const KNOWN_WITHOUT_CONTENT: ReadonlySet<string> = new Set(['type', 'tool_use_id', 'is_error']);

/** What a tool answered. Content that is no string and no list (seen from agents) is read as its JSON text. */
export function decodeToolResult(
  block: JsonObject,
  decodeNested: (block: JsonObject) => ContentBlock,
): ToolResultBlock | undefined {
  const callId = textMember(block, 'tool_use_id');
  if (callId === undefined) return undefined;
  const { content, is_error: isError } = block;
  const blocks = listedBlocks(content);
  return {
    type: 'tool-result',
    callId,
    content: blocks?.map(decodeNested) ?? [{ type: 'text', text: JSON.stringify(content) }],
    ...(typeof isError === 'boolean' ? { isError } : {}),
    ...restOf(block, blocks === undefined ? KNOWN_WITHOUT_CONTENT : KNOWN),
  };
}

function listedBlocks(content: JsonValue | undefined): readonly JsonObject[] | undefined {
  if (content === undefined || content === null || content === '') return [];
  if (typeof content === 'string') return [{ type: 'text', text: content }];
  return Array.isArray(content) && content.every(isJsonObject) ? content : undefined;
}
