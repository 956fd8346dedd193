import type { JsonObject, MediaBlock, MediaSource } from '@sluice/core';
import { carryUnknown, nestedMember, objectMember, textMember } from '@sluice/translator-kit';
import { carry } from '../carried.js';
import { inCamelCase } from '../member-names.js';

const INLINE: ReadonlySet<string> = new Set(['mimeType', 'data', 'displayName']);
const FILE: ReadonlySet<string> = new Set(['mimeType', 'fileUri', 'displayName']);
const PART: ReadonlySet<string> = new Set(['inlineData', 'fileData']);

/** Addresses that only Google can read: its file store and its buckets. */
const GOOGLE_FILE = /^(?:gs:\/\/|https:\/\/generativelanguage\.googleapis\.com\/)/;

/** `inlineData` or `fileData` as media; undefined for other parts and for video, which no other format has. */
export function decodeMedia(part: JsonObject): MediaBlock | undefined {
  const inline = objectMember(part, 'inlineData');
  if (inline !== undefined) return mediaOf(part, 'inlineData', inCamelCase(inline, INLINE));
  const file = objectMember(part, 'fileData');
  return file && mediaOf(part, 'fileData', inCamelCase(file, FILE));
}

/** Whether an address is one that nobody but Google can read. */
export function isGoogleFile(uri: string): boolean {
  return GOOGLE_FILE.test(uri);
}

function mediaOf(part: JsonObject, member: 'inlineData' | 'fileData', media: JsonObject): MediaBlock | undefined {
  const mediaType = textMember(media, 'mimeType');
  const type = typeOf(mediaType);
  const source = sourceOf(media);
  if (type === undefined || source === undefined) return undefined;
  const title = textMember(media, 'displayName');
  return {
    type,
    ...(mediaType !== undefined && { mediaType }),
    ...(title !== undefined && { title }),
    source,
    ...carry(
      carryUnknown(part, PART),
      nestedMember(member, carryUnknown(media, member === 'inlineData' ? INLINE : FILE)),
    ),
  };
}

function typeOf(mediaType = ''): MediaBlock['type'] | undefined {
  if (mediaType.startsWith('video/')) return undefined;
  if (mediaType.startsWith('image/')) return 'image';
  return mediaType.startsWith('audio/') ? 'audio' : 'document';
}

function sourceOf({ data, fileUri }: JsonObject): MediaSource | undefined {
  if (typeof data === 'string') return { kind: 'base64', value: data };
  if (typeof fileUri !== 'string') return undefined;
  return { kind: isGoogleFile(fileUri) ? 'file-id' : 'url', value: fileUri };
}
