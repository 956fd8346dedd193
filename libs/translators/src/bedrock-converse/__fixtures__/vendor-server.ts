import { once } from 'node:events';
import { createServer, type Http2Server } from 'node:http2';
import type { AddressInfo } from 'node:net';

/** What the server answers next. */
export interface ServedAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** One write each. */
  readonly pieces: readonly Buffer[];
}

/** A local server (HTTP/2, as the vendor's client speaks it) that answers with given bytes. */
export class VendorServer {
  readonly #server: Http2Server;
  #answer: ServedAnswer = { pieces: [] };
  readonly #bodies: string[] = [];
  readonly #paths: string[] = [];

  private constructor() {
    this.#server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => void chunks.push(chunk));
      request.on('end', () => {
        this.#bodies.push(Buffer.concat(chunks).toString());
        this.#paths.push(request.url);
        const { status = 200, headers = {}, pieces } = this.#answer;
        response.writeHead(status, headers);
        for (const piece of pieces) response.write(piece);
        response.end();
      });
    });
  }

  static async open(): Promise<VendorServer> {
    const vendor = new VendorServer();
    vendor.#server.listen(0, '127.0.0.1');
    await once(vendor.#server, 'listening');
    return vendor;
  }

  /** The body that was received last. */
  get lastBody(): string {
    return this.#bodies.at(-1) ?? '';
  }

  get lastPath(): string {
    return this.#paths.at(-1) ?? '';
  }

  answer(answer: ServedAnswer): void {
    this.#answer = answer;
  }

  /** Scheme, host and port. */
  get origin(): string {
    const { port } = this.#server.address() as AddressInfo; // it listens on TCP
    return `http://127.0.0.1:${port}`;
  }

  async close(): Promise<void> {
    this.#server.close();
    await once(this.#server, 'close');
  }
}
