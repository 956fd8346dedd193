import type { ContentBlock, JsonObject } from '@sluice/core';
import { type SpellingMap, restoreMembers, withoutMembers } from '@sluice/translator-kit';
import { carriedBy, FORMAT } from '../carried.js';
import type { ChatDialect } from '../dialect.js';
import { encodeMedia } from './encode-media.js';
import type { RequestWarnings } from './request-warnings.js';

/** What the encoding of one request needs everywhere. */
export interface RequestScope {
  readonly dialect: ChatDialect;
  readonly warnings: RequestWarnings;
  readonly names: SpellingMap;
}

/** Claude Code's attribution for Anthropic's billing; no other vendor is shown it. */
const ATTRIBUTION_PREFIX = 'x-anthropic-billing-header:';
const ATTRIBUTION_LINE = /^[ \t]*x-anthropic-billing-header:.*(?:\r?\n|$)/gm;

/**
 * A block as a part of a message's content; undefined for what has no part. Calls, results and reasoning have places of
 * their own and are not expected here.
 */
export function encodePart(block: ContentBlock, path: string, scope: RequestScope): JsonObject | undefined {
  switch (block.type) {
    case 'text':
      return withCache(restoreMembers({ type: 'text', text: block.text }, carriedBy(block)), block, scope);
    case 'refusal':
      return restoreMembers({ type: 'refusal', refusal: block.text }, carriedBy(block));
    case 'image':
    case 'document':
    case 'audio': {
      const part = encodeMedia(block, path, scope.warnings);
      return part && withCache(part, block, scope);
    }
    case 'opaque':
      if (block.format === FORMAT) return block.value;
      if (!isAttribution(block.value)) dropForeign(block.format, path, scope);
      return undefined;
    case 'server-tool':
      if (block.raw.format === FORMAT) return block.raw.value;
      scope.warnings.dropped(path, `The use of ${block.tool}, a tool of ${block.raw.format}'s vendor, was left out.`);
      return undefined;
    case 'reasoning':
    case 'tool-call':
    case 'tool-result':
      scope.warnings.dropped(path, `A ${block.type} block has no place in this message.`);
      return undefined;
    default:
      return block satisfies never;
  }
}

/** Parts as `content`: a string where that says the same, which every imitation of OpenAI understands. */
export function contentOf(parts: readonly JsonObject[]): string | readonly JsonObject[] {
  const [only, second] = parts;
  if (only === undefined) return '';
  if (second === undefined && isPlainText(only)) return only['text'];
  return parts;
}

/** Texts joined by blank lines, or the parts where there is more than plain text. */
export function joinedContentOf(parts: readonly JsonObject[]): string | readonly JsonObject[] {
  return parts.every(isPlainText) ? parts.map(({ text }) => text).join('\n\n') : parts;
}

/** The text without lines that are addressed to Anthropic's billing. */
export function withoutAttribution(text: string): string {
  return text.includes(ATTRIBUTION_PREFIX) ? text.replace(ATTRIBUTION_LINE, '') : text;
}

/** The wire object with its breakpoint, where the vendor takes it; else it is counted for the one warning. */
export function withCache(wire: JsonObject, { cache }: Pick<ContentBlock, 'cache'>, scope: RequestScope): JsonObject {
  if (cache === undefined || 'cache_control' in wire || 'prompt_cache_breakpoint' in wire) return wire;
  if (scope.dialect.cacheControl) return { ...wire, cache_control: { type: 'ephemeral', ...cache } };
  scope.warnings.cacheMarker();
  return wire;
}

/** A message's carried members without those that only tell how it was spelled. */
export function messageRest(carried: JsonObject | undefined): JsonObject | undefined {
  return withoutMembers(carried, ['content', 'role']);
}

function isPlainText(part: JsonObject): part is JsonObject & { readonly type: 'text'; readonly text: string } {
  return part['type'] === 'text' && typeof part['text'] === 'string' && Object.keys(part).length === 2;
}

function isAttribution({ text }: JsonObject): boolean {
  return typeof text === 'string' && text.startsWith(ATTRIBUTION_PREFIX);
}

function dropForeign(format: string, path: string, { warnings }: RequestScope): void {
  warnings.dropped(path, `A block that only ${format} knows was left out.`);
}
