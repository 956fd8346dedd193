/** The offset behind the last byte in front of `end` that is no white space of JSON. */
export function skipSpaceBack(json: Buffer, end: number): number {
  let at = end;
  while (at > 0 && isSpace(json[at - 1])) at -= 1;
  return at;
}

function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}
