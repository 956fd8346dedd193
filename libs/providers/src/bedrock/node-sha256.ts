import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto';

type Bytes = string | ArrayBuffer | ArrayBufferView;

/** SHA-256, keyed or plain, in the shape that AWS's signer wants. */
export class NodeSha256 {
  readonly #open: () => Hash | Hmac;
  #hash: Hash | Hmac;

  /** @param secret absent = a plain hash */
  constructor(secret?: Bytes) {
    const key = secret === undefined ? undefined : viewOf(secret);
    this.#open = () => (key === undefined ? createHash('sha256') : createHmac('sha256', key));
    this.#hash = this.#open();
  }

  update(data: Bytes): void {
    this.#hash.update(viewOf(data));
  }

  digest(): Promise<Uint8Array> {
    return Promise.resolve(this.#hash.digest());
  }

  reset(): void {
    this.#hash = this.#open();
  }
}

/** Without a copy. */
function viewOf(data: Bytes): Buffer {
  if (typeof data === 'string') return Buffer.from(data);
  return data instanceof ArrayBuffer ? Buffer.from(data) : Buffer.from(data.buffer, data.byteOffset, data.byteLength);
}
