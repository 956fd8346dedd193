import type { IncomingMessage, ServerResponse } from 'node:http';
import { Pool, type Dispatcher } from 'undici';

const HOP_BY_HOP = new Set(['connection', 'keep-alive', 'transfer-encoding']);

/** The leanest relay that we know: the body collected, one undici `dispatch`, the answer's chunks written as they come. */
export class UndiciRelay {
  private readonly pool: Pool;

  constructor(upstreamPort: number) {
    this.pool = new Pool(`http://127.0.0.1:${upstreamPort}`, { connections: null, pipelining: 1 });
  }

  handle(request: IncomingMessage, response: ServerResponse): void {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = chunks.length === 1 ? chunks[0] : Buffer.concat(chunks);
      this.pool.dispatch(
        {
          method: 'POST',
          path: request.url ?? '/',
          headers: {
            'content-type': request.headers['content-type'] ?? 'application/json',
            authorization: request.headers.authorization ?? '',
          },
          body: body ?? null,
        },
        relayTo(response),
      );
    });
  }
}

/** undici's older handler methods on purpose: they are what its client calls, the newer ones are wrapped at a cost. */
function relayTo(response: ServerResponse): Dispatcher.DispatchHandler {
  let abort: (() => void) | undefined;
  response.on('close', () => {
    if (!response.writableFinished) abort?.();
  });
  return {
    onConnect(abortUpstream: () => void) {
      abort = abortUpstream;
    },
    onHeaders(status: number, rawHeaders: Buffer[], resume: () => void) {
      response.writeHead(status, endToEnd(rawHeaders));
      response.on('drain', resume);
      return true;
    },
    onData(chunk: Buffer) {
      return response.write(chunk);
    },
    onComplete() {
      response.end();
    },
    onError() {
      if (response.headersSent) response.destroy();
      else response.writeHead(502).end();
    },
  };
}

function endToEnd(rawHeaders: readonly Buffer[]): string[] {
  const headers: string[] = [];
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = String(rawHeaders[index]).toLowerCase();
    if (!HOP_BY_HOP.has(name)) headers.push(name, String(rawHeaders[index + 1]));
  }
  return headers;
}
