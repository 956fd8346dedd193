import type { ContentBlock, JsonObject, ToolResultBlock } from '@sluice/core';
import { restoreMembers, withoutMembers } from '@sluice/translator-kit';
import { carriedBy } from '../carried.js';
import { contentOf, encodePart, joinedContentOf, withCache, type RequestScope } from './encode-content.js';
import { toolId } from './tool-id.js';

const ERROR_PREFIX = 'Error: ';
const MEDIA_NOTES: Readonly<Partial<Record<ContentBlock['type'], string>>> = {
  image: '[image: see the next message]',
  document: '[document: see the next message]',
  audio: '[audio: see the next message]',
};

export interface EncodedToolResult {
  readonly wire: JsonObject;
  /** What a tool message cannot hold; it goes into the user's next message. */
  readonly media: readonly JsonObject[];
}

/** A tool's result as a `tool` message. A failure says so in its text: the format has no other place for it. */
export function encodeToolResult(block: ToolResultBlock, path: string, scope: RequestScope): EncodedToolResult {
  const parts: JsonObject[] = [];
  const media: JsonObject[] = [];
  for (const [index, nested] of block.content.entries()) {
    const part = encodePart(nested, `${path}/content/${index}`, scope);
    if (part === undefined) continue;
    const note = MEDIA_NOTES[nested.type];
    if (note === undefined || part['type'] === 'text' || scope.dialect.toolImages) {
      parts.push(part);
    } else {
      parts.push({ type: 'text', text: note });
      media.push(part);
    }
  }
  const said = block.isError === true ? [{ type: 'text', text: ERROR_PREFIX }, ...parts] : parts;
  const cameAsParts = carriedBy(block)?.['content'] === 'parts';
  const content = cameAsParts ? contentOf(said) : joinResult(said, block.isError === true);
  const wire = { role: 'tool', tool_call_id: toolId(block.callId, scope.dialect), content };
  return { wire: withCache(restoreMembers(wire, withoutMembers(carriedBy(block), ['content'])), block, scope), media };
}

function joinResult(parts: readonly JsonObject[], isError: boolean): string | readonly JsonObject[] {
  if (!isError) return joinedContentOf(parts);
  const content = joinedContentOf(parts.slice(1));
  return typeof content === 'string' ? `${ERROR_PREFIX}${content}` : parts;
}
