import { sendRaw } from '@sluice/testing';
import { startTestGateway, type TestGateway } from '../harness/start-test-gateway.js';
import { CLIENT_KEY, MODELS } from '../harness/test-configuration.js';

const SIGNED = { type: 'thinking', thinking: 'Mine.', signature: 'EqQBCgIYAhIM' };
const UNSIGNED = { type: 'thinking', thinking: 'Of another vendor.', signature: '' };
const SAID = { type: 'text', text: 'Said.' };

describe('a conversation that comes back to Anthropic from another vendor', () => {
  let test: TestGateway;
  beforeAll(async () => {
    test = await startTestGateway();
  });
  beforeEach(() => test.configure());
  afterEach(() => test.checkAfterTest());
  afterAll(() => test.stop());

  const body = (...content: readonly object[]) => ({
    model: MODELS['anthropic-messages'],
    max_tokens: 64,
    messages: [
      { role: 'user', content: 'One?' },
      { role: 'assistant', content },
      { role: 'user', content: 'Two?' },
    ],
  });
  const ask = (...content: readonly object[]) =>
    sendRaw(`${test.url}/v1/messages`, { headers: { 'x-api-key': CLIENT_KEY }, body: body(...content) });

  it("leaves out the other's thinking, which Anthropic would refuse, and says so", async () => {
    const reply = await ask(UNSIGNED, SAID);

    expect(reply.status).toBe(200);
    expect(Number(reply.headers['x-sluice-warnings'])).toBeGreaterThan(0);
    const sent = String(test.vendor.requests.at(-1)?.body);
    expect(sent).toContain('Said.');
    expect(sent).not.toContain('Of another vendor.');
  });

  it('passes its own through byte for byte', async () => {
    const reply = await ask(SIGNED, SAID);

    expect(reply.headers['x-sluice-warnings']).toBeUndefined();
    expect(String(test.vendor.requests.at(-1)?.body)).toBe(JSON.stringify(body(SIGNED, SAID)));
  });
});
