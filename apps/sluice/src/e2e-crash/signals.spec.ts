import { rmSync } from 'node:fs';
import { startMockUpstream, type MockUpstream } from '@sluice/mock-upstream';
import { directoryWith, outcomeOf, sluice, START_TIMEOUT_MS } from '../__fixtures__/sluice-process.js';
import { killGateway, startGateway, type GatewayProcess } from './__fixtures__/gateway-process.js';

const DRAIN_SECONDS = '1';
const CHUNK_DELAY_MS = 20;

beforeAll(async () => {
  await outcomeOf(sluice(['run', '--help'], directoryWith()));
}, START_TIMEOUT_MS);

describe('a gateway with open streams', () => {
  let vendor: MockUpstream;
  let directory: string;
  let gateway: GatewayProcess;

  beforeEach(async () => {
    vendor = await startMockUpstream();
    const account = { id: 'a', provider: 'anthropic', baseUrl: vendor.url, apiKey: 'k', models: ['claude-test'] };
    directory = directoryWith({ 'sluice.json': { server: { allowUnauthenticated: true }, accounts: [account] } });
    gateway = await startGateway(directory, '--shutdown-timeout', DRAIN_SECONDS);
  }, START_TIMEOUT_MS);

  afterEach(async () => {
    await killGateway(gateway);
    await vendor.stop();
    rmSync(directory, { recursive: true });
  });

  /** Begins a stream. @returns the rest of it, or what broke it, once it has begun to come */
  async function begin(): Promise<{ readonly rest: Promise<string> }> {
    const reply = await fetch(`${gateway.url}/v1/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'anthropic-version': '2023-06-01' },
      body: JSON.stringify({
        model: 'claude-test',
        max_tokens: 5,
        stream: true,
        messages: [{ role: 'user', content: 'hi' }],
      }),
    });
    return { rest: reply.text().catch((error: Error) => `broken: ${error.name}`) };
  }

  it(
    'told to stop, is not ready, lets streams end, ends the rest with their format’s error, and exits with 0',
    async () => {
      vendor.script([{ text: 'one two three', chunkDelayMs: CHUNK_DELAY_MS }, { hangAfterChunks: 1 }]);
      const ending = await begin();
      const hanging = await begin();

      gateway.child.kill('SIGTERM');
      await gateway.prints(/"msg":"stopping"/);
      const ready = await fetch(`${gateway.url}/ready`);

      expect(ready.status).toBe(503);
      expect(ready.headers.get('connection')).toBe('close');
      const [ended, cut] = await Promise.all([ending.rest, hanging.rest]);
      expect(ended).toMatch(/event: message_stop\ndata: \{"type":"message_stop"\}\n\n$/);
      expect(cut).toMatch(/event: error\ndata: \{"type":"error","error":\{"type":"overloaded_error",.*\n\n$/);
      expect(cut).not.toContain('message_stop');
      expect(await gateway.exitCode()).toBe(0);
      expect(gateway.output()).toMatch(/"msg":"drain time is over: the open exchanges are ended"/);
    },
    START_TIMEOUT_MS,
  );

  it(
    'told twice, ends at once with 130',
    async () => {
      vendor.next({ hangAfterChunks: 1 });
      const { rest } = await begin();

      gateway.child.kill('SIGTERM');
      await gateway.prints(/"msg":"stopping"/);
      gateway.child.kill('SIGTERM');

      expect(await gateway.exitCode()).toBe(130);
      expect(await rest).toMatch(/^broken: /);
    },
    START_TIMEOUT_MS,
  );
});
