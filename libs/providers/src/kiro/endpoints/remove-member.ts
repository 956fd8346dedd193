import type { MemberSpan, SpanEdit } from '@sluice/streaming';

const COMMA = 0x2c;
const COLON = 0x3a;

/** Takes a member out with its name and one comma. A name that is written with escapes is left alone. */
export function removeMember(body: Buffer, { valueStart, valueEnd }: MemberSpan, name: string): readonly SpanEdit[] {
  const key = JSON.stringify(name);
  const colon = skipSpaceBack(body, valueStart);
  const start = skipSpaceBack(body, colon - 1) - key.length;
  if (body[colon - 1] !== COLON || body.toString('latin1', start, start + key.length) !== key) return [];
  const next = skipSpace(body, valueEnd);
  if (body[next] === COMMA) return [{ start, end: next + 1, text: '' }];
  const before = skipSpaceBack(body, start);
  return [{ start: body[before - 1] === COMMA ? before - 1 : start, end: valueEnd, text: '' }];
}

/** The first byte from here on that is no white space. */
export function skipSpace(body: Buffer, from: number): number {
  let at = from;
  while (isSpace(body[at])) at += 1;
  return at;
}

/** Behind the last byte in front of `from` that is no white space. */
function skipSpaceBack(body: Buffer, from: number): number {
  let at = from;
  while (isSpace(body[at - 1])) at -= 1;
  return at;
}

function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}
