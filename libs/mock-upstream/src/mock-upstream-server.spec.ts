import { Agent } from 'node:http';
import { BYTE_CUTS, loadRecordings, sendRaw, type RawCall, type RawReply } from '@sluice/testing';
import type { MockUpstream } from './mock-upstream.js';
import { startMockUpstream } from './start-mock-upstream.js';

const MESSAGES = [{ role: 'user', content: 'Hello' }];
const WORDS = 'one two three four';

describe('MockUpstreamServer', () => {
  let mock: MockUpstream;

  const ask = (body: object, call: RawCall = {}): Promise<RawReply> =>
    sendRaw(`${mock.url}/v1/chat/completions`, { body: { model: 'demo', messages: MESSAGES, ...body }, ...call });

  /** The text of a streamed answer as far as it came. */
  const streamedText = (reply: RawReply): string =>
    [...reply.text.matchAll(/"content":"([^"]*)"/g)].map(([, content]) => content).join('');

  beforeEach(async () => {
    mock = await startMockUpstream();
  });

  afterEach(() => mock.stop());

  describe('who decides', () => {
    it('takes the behaviour from the script, the header and the model name, the last before the first', async () => {
      mock.next({ status: 400, message: 'script', code: 'script', retryAfter: '1' });

      const reply = await ask({ model: 'demo?status=503' }, { headers: { 'x-mock': 'status=429,message=header' } });

      expect([reply.status, reply.headers['retry-after']]).toEqual([503, '1']);
      expect(JSON.parse(reply.text)).toMatchObject({ error: { message: 'header', code: 'script' } });
    });

    it('answers with the plain model name', async () => {
      const reply = await ask({ model: 'demo?delayMs=1' });

      expect(JSON.parse(reply.text)).toMatchObject({ model: 'demo' });
    });

    it('puts its defaults under everything', async () => {
      const other = await startMockUpstream({
        defaults: { text: 'default', headers: { 'x-default': '1' } },
        models: ['m'],
      });

      const reply = await sendRaw(`${other.url}/v1/chat/completions`, {
        body: { model: 'demo?text=asked', messages: MESSAGES },
      });
      await other.stop();

      expect(reply.headers['x-default']).toBe('1');
      expect(JSON.parse(reply.text)).toMatchObject({ choices: [{ message: { content: 'asked' } }] });
    });

    it('applies a rule to the requests it is for', async () => {
      mock.when((request) => request.headers['authorization'] !== 'Bearer good', { status: 401 });

      const replies = await Promise.all(
        ['good', 'bad'].map((key) => ask({}, { headers: { authorization: `Bearer ${key}` } })),
      );

      expect(replies.map(({ status }) => status)).toEqual([200, 401]);
    });

    it('refuses a header that it does not understand', async () => {
      const reply = await ask({}, { headers: { 'x-mock': 'stauts=429' } });

      expect(reply.status).toBe(400);
      expect(reply.text).toContain('known are status');
    });

    it('lets a scripted failure answer a body that it would refuse, and a list of models', async () => {
      mock.script([{ status: 503 }, { status: 401 }]);

      const inference = await sendRaw(`${mock.url}/v1/messages`, { body: 'no json' });
      const models = await sendRaw(`${mock.url}/v1/models`, { method: 'GET' });

      expect([inference.status, models.status]).toEqual([503, 401]);
      expect(mock.waitingBehaviours).toBe(0);
    });
  });

  describe('what it sends', () => {
    it('sends body, status, headers and content type as told', async () => {
      mock.next({ status: 502, body: '<html>', contentType: 'text/html', headers: { 'x-a': '1' } });

      const reply = await ask({});

      expect(reply).toMatchObject({ status: 502, text: '<html>' });
      expect(reply.headers).toMatchObject({ 'content-type': 'text/html', 'x-a': '1', 'content-length': '6' });
    });

    it('writes every event of a stream on its own', async () => {
      const reply = await ask({ stream: true, model: `demo?text=${WORDS}` });

      expect(reply.pieces).toHaveLength(7); // role, four words, finish reason, [DONE]
      expect(streamedText(reply)).toBe(WORDS);
    });

    it.each(BYTE_CUTS)('replays bytes in the pieces that it was given (%s)', async (_, cut) => {
      const bytes = Buffer.from('data: {"text":"wörld 😀"}\n\ndata: [DONE]\n\n');
      const chunks = cut(bytes);
      mock.next({ replay: { status: 201, headers: { 'content-type': 'text/plain', 'x-a': '1' }, chunks } });

      const reply = await ask({});

      expect(reply).toMatchObject({ status: 201, ending: 'complete' });
      expect(reply.headers).toMatchObject({ 'content-type': 'text/plain', 'x-a': '1' });
      expect(reply.pieces.map(String)).toEqual(chunks.map(String));
    });

    it('replays every recording byte by byte', async () => {
      for (const { id, status, body } of loadRecordings('anthropic-messages')) {
        mock.next({ replay: { status, chunks: [body] } });

        const reply = await ask({});

        expect([id, reply.status, reply.text]).toEqual([id, status, body.toString()]);
      }
    });

    it('breaks a replay off where it is told', async () => {
      const chunks = ['a', 'b', 'c'].map((text) => Buffer.from(text));
      mock.next({ replay: { chunks }, resetAfterChunks: 2 });

      expect(await ask({})).toMatchObject({ text: 'ab', ending: 'broken' });
    });
  });

  describe('faults', () => {
    it('waits before the head', async () => {
      const order: string[] = [];
      const askFor = async (model: string): Promise<void> => {
        await ask({ model });
        order.push(model);
      };

      const slow = askFor('demo?delayMs=300');
      await mock.waitUntil(() => mock.activeRequests === 1);
      await askFor('demo');
      await slow;

      expect(order).toEqual(['demo', 'demo?delayMs=300']);
    });

    it('waits between content pieces', async () => {
      const reply = await ask({ stream: true, model: 'demo?chunks=3&stamp=true&chunkDelayMs=20' });

      const times = [...reply.text.matchAll(/@(\d{16}) /g)].map(([, time]) => Number(time));
      expect(times).toHaveLength(3);
      expect((times[2] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(38_000);
    });

    it('resets before the head', async () => {
      expect(await ask({ model: 'demo?resetBeforeHead' })).toMatchObject({ status: undefined, ending: 'broken' });
    });

    it.each([
      [0, ''],
      [1, 'one'],
      [3, 'one two three'],
    ])('resets a stream after %d pieces', async (count, text) => {
      const reply = await ask({ stream: true, model: `demo?text=${WORDS}&resetAfterChunks=${count}` });

      expect([reply.status, streamedText(reply), reply.ending]).toEqual([200, text, 'broken']);
      expect([mock.activeStreams, mock.cancelledStreams]).toEqual([0, 0]);
    });

    it('resets a JSON body half way', async () => {
      const reply = await ask({ model: 'demo?resetAfterChunks=1' });

      expect(reply).toMatchObject({ status: 200, ending: 'broken', text: expect.stringMatching(/^\{"id"/) });
    });

    it('ends cleanly without an end', async () => {
      const reply = await ask({ stream: true, model: `demo?text=${WORDS}&truncate` });

      expect([streamedText(reply), reply.ending]).toEqual([WORDS, 'complete']);
      expect(reply.text).not.toMatch(/\[DONE\]|"finish_reason":"/);
    });

    it('ends a JSON body half way', async () => {
      const reply = await ask({ model: 'demo?truncate' });

      expect(reply.ending).toBe('complete');
      expect(() => JSON.parse(reply.text) as unknown).toThrow(SyntaxError);
    });

    it('sends broken data inside a stream', async () => {
      const reply = await ask({ stream: true, model: `demo?text=${WORDS}&invalidSse` });

      expect(reply.text).toContain('data: {"id":"broken","choices":[{\n\n');
      expect(streamedText(reply)).toBe(WORDS);
    });

    it('answers 200 with an error body', async () => {
      const reply = await ask({ model: 'demo?errorInStream=before' });

      expect(reply.status).toBe(200);
      expect(JSON.parse(reply.text)).toMatchObject({ error: { type: 'server_error' } });
    });

    it('says nothing until the client gives up', async () => {
      const abort = new AbortController();
      const reply = ask({ stream: true, model: 'demo?hang' }, { signal: abort.signal });
      await mock.waitUntil(() => mock.activeStreams === 1);

      abort.abort();

      expect(await reply).toMatchObject({ status: undefined, ending: 'aborted' });
      await mock.waitUntil(() => mock.activeRequests === 0);
      expect([mock.cancelledRequests, mock.cancelledStreams]).toEqual([1, 1]);
    });

    it('falls silent in the middle', async () => {
      const abort = new AbortController();
      const reply = ask(
        { stream: true, model: `demo?text=${WORDS}&hangAfterChunks=2` },
        { signal: abort.signal, onPiece: (piece) => void (piece.includes('two') && abort.abort()) },
      );

      expect(streamedText(await reply)).toBe('one two');
      await mock.waitUntil(() => mock.cancelledStreams === 1);
      expect(mock.activeStreams).toBe(0);
    });
  });

  describe('what it remembers', () => {
    it('keeps requests as they came', async () => {
      await sendRaw(`${mock.url}/v1/chat/completions?a=1`, {
        headers: { 'X-Custom': 'yes' },
        body: Buffer.from('{ }'),
      });

      expect(mock.requests).toMatchObject([
        { sequence: 1, connectionId: 1, method: 'POST', path: '/v1/chat/completions', query: 'a=1' },
      ]);
      expect(mock.requests[0]?.headers['x-custom']).toBe('yes');
      expect(mock.requests[0]?.body.toString()).toBe('{ }');
    });

    it('counts requests per connection', async () => {
      const agent = new Agent({ keepAlive: true, maxSockets: 1 });

      await ask({}, { agent });
      await ask({}, { agent });
      await ask({});
      agent.destroy();
      await mock.waitUntil(() => mock.connections.every((connection) => !connection.isOpen));

      expect(mock.connections).toEqual([
        { id: 1, requests: 2, isOpen: false },
        { id: 2, requests: 1, isOpen: false },
      ]);
      expect(mock.requests.map(({ connectionId }) => connectionId)).toEqual([1, 1, 2]);
    });

    it('forgets script and requests on reset', async () => {
      mock.next({ status: 500 });
      await ask({});
      mock.next({ status: 500 });

      mock.reset();

      expect(mock.requests).toEqual([]);
      expect((await ask({})).status).toBe(200);
    });

    it('tells its counters over HTTP', async () => {
      await ask({});

      const reply = await sendRaw(`${mock.url}/_mock/stats`, { method: 'GET' });

      expect(JSON.parse(reply.text)).toEqual({
        received: 1,
        activeRequests: 0,
        activeStreams: 0,
        cancelledRequests: 0,
        cancelledStreams: 0,
        connections: 1,
      });
    });
  });

  describe('stop', () => {
    it('drops what is under way and refuses what comes', async () => {
      const open = ask({ stream: true, model: 'demo?text=a&hangAfterChunks=1' });
      await mock.waitUntil(() => mock.activeStreams === 1);

      await Promise.all([mock.stop(), mock.stop()]);

      expect((await open).ending).toBe('broken');
      expect(await ask({})).toMatchObject({ status: undefined, ending: 'broken' });
      expect(mock.cancelledStreams).toBe(0);
    });
  });

  describe('start', () => {
    it('rejects when the port is taken', async () => {
      await expect(startMockUpstream({ port: mock.port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    });

    it('gives other ids for another seed', async () => {
      const other = await startMockUpstream({ seed: 2 });

      const replies = await Promise.all(
        [mock, other].map(({ url }) =>
          sendRaw(`${url}/v1/chat/completions`, { body: { model: 'demo', messages: MESSAGES } }),
        ),
      );
      await other.stop();

      expect(new Set(replies.map(({ text }) => (JSON.parse(text) as { id: string }).id)).size).toBe(2);
    });
  });
});
