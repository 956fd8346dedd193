import { PRELUDE_CRC_OFFSET } from './message-layout.js';

/** The polynomial of zlib's CRC-32, bits reversed. */
const POLYNOMIAL = 0xedb88320;

const TABLE = Int32Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte;
  for (let bit = 0; bit < 8; bit += 1) remainder = remainder & 1 ? (remainder >>> 1) ^ POLYNOMIAL : remainder >>> 1;
  return remainder;
});

/**
 * CRC-32 of the two lengths at `offset`. By table, because for eight bytes a call of `zlib.crc32` with the view that it needs
 * takes five times as long; for whole messages zlib is the faster one.
 */
export function preludeCrc(bytes: Uint8Array, offset: number): number {
  let crc = -1;
  for (let index = offset; index < offset + PRELUDE_CRC_OFFSET; index += 1) {
    crc = (TABLE[(crc ^ (bytes[index] ?? 0)) & 0xff] ?? 0) ^ (crc >>> 8);
  }
  return ~crc >>> 0;
}
