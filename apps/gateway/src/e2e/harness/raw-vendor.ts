import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a vendor was asked at a path that the mock does not know. */
export interface RawRequest {
  readonly method: string;
  /** Path and query as they came. */
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Answers one request, of which nothing has been read. */
export type RawHandler = (request: IncomingMessage, response: ServerResponse) => void;

/** A vendor for any path: each test says how it answers. */
export interface RawVendor {
  readonly url: string;
  /** What {@link answerWith} has read, oldest first. */
  readonly requests: readonly RawRequest[];
  /** How every request is answered from now on. */
  handle(handler: RawHandler): void;
  /** Reads the whole request, notes it, and answers. */
  answerWith(status: number, headers: Readonly<Record<string, string>>, body: string | Buffer): void;
  reset(): void;
  stop(): Promise<void>;
}

export async function startRawVendor(): Promise<RawVendor> {
  const requests: RawRequest[] = [];
  const refuse: RawHandler = (_request, response) => void response.writeHead(500).end('no handler');
  let current = refuse;
  const server = createServer((request, response) => current(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // a TCP server that listens has one

  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    handle: (handler) => {
      current = handler;
    },
    answerWith: (status, headers, body) => {
      current = (request, response) => {
        const chunks: Buffer[] = [];
        request.on('data', (chunk: Buffer) => chunks.push(chunk));
        request.on('end', () => {
          const { method = '', url = '' } = request;
          requests.push({ method, target: url, headers: request.headers, body: Buffer.concat(chunks) });
          response.writeHead(status, headers).end(body);
        });
      };
    },
    reset: () => {
      current = refuse;
      requests.length = 0;
    },
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
