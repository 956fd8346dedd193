import type { MediaSource } from '@sluice/core';
import { invalidRequest } from '@sluice/translator-kit';

const DATA_URL = /^data:([^;,]*)((?:;[^;,]+)*),/i;
const DEFAULT_MEDIA_TYPE = 'text/plain';

export interface Media {
  readonly source: MediaSource;
  readonly mediaType?: string;
}

/**
 * What an `image_url` or a `file_data` points to: the bytes of a data URL as base64, or the address itself.
 * @param param names the member for the error
 * @throws GatewayError `invalid_request` for a data URL that cannot be read
 */
export function readMediaUrl(url: string, param: string): Media {
  if (!/^data:/i.test(url)) return { source: { kind: 'url', value: url } };
  const head = DATA_URL.exec(url);
  if (head === null)
    throw invalidRequest(`"${param}" begins like a data URL, but has no comma before its data.`, param);
  const data = url.slice(head[0].length);
  const mediaType = head[1] === undefined || head[1] === '' ? DEFAULT_MEDIA_TYPE : head[1].toLowerCase();
  const isBase64 = (head[2] ?? '').toLowerCase().endsWith(';base64');
  const value = isBase64 ? data.replaceAll(/\s+/g, '') : Buffer.from(decodePercent(data, param)).toString('base64');
  return { mediaType, source: { kind: 'base64', value } };
}

export function toDataUrl(mediaType: string, base64: string): string {
  return `data:${mediaType};base64,${base64}`;
}

function decodePercent(data: string, param: string): string {
  try {
    return decodeURIComponent(data);
  } catch {
    throw invalidRequest(`"${param}" is a data URL whose data is not percent-encoded correctly.`, param);
  }
}
