/** Deeper nesting is not scanned but parsed; real requests (tool schemas included) stay far below. */
export const MAX_DEPTH = 512;
/** Bytes of a string that are looked at one by one before the native search, whose call costs as much, is worth it. */
const NEAR_BYTES = 16;
/** Escaped quotes closer than this are met one by one as well (JSON inside of a JSON string). */
const CLOSE_BYTES = 6;

export const QUOTE = 0x22;
export const COMMA = 0x2c;
export const COLON = 0x3a;
export const BACKSLASH = 0x5c;
export const OPEN_BRACE = 0x7b;
export const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
/** In ASCII a closing brace or bracket stands two behind its opening one. */
const OPEN_TO_CLOSE = 2;
const SCALAR = /^(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)$/;

/** The closers that are due, innermost last. Shared: a scan is synchronous. */
const due = new Uint8Array(MAX_DEPTH);

/** @returns the offset of the first byte at or behind `at` that is no white space */
export function skipSpace(json: Buffer, at: number): number {
  let next = at;
  while (next < json.length && isSpace(json[next])) next += 1;
  return next;
}

/** @returns the offset behind the last byte in front of `end` that is no white space */
export function skipSpaceBack(json: Buffer, end: number): number {
  let at = end;
  while (at > 0 && isSpace(json[at - 1])) at -= 1;
  return at;
}

/**
 * Skips one value. What is nested is only skipped: its strings and brackets match, nothing more is vouched for.
 * @returns the offset behind it, or -1 on any doubt
 */
export function skipValue(json: Buffer, at: number): number {
  const first = json[at];
  if (first === QUOTE) return skipString(json, at + 1);
  if (first === OPEN_BRACE || first === OPEN_BRACKET) return skipNested(json, at);
  return skipScalar(json, at);
}

/**
 * @param at behind the opening quote
 * @returns the offset behind the closing quote, or -1 without one
 */
export function skipString(json: Buffer, at: number): number {
  let next = at;
  let near = NEAR_BYTES;
  for (;;) {
    const nearEnd = Math.min(next + near, json.length);
    while (next < nearEnd) {
      const byte = json[next];
      if (byte === QUOTE) return next + 1;
      next += byte === BACKSLASH ? 2 : 1;
    }
    if (next >= json.length) return -1;
    const quote = json.indexOf(QUOTE, next);
    if (quote === -1) return -1;
    const isEscaped = isOdd(countBackslashes(json, next, quote));
    near = quote - next < CLOSE_BYTES ? NEAR_BYTES : 0;
    next = quote + 1;
    if (!isEscaped) return next;
  }
}

function skipNested(json: Buffer, at: number): number {
  let depth = 0;
  let next = at;
  while (next < json.length) {
    const byte = json[next];
    next += 1;
    if (byte === QUOTE) {
      next = skipString(json, next);
      if (next === -1) return -1;
    } else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
      if (depth === MAX_DEPTH) return -1;
      due[depth] = byte + OPEN_TO_CLOSE;
      depth += 1;
    } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
      depth -= 1;
      if (due[depth] !== byte) return -1;
      if (depth === 0) return next;
    }
  }
  return -1;
}

function skipScalar(json: Buffer, at: number): number {
  let end = at;
  while (end < json.length && !endsScalar(json[end])) end += 1;
  return SCALAR.test(json.toString('latin1', at, end)) ? end : -1;
}

function endsScalar(byte: number | undefined): boolean {
  return byte === COMMA || byte === CLOSE_BRACE || byte === CLOSE_BRACKET || isSpace(byte);
}

function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

/** Backslashes that stand directly in front of `end`, not looking beyond `start`. */
function countBackslashes(json: Buffer, start: number, end: number): number {
  let first = end;
  while (first > start && json[first - 1] === BACKSLASH) first -= 1;
  return end - first;
}

function isOdd(count: number): boolean {
  return count % 2 === 1;
}
