import { GatewayError } from '@sluice/core';

/** Longer paths name nothing. In characters. */
export const MAX_FORWARDED_PATH_LENGTH = 4_096;
/** A value that is still encoded after so many readings is nobody's. */
const MAX_DECODINGS = 3;

/** One or more segments of unreserved characters, sub-delimiters, `:`, `@` and escapes. @see https://www.rfc-editor.org/rfc/rfc3986#section-3.3 */
const PATH = /^(?:\/(?:[\w.~!$&'()*+,;=:@-]|%[\dA-Fa-f]{2})+)+$/;
const LEADS_ELSEWHERE = /[/\\\u0000-\u001f\u007f]/;

/**
 * A path that may be put behind a vendor's address: however often somebody on the way decodes it, it stays below it.
 * @throws GatewayError `invalid_request`
 */
export function assertForwardable(path: string): void {
  const isSafe = path.length <= MAX_FORWARDED_PATH_LENGTH && PATH.test(path) && path.slice(1).split('/').every(isPlain);
  if (isSafe) return;
  throw new GatewayError({
    kind: 'invalid_request',
    message: 'The path must not hold empty, "." or ".." segments, nor encoded slashes or control characters.',
  });
}

function isPlain(segment: string): boolean {
  let text = segment;
  for (let reading = 0; reading <= MAX_DECODINGS; reading += 1) {
    if (text === '.' || text === '..' || LEADS_ELSEWHERE.test(text)) return false;
    const decoded = decode(text);
    if (decoded === text) return true;
    if (decoded === undefined) return reading > 0; // a plain % that an earlier reading brought to light
    text = decoded;
  }
  return false;
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
