import type { ContentBlock, JsonObject, ReasoningBlock, ServerToolBlock, TextBlock } from '@sluice/core';
import { proofForClient, type SpellingMap } from '@sluice/translator-kit';
import { isServerCall } from '../request/decode-server-tool.js';
import { searchBlocks, WEB_SEARCH } from './foreign-search.js';
import { parseArguments } from './parse-arguments.js';
import { isRemark } from './refusal-remark.js';

/** Said in place of something that an answer of this format cannot hold. */
export function noteFor(type: 'image' | 'document' | 'audio'): string {
  return `[The model answered with ${type === 'audio' ? 'audio' : `an ${type}`}, which this API cannot carry.]`;
}

/** A block of a whole answer as this format's blocks: one, none, or a search with its result. */
export function encodeAnswerBlocks(block: ContentBlock, ids: SpellingMap): readonly JsonObject[] {
  const isForeign = block.type === 'server-tool' && block.raw.format !== 'anthropic-messages';
  if (isForeign && block.tool === WEB_SEARCH) return searchBlocks(block.id, block.input);
  const encoded = encodeAnswerBlock(block, ids);
  return encoded === undefined ? [] : [encoded];
}

/** A block of a whole answer; undefined where this format has none for it. `ids`: the client's spellings of tool ids. */
function encodeAnswerBlock(block: ContentBlock, ids: SpellingMap): JsonObject | undefined {
  const own = block.extensions?.['anthropic-messages'];
  switch (block.type) {
    case 'text':
      return block.text === '' && block.citations === undefined ? undefined : encodeText(block, own);
    case 'refusal':
      return block.text === '' || isRemark(own) ? undefined : { type: 'text', text: block.text };
    case 'reasoning':
      if (block.redacted !== undefined) return { type: 'redacted_thinking', data: block.redacted, ...own };
      return { type: 'thinking', thinking: block.text, signature: proofOf(block), ...own };
    case 'tool-call':
      return {
        type: 'tool_use',
        id: ids.toWire(block.id),
        name: block.name,
        input: parseArguments(block.argumentsJson),
        ...own,
      };
    case 'server-tool':
      return block.raw.format === 'anthropic-messages' ? encodeServerTool(block) : undefined; // others: see encodeAnswerBlocks
    case 'opaque':
      return block.format === 'anthropic-messages' ? block.value : undefined;
    case 'image':
    case 'document':
    case 'audio':
      return { type: 'text', text: noteFor(block.type) };
    case 'tool-result':
      return undefined; // a client's own words; no vendor answers with one
    default:
      return unknownBlock(block);
  }
}

/** Citations are Anthropic's when they quote; the other formats' have another shape. */
export function isOwnCitation(citation: JsonObject): boolean {
  return typeof citation['cited_text'] === 'string';
}

/** Empty where nobody signed it: clients want the member. */
function proofOf({ signature }: ReasoningBlock): string {
  return signature === undefined ? '' : proofForClient(signature, 'anthropic');
}

function encodeText({ text, citations }: TextBlock, own: JsonObject | undefined): JsonObject {
  const quoted = citations?.filter(isOwnCitation);
  const areForeign = quoted?.length === 0 && citations?.length !== 0;
  return { type: 'text', text, ...own, ...(quoted === undefined || areForeign ? {} : { citations: quoted }) };
}

/** A call that was streamed has its input beside the block that it began with. */
function encodeServerTool({ raw: { value }, input }: ServerToolBlock): JsonObject {
  return isServerCall(value) ? { ...value, input: input ?? value['input'] ?? {} } : value;
}

function unknownBlock(block: never): never {
  throw new TypeError(`unknown block ${JSON.stringify(block)}`);
}
