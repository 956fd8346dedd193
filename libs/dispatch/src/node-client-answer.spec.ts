import { once } from 'node:events';
import { Agent, createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { FakeClock } from '@sluice/testing';
import { NodeClientAnswer } from './node-client-answer.js';

interface Served {
  readonly answer: NodeClientAnswer;
  readonly response: ServerResponse;
  readonly client: Promise<IncomingMessage>;
  /** Breaks the client's connection. */
  leave(): void;
}

describe('NodeClientAnswer', () => {
  const clock = new FakeClock();
  let isDraining = false;
  let server: Server;
  beforeAll(async () => {
    server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterEach(() => {
    isDraining = false;
    server.closeAllConnections();
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  /** One request that has arrived, with the answer to it. */
  async function serve(): Promise<Served> {
    const { port } = server.address() as AddressInfo;
    const call = request({ host: '127.0.0.1', port, method: 'POST', agent: false });
    const client = once(call, 'response').then(([message]) => message as IncomingMessage);
    client.catch(() => {}); // a client that leaves expects none
    const arriving = once(server, 'request');
    call.end();
    const [, response] = (await arriving) as [IncomingMessage, ServerResponse];
    const answer = new NodeClientAnswer({
      response,
      clock,
      baseHeaders: { 'x-request-id': 'req_1' },
      isDraining: () => isDraining,
    });
    return { answer, response, client, leave: () => call.destroy() };
  }

  async function read(message: IncomingMessage): Promise<string> {
    const chunks: Buffer[] = [];
    for await (const chunk of message) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks).toString();
  }

  it('writes head and body in one go', async () => {
    const { answer, client } = await serve();

    answer.respond(201, { 'x-a': 'b', 'x-request-id': 'the vendor’s' }, Buffer.from('héllo'));

    const message = await client;
    expect(message).toMatchObject({
      statusCode: 201,
      headers: { 'x-a': 'b', 'x-request-id': 'req_1', 'content-length': '6' },
    });
    expect(await read(message)).toBe('héllo');
    expect(answer).toMatchObject({ hasBegun: true, isClosed: true, bytesWritten: 6, begunAtMs: clock.now() });
  });

  it('writes in pieces', async () => {
    const { answer, client } = await serve();
    const before = { hasBegun: answer.hasBegun, isClosed: answer.isClosed, begunAtMs: answer.begunAtMs };

    answer.begin(200, {});
    answer.write('é');
    answer.write(Buffer.from('b'));
    answer.end();

    expect(await read(await client)).toBe('éb');
    expect(before).toEqual({ hasBegun: false, isClosed: false, begunAtMs: undefined });
    expect(answer).toMatchObject({ bytesWritten: 3, isClosed: true });
  });

  describe('on the wire', () => {
    /** What a client that speaks the given version receives of an answer in pieces, byte by byte. */
    async function wireOf(version: string): Promise<string> {
      const { port } = server.address() as AddressInfo;
      const arriving = once(server, 'request');
      const socket = connect(port, '127.0.0.1');
      socket.write(`POST / HTTP/${version}\r\nhost: h\r\nconnection: close\r\n\r\n`);
      const [, response] = (await arriving) as [IncomingMessage, ServerResponse];
      const answer = new NodeClientAnswer({ response, clock, baseHeaders: {}, isDraining: () => false });

      answer.begin(200, { 'content-type': 'text/event-stream' });
      answer.write(Buffer.from('data: é\n\n'));
      answer.write('');
      answer.write('x'.repeat(16));
      answer.end();

      const received: Buffer[] = [];
      for await (const piece of socket) received.push(piece as Buffer);
      return Buffer.concat(received).toString();
    }

    it('is in the chunked coding for a client of HTTP/1.1', async () => {
      const [head, body] = splitAtFirst(await wireOf('1.1'), '\r\n\r\n');

      expect(head.toLowerCase()).toContain('transfer-encoding: chunked');
      expect(body).toBe(`a\r\ndata: é\n\n\r\n10\r\n${'x'.repeat(16)}\r\n0\r\n\r\n`);
    });

    it('is plain for a client of HTTP/1.0, which ends with the connection', async () => {
      const [head, body] = splitAtFirst(await wireOf('1.0'), '\r\n\r\n');

      expect(head.toLowerCase()).not.toContain('transfer-encoding');
      expect(body).toBe(`data: é\n\n${'x'.repeat(16)}`);
    });
  });

  it('leaves the connection usable after an answer in pieces', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const { port } = server.address() as AddressInfo;
    const sockets = new Set<unknown>();
    const ask = async (): Promise<string> => {
      const arriving = once(server, 'request');
      const call = request({ host: '127.0.0.1', port, method: 'POST', agent });
      const answered = once(call, 'response');
      call.end();
      const [, response] = (await arriving) as [IncomingMessage, ServerResponse];
      sockets.add(response.socket);
      const answer = new NodeClientAnswer({ response, clock, baseHeaders: {}, isDraining: () => false });
      answer.begin(200, {});
      answer.write('piece');
      answer.end();
      const [message] = (await answered) as [IncomingMessage];
      return read(message);
    };

    const answers = [await ask(), await ask()];
    agent.destroy();

    expect(answers).toEqual(['piece', 'piece']);
    expect(sockets.size).toBe(1);
  });

  it('asks for the connection to be closed while the process drains', async () => {
    isDraining = true;
    const { answer, client } = await serve();

    answer.respond(200, {}, Buffer.alloc(0));

    expect((await client).headers.connection).toBe('close');
  });

  it('has not begun when the head was refused, so that another one can be written', async () => {
    const { answer, client } = await serve();

    expect(() => answer.begin(200, { 'x-a': 'line\nbreak' })).toThrow('Invalid character');
    const hasBegun = answer.hasBegun;
    answer.respond(500, {}, Buffer.from('sorry'));

    expect(hasBegun).toBe(false);
    expect(await client).toMatchObject({ statusCode: 500 });
  });

  describe('a slow client', () => {
    it('is full, and drains to the listener that came last', async () => {
      const { answer, client, response } = await serve();
      const heard: string[] = [];
      const drained = once(response, 'drain');
      answer.onDrain(() => heard.push('an earlier attempt'));
      answer.onDrain(() => heard.push('the present attempt'));
      answer.begin(200, {});

      const isTaken = answer.write(Buffer.alloc(8 * 1024 * 1024));
      (await client).resume();
      await drained;

      expect(isTaken).toBe(false);
      expect(heard).toEqual(['the present attempt']);
    });

    it('costs one listener, however many attempts there are', async () => {
      const { answer, response } = await serve();

      for (let attempt = 0; attempt < 20; attempt += 1) answer.onDrain(() => {});

      expect(response.listenerCount('drain')).toBeLessThanOrEqual(1);
      answer.respond(200, {}, Buffer.alloc(0));
    });
  });

  describe('a client that is kept awake', () => {
    const sign = { headers: () => ({ 'x-a': 'sign' }), text: '\n' };

    it('has the head, which begins nothing', async () => {
      const { answer, client } = await serve();

      answer.keepAwake(sign);
      answer.keepAwake(sign);

      const { statusCode, headers } = await client;
      expect([statusCode, headers['x-a'], headers['x-request-id']]).toEqual([200, 'sign', 'req_1']);
      expect(answer).toMatchObject({ isHeadSent: true, hasBegun: false, begunAtMs: undefined, bytesWritten: 2 });
      answer.destroy();
    });

    it('can be answered in pieces', async () => {
      const { answer, client } = await serve();

      answer.keepAwake(sign);
      answer.begin(201, { 'x-a': 'late' });
      answer.write('a');
      answer.keepAwake(sign);
      answer.write(Buffer.from('b'));
      answer.end();

      const message = await client;
      expect([message.statusCode, message.headers['x-a'], await read(message)]).toEqual([200, 'sign', '\na\nb']);
      expect(answer).toMatchObject({ hasBegun: true, begunAtMs: clock.now() });
    });

    it('can be answered at once', async () => {
      const { answer, client } = await serve();

      answer.keepAwake(sign);
      answer.respond(503, {}, Buffer.from('{"a":1}'));

      const message = await client;
      expect([message.statusCode, JSON.parse(await read(message))]).toEqual([200, { a: 1 }]);
      expect(answer).toMatchObject({ hasBegun: true, isClosed: true, bytesWritten: 8 });
    });

    it('gets nothing where it has not read what it was sent, or has the whole', async () => {
      const { answer, client } = await serve();
      answer.begin(200, {});
      const isTaken = answer.write(Buffer.alloc(8 * 1024 * 1024));
      const before = answer.bytesWritten;

      answer.keepAwake(sign);
      answer.end();
      answer.keepAwake(sign);

      expect([isTaken, answer.bytesWritten]).toEqual([false, before]);
      expect(await read(await client)).toHaveLength(before);
    });
  });

  describe('a client that leaves', () => {
    it('is reported once, before the answer has ended', async () => {
      const { answer, response, leave } = await serve();
      let abandoned = 0;
      answer.onAbandoned(() => (abandoned += 1));
      const closed = once(response, 'close');

      leave();
      await closed;

      expect(abandoned).toBe(1);
      expect(answer.isClosed).toBe(true);
    });

    it('is reported to somebody who asks later', async () => {
      const { answer, response, leave } = await serve();
      const closed = once(response, 'close');
      leave();
      await closed;
      let abandoned = 0;

      answer.onAbandoned(() => (abandoned += 1));

      expect(abandoned).toBe(1);
    });

    it('gets nothing more, and breaks nothing', async () => {
      const { answer, response, leave } = await serve();
      const closed = once(response, 'close');
      leave();
      await closed;

      const isTaken = answer.write('late');
      answer.respond(200, {}, Buffer.from('late'));
      answer.end();
      answer.destroy();

      expect(isTaken).toBe(true);
      expect(answer).toMatchObject({ bytesWritten: 0, hasBegun: false });
    });

    it('is none when it had the whole answer', async () => {
      const { answer, client, response } = await serve();
      let abandoned = 0;
      answer.onAbandoned(() => (abandoned += 1));
      const closed = once(response, 'close');

      answer.respond(200, {}, Buffer.from('all'));
      (await client).resume();
      await closed;

      expect(abandoned).toBe(0);
    });
  });

  it('breaks the connection of a client that cannot be answered', async () => {
    const { answer, client } = await serve();

    answer.destroy();

    await expect(client).rejects.toMatchObject({ code: 'ECONNRESET' });
  });

  it('says when the last byte is on its way', async () => {
    const { answer, client, response } = await serve();
    const closed = new Promise<void>((resolve) => answer.onClosed(resolve));

    answer.respond(200, {}, Buffer.from('all'));
    (await client).resume();

    await closed;
    expect(response.writableFinished).toBe(true);
    await new Promise<void>((resolve) => answer.onClosed(resolve));
  });
});

function splitAtFirst(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return [text.slice(0, at), text.slice(at + separator.length)];
}
