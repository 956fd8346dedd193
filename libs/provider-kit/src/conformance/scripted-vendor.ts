import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What arrived at the vendor. */
export interface SeenRequest {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** Settles when the answer is over on the vendor's side: sent whole (`true`) or the connection dropped (`false`). */
  readonly closed: Promise<boolean>;
}

/** One answer, piece by piece. */
export interface ScriptedReply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly chunks: readonly (string | Buffer)[];
}

/** Answers one request in its own way. */
export type VendorScript = (request: SeenRequest, response: ServerResponse) => void;

/** A vendor on loopback that records what it is sent and answers by script. Caller closes. */
export class ScriptedVendor {
  readonly #server: Server;
  readonly #waiting: ((request: SeenRequest) => void)[] = [];
  readonly seen: SeenRequest[] = [];

  private constructor(private script: VendorScript) {
    this.#server = createServer((request, response) => {
      const closed = new Promise<boolean>((resolve) =>
        response.once('close', () => resolve(response.writableFinished)),
      );
      const chunks: Buffer[] = [];
      request.on('error', () => {}); // a dropped connection shows in `closed`
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { method = '', url = '', headers } = request;
        const seen: SeenRequest = { method, url, headers, body: Buffer.concat(chunks), closed };
        this.seen.push(seen);
        this.#waiting.shift()?.(seen);
        this.script(seen, response);
      });
    });
  }

  static async open(script: VendorScript): Promise<ScriptedVendor> {
    const vendor = new ScriptedVendor(script);
    vendor.#server.listen(0, '127.0.0.1');
    await once(vendor.#server, 'listening');
    return vendor;
  }

  /** Scheme, host and port. */
  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`; // it listens on TCP
  }

  /** The next request to arrive. */
  nextRequest(): Promise<SeenRequest> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  answer(script: VendorScript): void {
    this.script = script;
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }
}

/** Gives the whole answer. */
export function replay({ status, headers, chunks }: ScriptedReply): VendorScript {
  return (_request, response) => {
    response.writeHead(status, headers);
    for (const chunk of chunks) response.write(chunk);
    response.end();
  };
}

/** Gives the head and the first piece, then drops the connection. */
export function resetAfterFirstChunk({ status, headers, chunks }: ScriptedReply): VendorScript {
  return (_request, response) => {
    response.writeHead(status, headers);
    response.write(chunks[0] ?? ' ', () => response.socket?.resetAndDestroy());
  };
}

/** Gives the head and the first piece, and nothing more. */
export function stallAfterFirstChunk({ status, headers, chunks }: ScriptedReply): VendorScript {
  return (_request, response) => {
    response.writeHead(status, headers);
    response.write(chunks[0] ?? ' ');
  };
}

/** Reads the request and never answers. */
export const silence: VendorScript = () => {};
