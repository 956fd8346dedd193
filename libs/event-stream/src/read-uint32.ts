/**
 * Big-endian, without `readUInt32BE`'s checks of its arguments, which are a tenth of decoding a small message. The caller
 * has made sure that four bytes are there.
 */
export function readUint32(bytes: Uint8Array, offset: number): number {
  const high = ((bytes[offset] ?? 0) << 24) | ((bytes[offset + 1] ?? 0) << 16);
  return (high | ((bytes[offset + 2] ?? 0) << 8) | (bytes[offset + 3] ?? 0)) >>> 0;
}
