/** Bytes of one credit on the credit connection: the stream's id, little-endian. */
export const CREDIT_BYTES = 4;

/** Bytes → stream ids; a credit cut by the socket is kept for the next call. */
export class CreditDecoder {
  private rest: Buffer = Buffer.alloc(0);

  /** Calls `onCredit` once per complete credit in `bytes`. */
  push(bytes: Buffer, onCredit: (id: number) => void): void {
    const data = this.rest.length > 0 ? Buffer.concat([this.rest, bytes]) : bytes;
    let offset = 0;
    for (; offset + CREDIT_BYTES <= data.length; offset += CREDIT_BYTES) onCredit(data.readUInt32LE(offset));
    this.rest = data.subarray(offset);
  }
}

export function encodeCredits(ids: readonly number[]): Buffer {
  const bytes = Buffer.allocUnsafe(ids.length * CREDIT_BYTES);
  ids.forEach((id, index) => bytes.writeUInt32LE(id, index * CREDIT_BYTES));
  return bytes;
}
