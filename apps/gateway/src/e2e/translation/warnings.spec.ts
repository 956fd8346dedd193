import type { JsonObject } from '@sluice/core';
import { sendRaw } from '@sluice/testing';
import { startTestGateway, type TestGateway } from '../harness/start-test-gateway.js';
import { CLIENT_KEY, MODELS } from '../harness/test-configuration.js';

const COUNTER = /^sluice_translation_warnings_total\{from="anthropic-messages",to="openai-chat"\} (\d+)$/m;

describe('what a translation leaves out', () => {
  let test: TestGateway;
  beforeAll(async () => {
    test = await startTestGateway();
  });
  beforeEach(() => test.configure());
  afterEach(() => test.checkAfterTest());
  afterAll(() => test.stop());

  const ask = (members: JsonObject) =>
    sendRaw(`${test.url}/v1/messages`, {
      headers: { 'x-api-key': CLIENT_KEY },
      body: {
        model: MODELS['openai-chat'],
        max_tokens: 64,
        messages: [{ role: 'user', content: 'Say it.' }],
        ...members,
      },
    });
  const counted = async (): Promise<number> =>
    Number(COUNTER.exec((await sendRaw(`${test.url}/metrics`, { method: 'GET' })).text)?.[1] ?? 0);

  it('is told to the client as a number, to the operator by its place, and counted', async () => {
    const before = await counted();

    const reply = await ask({ top_k: 5, container: 'c_1' });

    expect(reply.status).toBe(200);
    expect(reply.headers['x-sluice-warnings']).toBe('2');
    await test.ledger.allSettled();
    expect(await counted()).toBe(before + 2);
    expect(test.logged('the request could not be said in full')).toMatchObject([
      {
        count: 2,
        warnings: [
          { path: '/extensions/anthropic-messages', effect: 'dropped' },
          { path: '/sampling/topK', effect: 'dropped' },
        ],
      },
    ]);
  });

  it('is nothing where everything was said', async () => {
    const before = await counted();

    const reply = await ask({ temperature: 0.5, metadata: { user_id: 'u-1' }, stop_sequences: ['END'] });

    expect(reply.headers).not.toHaveProperty('x-sluice-warnings');
    await test.ledger.allSettled();
    expect(await counted()).toBe(before);
  });
});
