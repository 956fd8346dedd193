import { anthropicClient } from '../harness/format-client.js';
import { startTestGateway, type TestGateway } from '../harness/start-test-gateway.js';
import { kiroAccount, KIRO_MODEL } from './kiro-account.js';

const QUESTION = { model: KIRO_MODEL, max_tokens: 64, messages: [{ role: 'user' as const, content: 'Say it.' }] };

describe('a lone Kiro account', () => {
  let test: TestGateway;
  beforeAll(async () => {
    test = await startTestGateway();
  });
  afterEach(() => test.checkAfterTest());
  afterAll(() => test.stop());

  it.each([
    ['a connection that is reset before the answer', { resetBeforeHead: true }],
    ['a connection that is reset behind the head of the answer', { resetAfterChunks: 0 }],
    ['a passing fault', { status: 500, retryAfter: '0' }],
    ['a throttling that says no time', { status: 429 }],
  ])('is asked again after %s', async (_name, fault) => {
    await test.configure({
      accounts: [kiroAccount(test.vendor.url, { cooldown: { enabled: true } })],
      retry: { maxWaitMs: 20_000 },
    });
    test.vendor.next(fault);

    const answer = await anthropicClient(test.url).messages.create(QUESTION);

    expect(answer.stop_reason).toBe('end_turn');
  });
});
