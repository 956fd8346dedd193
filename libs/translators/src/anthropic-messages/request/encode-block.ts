import type { ContentBlock, JsonObject, ReasoningBlock, TextBlock, ToolCallBlock, ToolResultBlock } from '@sluice/core';
import { parseJsonObject } from '@sluice/translator-kit';
import { encodeMedia } from './encode-media.js';
import { withCarried, type RequestScope } from './request-scope.js';

/** Where a block stands. */
export interface BlockPlace {
  readonly role: 'system' | 'user' | 'assistant' | 'tool-result';
  /** JSON pointer into the canonical request. */
  readonly path: string;
}

/**
 * A content block of a request; undefined where nothing is left of it. Whatever is left out is reported, except for empty
 * text, which says nothing and which Anthropic refuses. Tool calls and results are encoded by whoever pairs them.
 */
export function encodeBlock(
  block: Exclude<ContentBlock, ToolCallBlock | ToolResultBlock>,
  place: BlockPlace,
  scope: RequestScope,
): JsonObject | undefined {
  switch (block.type) {
    case 'text':
      return block.text.trim() === '' ? undefined : finish(encodeText(block, place, scope), block, place, scope);
    case 'refusal':
      return block.text.trim() === '' ? undefined : finish({ type: 'text', text: block.text }, block, place, scope);
    case 'reasoning':
      return encodeReasoning(block, place, scope);
    case 'image':
    case 'document':
    case 'audio':
      return encodePlacedMedia(block, place, scope);
    case 'server-tool':
      return ownBlock(
        block.raw.format,
        block.raw.value,
        `a tool that another vendor ran (${block.tool})`,
        place,
        scope,
      );
    case 'opaque':
      return ownBlock(block.format, block.value, `a block that only ${block.format} knows`, place, scope);
    default:
      return unknownBlock(block);
  }
}

/** A call with the id that stands for it in this request. Arguments that are no JSON object become an empty one. */
export function encodeToolCall(block: ToolCallBlock, id: string, place: BlockPlace, scope: RequestScope): JsonObject {
  const input = parseJsonObject(block.argumentsJson);
  if (input === undefined && block.argumentsJson.trim() !== '') {
    scope.changed(place.path, 'The arguments of this call are no JSON object; Anthropic is sent an empty one.');
  }
  const name = scope.names.toWire(block.name);
  return finish({ type: 'tool_use', id, name, input: input ?? {} }, block, place, scope);
}

/** A result with its call's id. One plain text is written as a string, which every imitator of Anthropic takes. */
export function encodeToolResult(
  block: ToolResultBlock,
  callId: string,
  place: BlockPlace,
  scope: RequestScope,
): JsonObject {
  const parts = encodeResultParts(block, place, scope);
  return finish(
    {
      type: 'tool_result',
      tool_use_id: callId,
      ...(parts.length === 0 ? {} : { content: soleText(parts) ?? parts }),
      ...(block.isError === undefined ? {} : { is_error: block.isError }),
    },
    block,
    place,
    scope,
  );
}

/** What a result says, as blocks: for a result whose call is not in the history. */
export function encodeResultParts(
  block: ToolResultBlock,
  place: BlockPlace,
  scope: RequestScope,
): readonly JsonObject[] {
  const parts: JsonObject[] = [];
  for (const [index, part] of block.content.entries()) {
    const path = `${place.path}/content/${index}`;
    if (part.type === 'tool-call' || part.type === 'tool-result') {
      scope.dropped(path, `A ${part.type} cannot stand inside a tool result.`);
      continue;
    }
    const encoded = encodeBlock(part, { role: 'tool-result', path }, scope);
    if (encoded !== undefined) parts.push(encoded);
  }
  return parts;
}

function encodeText({ text, citations }: TextBlock, place: BlockPlace, scope: RequestScope): JsonObject {
  if (citations === undefined) return { type: 'text', text };
  const own = citations.filter((citation) => typeof citation['cited_text'] === 'string');
  if (own.length < citations.length)
    scope.dropped(`${place.path}/citations`, "Other vendors' citations mean nothing here.");
  return own.length === 0 && citations.length > 0 ? { type: 'text', text } : { type: 'text', text, citations: own };
}

/** Only what Anthropic signed or sealed may be shown to it again, and only in the model's own turn. */
function encodeReasoning(
  block: ReasoningBlock,
  { role, path }: BlockPlace,
  scope: RequestScope,
): JsonObject | undefined {
  const { signature, redacted, text } = block;
  if (role !== 'assistant') {
    scope.dropped(path, 'Reasoning can only stand in a turn of the assistant.');
    return undefined;
  }
  if (redacted !== undefined && (signature === undefined || signature.family === 'anthropic')) {
    return withCarried({ type: 'redacted_thinking', data: redacted }, block.extensions);
  }
  if (signature?.family === 'anthropic') {
    return withCarried({ type: 'thinking', thinking: text, signature: signature.value }, block.extensions);
  }
  scope.dropped(path, 'Reasoning without a signature that is recognised as Anthropic’s would be refused.');
  return undefined;
}

function encodePlacedMedia(
  block: Extract<ContentBlock, { type: 'image' | 'document' | 'audio' }>,
  place: BlockPlace,
  scope: RequestScope,
): JsonObject | undefined {
  if (place.role === 'assistant' || place.role === 'system') {
    scope.dropped(place.path, `Anthropic takes no ${block.type} in a turn of role ${place.role}.`);
    return undefined;
  }
  const encoded = encodeMedia(block, place.path, scope);
  return encoded && finish(encoded, block, place, scope);
}

function ownBlock(
  format: string,
  value: JsonObject,
  what: string,
  { path }: BlockPlace,
  scope: RequestScope,
): JsonObject | undefined {
  if (format === 'anthropic-messages') return value;
  scope.dropped(path, `Anthropic cannot be shown ${what}.`);
  return undefined;
}

function finish(
  encoded: JsonObject,
  { cache, extensions }: ContentBlock,
  { path }: BlockPlace,
  scope: RequestScope,
): JsonObject {
  return withCarried({ ...encoded, ...scope.cacheControl(cache, path) }, extensions);
}

function soleText(parts: readonly JsonObject[]): string | undefined {
  const [only] = parts;
  if (parts.length !== 1 || only?.['type'] !== 'text' || Object.keys(only).length !== 2) return undefined;
  const { text } = only;
  return typeof text === 'string' ? text : undefined;
}

function unknownBlock(block: never): never {
  throw new TypeError(`unknown block ${JSON.stringify(block)}`);
}
