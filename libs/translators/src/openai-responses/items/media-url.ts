import type { MediaSource } from '@sluice/core';
import { invalidRequest } from '@sluice/translator-kit';

/** Media type, parameters and the data behind the comma. */
const DATA_URL = /^data:([^;,]*)((?:;[^;,]*)*),(.*)$/is;
const BASE64_PARAMETER = /;base64$/i;
const DEFAULT_MEDIA_TYPE = 'text/plain';

export interface ReadMedia {
  readonly source: MediaSource;
  readonly mediaType?: string;
}

/**
 * What an address in a part points to: the bytes of a data URL as base64, or the address itself.
 * @param param names the member for the error
 * @throws GatewayError `invalid_request` for a data URL that cannot be read
 */
export function readMediaUrl(url: string, param: string): ReadMedia {
  if (!/^data:/i.test(url)) return { source: { kind: 'url', value: url } };
  const [, type = '', parameters = '', data = ''] = DATA_URL.exec(url) ?? [];
  const value = BASE64_PARAMETER.test(parameters) ? data.replaceAll(/\s+/g, '') : percentToBase64(data);
  if (value === undefined || value === '') {
    throw invalidRequest(`"${param}" begins like a data URL, but its data cannot be read.`, param);
  }
  return { mediaType: type.toLowerCase() || DEFAULT_MEDIA_TYPE, source: { kind: 'base64', value } };
}

export function toDataUrl(mediaType: string, base64: string): string {
  return `data:${mediaType};base64,${base64}`;
}

function percentToBase64(data: string): string | undefined {
  try {
    return Buffer.from(decodeURIComponent(data)).toString('base64');
  } catch {
    return undefined; // the report
  }
}
