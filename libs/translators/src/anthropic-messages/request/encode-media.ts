import type { JsonObject, MediaBlock } from '@sluice/core';
import type { RequestScope } from './request-scope.js';

/** @see https://platform.claude.com/docs/en/build-with-claude/vision */
const IMAGE_TYPES: ReadonlySet<string> = new Set(['image/jpeg', 'image/png', 'image/gif', 'image/webp']);

const PDF = 'application/pdf';
const PLAIN_TEXT = 'text/plain';
const TEXTUAL = /^text\/|^application\/(?:json|xml|yaml|x-yaml|javascript)$|\+(?:json|xml)$/;

/** What Anthropic's file ids begin with; ids of other vendors mean nothing to it. */
const FILE_ID_PREFIX = 'file_';

/** The first characters of an image's base64, for clients that do not say what it is. */
const IMAGE_BEGINNINGS: readonly (readonly [string, string])[] = [
  ['/9j/', 'image/jpeg'],
  ['iVBORw', 'image/png'],
  ['R0lGOD', 'image/gif'],
  ['UklGR', 'image/webp'],
];

/** An image or a document block; undefined, and reported, where Anthropic has no way to take it. */
export function encodeMedia(block: MediaBlock, path: string, scope: RequestScope): JsonObject | undefined {
  const source = block.type === 'audio' ? undefined : sourceOf(block);
  if (source === undefined) {
    scope.dropped(path, `Anthropic does not take ${describe(block)}.`);
    return undefined;
  }
  if (block.type === 'image') return { type: 'image', source };
  return { type: 'document', source, ...(block.title === undefined ? {} : { title: block.title }) };
}

function sourceOf(block: MediaBlock): JsonObject | undefined {
  const { kind, value } = block.source;
  if (kind === 'url') return { type: 'url', url: value };
  if (kind === 'file-id') return value.startsWith(FILE_ID_PREFIX) ? { type: 'file', file_id: value } : undefined;
  return block.type === 'image' ? imageData(block.mediaType, value) : documentData(block.mediaType, value);
}

function imageData(mediaType: string | undefined, data: string): JsonObject | undefined {
  const isVague = mediaType === undefined || mediaType === '' || mediaType === 'image/*';
  const type = isVague ? IMAGE_BEGINNINGS.find(([beginning]) => data.startsWith(beginning))?.[1] : normal(mediaType);
  return type !== undefined && IMAGE_TYPES.has(type) ? { type: 'base64', media_type: type, data } : undefined;
}

function documentData(mediaType: string | undefined, data: string): JsonObject | undefined {
  const type = normal(mediaType ?? PDF);
  if (type === PDF) return { type: 'base64', media_type: PDF, data };
  if (!TEXTUAL.test(type)) return undefined;
  return { type: 'text', media_type: PLAIN_TEXT, data: Buffer.from(data, 'base64').toString() };
}

/** Without parameters, and with the one spelling that Anthropic knows. */
function normal(mediaType: string): string {
  const [bare = ''] = mediaType.toLowerCase().split(';');
  return bare.trim() === 'image/jpg' ? 'image/jpeg' : bare.trim();
}

function describe({ type, mediaType, source }: MediaBlock): string {
  if (type === 'audio') return 'audio';
  if (source.kind === 'file-id') return `a file that another vendor holds`;
  return mediaType === undefined ? `${type}s of unknown type` : `${type}s of type ${mediaType}`;
}
