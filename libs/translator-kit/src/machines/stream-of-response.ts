import type {
  BlockStart,
  CanonicalEvent,
  CanonicalResponse,
  ContentBlock,
  Extensions,
  TranslationWarning,
} from '@sluice/core';
import { mergeExtensions } from './merge-extensions.js';

/**
 * A whole answer as the events of a stream, for a vendor that answers JSON where a stream was asked for. Gives back to
 * `accumulateResponse` what it was made of. Every block is one delta.
 *
 * A server tool's `raw` value travels as the extensions of its block start and its `input` as the delta; `result` is a
 * reading of `raw` and does not travel. Blocks that a stream cannot say (opaque ones, documents, media that is not base64,
 * tool results) are left out and reported.
 *
 * @param report called for each block that was left out
 */
export function streamOfResponse(
  response: CanonicalResponse,
  report: (warning: TranslationWarning) => void = () => undefined,
): readonly CanonicalEvent[] {
  const { id, model, content, finishReason, usage, extensions } = response;
  const events: CanonicalEvent[] = [{ type: 'response-start', id, model, ...(extensions && { extensions }) }];
  let index = 0;
  for (const [position, block] of content.entries()) {
    const start = startOf(block);
    if (start === undefined) report(unsayable(block, position));
    else events.push(...eventsOf(block, start, index++));
  }
  if (usage !== undefined) events.push({ type: 'usage', usage });
  events.push({ type: 'response-end', finishReason });
  return events;
}

/** What is known of a streamed block when it opens; undefined for blocks that have no place in a stream. */
function startOf(block: ContentBlock): BlockStart | undefined {
  switch (block.type) {
    case 'text':
    case 'reasoning':
    case 'refusal':
      return { type: block.type };
    case 'tool-call':
      return { type: 'tool-call', id: block.id, name: block.name };
    case 'server-tool':
      return { type: 'server-tool', id: block.id, tool: block.tool };
    case 'image':
    case 'audio':
      if (block.source.kind !== 'base64') return undefined;
      return { type: block.type, ...(block.mediaType !== undefined && { mediaType: block.mediaType }) };
    case 'document':
    case 'tool-result':
    case 'opaque':
      return undefined;
    default:
      return unknownBlock(block);
  }
}

function eventsOf(block: ContentBlock, start: BlockStart, index: number): CanonicalEvent[] {
  const extensions = carriedBy(block);
  const delta = deltaOf(block);
  const events: CanonicalEvent[] = [{ type: 'block-start', index, block: start, ...(extensions && { extensions }) }];
  if (delta !== '') events.push({ type: 'block-delta', index, delta });
  if (block.type === 'text') {
    for (const citation of block.citations ?? []) events.push({ type: 'block-mark', index, citation });
  }
  if (block.type === 'reasoning' && block.redacted !== undefined) {
    events.push({ type: 'block-mark', index, redacted: block.redacted });
  }
  if ('signature' in block && block.signature !== undefined) {
    events.push({ type: 'block-mark', index, signature: block.signature });
  }
  events.push({ type: 'block-end', index });
  return events;
}

function deltaOf(block: ContentBlock): string {
  switch (block.type) {
    case 'text':
    case 'reasoning':
    case 'refusal':
      return block.text;
    case 'tool-call':
      return block.argumentsJson;
    case 'server-tool':
      return block.input === undefined ? '' : JSON.stringify(block.input);
    case 'image':
    case 'audio':
      return block.source.value;
    default:
      return '';
  }
}

/** A server tool's own format stands first: that is how the accumulator knows it. */
function carriedBy(block: ContentBlock): Extensions | undefined {
  if (block.type !== 'server-tool') return block.extensions;
  return mergeExtensions({ [block.raw.format]: block.raw.value }, block.extensions);
}

function unsayable(block: ContentBlock, position: number): TranslationWarning {
  return {
    path: `/content/${position}`,
    effect: 'dropped',
    message: `A ${block.type} block of the answer cannot be streamed.`,
  };
}

function unknownBlock(block: never): never {
  throw new TypeError(`unknown block ${JSON.stringify(block)}`);
}
