import type { MediaBlock } from '@sluice/core';
import type { ImageFormat, KiroImage } from '../wire-types.js';

/** Enough base64 for the 12 bytes that tell every format. */
const SNIFFED_CHARACTERS = 16;

/** The service takes no larger one. */
export const MAX_IMAGE_BYTES = 10 * 1024 * 1024;

const FORMAT_OF_TYPE: ReadonlyMap<string, ImageFormat> = new Map([
  ['image/jpeg', 'jpeg'],
  ['image/jpg', 'jpeg'],
  ['image/png', 'png'],
  ['image/gif', 'gif'],
  ['image/webp', 'webp'],
]);

/** An image, or a sentence that says why there is none. */
export type EncodedImage = { readonly image: KiroImage } | { readonly omitted: string };

/**
 * The vendor takes four formats as base64, fetches nothing and refuses an image whose bytes are not what it is declared to
 * be; so the bytes decide.
 */
export function encodeImage({ mediaType = '', source }: MediaBlock): EncodedImage {
  if (source.kind === 'url') return { omitted: 'remote URL' };
  if (source.kind === 'file-id') return { omitted: 'file of another vendor' };
  const format = sniffFormat(source.value) ?? FORMAT_OF_TYPE.get(mediaType.toLowerCase());
  if (format === undefined) return { omitted: `unsupported type ${mediaType || 'unknown'}` };
  if (Buffer.byteLength(source.value, 'base64') > MAX_IMAGE_BYTES) {
    return { omitted: `larger than ${MAX_IMAGE_BYTES} bytes` };
  }
  return { image: { format, source: { bytes: source.value } } };
}

/** Whether an image would be taken if only its bytes were there. */
export function needsBytes({ type, source }: MediaBlock): boolean {
  return type === 'image' && source.kind === 'url';
}

function sniffFormat(base64: string): ImageFormat | undefined {
  const bytes = Buffer.from(base64.slice(0, SNIFFED_CHARACTERS), 'base64').toString('latin1');
  if (bytes.startsWith('\xff\xd8\xff')) return 'jpeg';
  if (bytes.startsWith('\x89PNG')) return 'png';
  if (bytes.startsWith('GIF8')) return 'gif';
  if (bytes.startsWith('RIFF') && bytes.startsWith('WEBP', 8)) return 'webp';
  return undefined;
}
