import type { MediaSource } from '@sluice/core';
import { invalidRequest } from '@sluice/translator-kit';

const DATA_URL = /^data:([^;,]*)((?:;[^;,]+)*),/i;
const WHITE_SPACE = /\s/;
const DEFAULT_MEDIA_TYPE = 'text/plain';

export interface Media {
  readonly source: MediaSource;
  readonly mediaType?: string;
}

/**
 * What an `image_url` or a `file_data` points to: the bytes of a data URL as base64, or the address itself. Undefined for a
 * data URL that cannot be read.
 */
export function readMediaUrl(url: string): Media | undefined {
  if (!/^data:/i.test(url)) return { source: { kind: 'url', value: url } };
  const head = DATA_URL.exec(url);
  if (head === null) return undefined;
  const data = url.slice(head[0].length);
  const isBase64 = (head[2] ?? '').toLowerCase().endsWith(';base64');
  const value = isBase64 ? withoutSpaces(data) : percentToBase64(data);
  if (value === undefined) return undefined;
  const mediaType = head[1]?.toLowerCase() || DEFAULT_MEDIA_TYPE; // empty is absent
  return { mediaType, source: { kind: 'base64', value } };
}

/**
 * As `readMediaUrl`, for what a client sent.
 * @param param names the member for the error
 * @throws GatewayError `invalid_request` for a data URL that cannot be read
 */
export function requireMediaUrl(url: string, param: string): Media {
  const media = readMediaUrl(url);
  if (media !== undefined) return media;
  throw invalidRequest(`"${param}" begins like a data URL, but its data cannot be read.`, param);
}

export function toDataUrl(mediaType: string, base64: string): string {
  return `data:${mediaType};base64,${base64}`;
}

function withoutSpaces(data: string): string {
  return WHITE_SPACE.test(data) ? data.replaceAll(/\s+/g, '') : data;
}

function percentToBase64(data: string): string | undefined {
  try {
    return Buffer.from(decodeURIComponent(data)).toString('base64');
  } catch {
    return undefined; // the report
  }
}
