export const UUID_BYTES = 16;

const CANONICAL = /^([0-9a-f]{8})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{12})$/i;

/** 16 bytes → `00010203-0405-0607-0809-0a0b0c0d0e0f`. */
export function formatUuid(bytes: Buffer, offset: number): string {
  const hex = bytes.toString('hex', offset, offset + UUID_BYTES);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** The reverse of `formatUuid`; `undefined` when the text is not a UUID. */
export function parseUuid(text: string): Buffer | undefined {
  return CANONICAL.test(text) ? Buffer.from(text.replaceAll('-', ''), 'hex') : undefined;
}
