import { sendRaw, type RawReply } from '@sluice/testing';
import type { MockUpstream } from './mock-upstream.js';
import { startMockUpstream } from './start-mock-upstream.js';

describe('BenchPlans', () => {
  let mock: MockUpstream;

  beforeAll(async () => {
    mock = await startMockUpstream();
  });

  afterAll(() => mock.stop());

  const ask = (path: string, body: object | string): Promise<RawReply> => sendRaw(`${mock.url}${path}`, { body });
  const chat = (body: object | string): Promise<RawReply> => ask('/v1/chat/completions', body);
  const messages = [{ role: 'user', content: 'any' }];

  it('numbers its pieces', async () => {
    const reply = await chat({ model: 'bench?chunks=3', stream: true, messages });

    expect(reply.text.match(/#\d{6} /g)).toEqual(['#000001 ', '#000002 ', '#000003 ']);
    expect(reply.text).toContain('data: [DONE]');
  });

  it('fills pieces up to their size', async () => {
    const reply = await ask('/v1/messages', {
      model: 'bench?chunks=2&chunkBytes=20',
      stream: true,
      max_tokens: 1,
      messages,
    });

    expect(reply.text.match(/(?<="text":")#[^"]*/g)).toEqual(['#000001 xxxxxxxxxxx ', '#000002 xxxxxxxxxxx ']);
  });

  it('gives the same bytes whatever the prompt', async () => {
    const first = await chat({ model: 'bench', messages });
    const second = await chat({ model: 'bench', messages: [{ role: 'user', content: 'other "stream":true' }] });

    expect(JSON.parse(first.text)).toMatchObject({
      model: 'bench',
      choices: [{ message: { content: '#000001 ' } }],
      usage: { prompt_tokens: 10, completion_tokens: 1 },
    });
    expect(second.text).toBe(first.text);
  });

  it('honours include_usage', async () => {
    const reply = await chat({ model: 'bench', stream: true, stream_options: { include_usage: true }, messages });

    expect(reply.text).toContain('"total_tokens":11');
  });

  it('answers a body with spaces alike, apart from ids', async () => {
    const spaced = await chat('{ "model": "bench?chunks=2", "messages": [{"role":"user","content":"any"}] }');
    const compact = await chat({ model: 'bench?chunks=2', messages });

    const withoutId = ({ text }: RawReply): unknown => ({ ...(JSON.parse(text) as object), id: undefined });
    expect(withoutId(spaced)).toEqual(withoutId(compact));
  });

  it('leaves another model whose name begins alike to the ordinary way', async () => {
    const reply = await chat({ model: 'benchmark', messages });

    expect(reply.text).toContain('demo account');
  });

  it('steps back when a test has a script', async () => {
    mock.next({ status: 503 });

    expect((await chat({ model: 'bench', messages })).status).toBe(503);
  });

  it('refuses more than it can hold', async () => {
    const reply = await chat({ model: 'bench?chunks=100000&chunkBytes=1000000', stream: true, messages });

    expect(reply.status).toBe(400);
    expect(reply.text).toContain('chunks times chunkBytes');
  });

  it('serves /fast and /fast/stream to anybody', async () => {
    const whole = await sendRaw(`${mock.url}/fast?chunkBytes=12`, { method: 'GET' });
    const stream = await sendRaw(`${mock.url}/fast/stream?chunks=2`, { method: 'POST', body: 'anything' });

    expect(JSON.parse(whole.text)).toMatchObject({ choices: [{ message: { content: '#000001 xxx ' } }] });
    expect(stream.text.match(/#\d{6} /g)).toEqual(['#000001 ', '#000002 ']);
  });
});
