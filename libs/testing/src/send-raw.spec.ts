import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sendRaw } from './send-raw.js';

describe('sendRaw', () => {
  let server: Server;

  async function serve(listener: RequestListener): Promise<string> {
    server = createServer(listener);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/path`;
  }

  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  it('sends method, headers and a JSON body and reports the answer', async () => {
    const url = await serve((request, response) => {
      request.on('data', (body: Buffer) => {
        response.writeHead(201, { 'x-seen': `${request.method} ${request.url} ${request.headers['x-a']}` });
        response.end(body);
      });
    });

    const reply = await sendRaw(url, { method: 'PUT', headers: { 'x-a': '1' }, body: { b: 2 } });

    expect(reply).toMatchObject({ status: 201, text: '{"b":2}', ending: 'complete' });
    expect(reply.headers['x-seen']).toBe('PUT /path 1');
  });

  it('calls a connection that closes before the head broken', async () => {
    const url = await serve((_, response) => response.socket?.destroy());

    expect(await sendRaw(url)).toMatchObject({ status: undefined, text: '', ending: 'broken' });
  });

  it('keeps what came before the connection broke', async () => {
    const url = await serve((_, response) => response.write('half', () => response.socket?.destroy()));

    expect(await sendRaw(url)).toMatchObject({ status: 200, text: 'half', ending: 'broken' });
  });

  it('breaks off when the signal says so', async () => {
    const url = await serve((_, response) => response.write('first'));
    const abort = new AbortController();

    const reply = await sendRaw(url, { signal: abort.signal, onPiece: () => abort.abort() });

    expect(reply).toMatchObject({ status: 200, text: 'first', ending: 'aborted' });
  });
});
