import { watch } from 'node:fs/promises';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startMockUpstream, type MockUpstream } from '@sluice/mock-upstream';
import { directoryWith, outcomeOf, sluice, START_TIMEOUT_MS } from '../__fixtures__/sluice-process.js';
import { killGateway, startGateway, type GatewayProcess } from './__fixtures__/gateway-process.js';

const MODEL = 'claude-test';
const KEY = 'vendor-secret-of-the-suite-4811';
const FILE = 'cooldowns.json';

describe('a gateway that is killed while an account rests', () => {
  let vendor: MockUpstream;
  let gateway: GatewayProcess;

  beforeAll(async () => {
    await outcomeOf(sluice(['run', '--help'], directoryWith()));
    vendor = await startMockUpstream();
  }, START_TIMEOUT_MS);
  afterAll(async () => {
    await killGateway(gateway);
    await vendor.stop();
  });

  const explain = async (): Promise<unknown> => {
    const reply = await fetch(`${gateway.url}/sluice/explain?model=${MODEL}`);
    const { accounts } = (await reply.json()) as { accounts: readonly { standing: unknown }[] }; // our own answer
    return accounts[0]?.standing;
  };

  it(
    'leaves the account alone when it is there again, for as long as the vendor asked for',
    async () => {
      const directory = directoryWith({
        'sluice.json': {
          server: { allowUnauthenticated: true },
          retry: { maxWaitMs: 0 },
          accounts: [{ id: 'tired', provider: 'anthropic', baseUrl: vendor.url, apiKey: KEY, models: [MODEL] }],
        },
      });
      mkdirSync(join(directory, 'data'));
      const isKept = untilFileIn(join(directory, 'data'));
      gateway = await startGateway(directory);
      vendor.next({ status: 429, retryAfter: '3600', message: 'Too fast.' });
      expect(await gateway.ask(MODEL)).toMatchObject({ status: 429 });
      const standing = await explain();
      await isKept;
      await killGateway(gateway);

      gateway = await startGateway(directory);

      expect(standing).toMatchObject({ type: 'cooling', message: 'Too fast.' });
      expect(await explain()).toEqual(standing);
      expect(await gateway.ask(MODEL)).toMatchObject({ status: 429 });
      expect(vendor.requests).toHaveLength(1);
      expect(readFileSync(join(directory, 'data', FILE), 'utf8')).not.toContain(KEY);
    },
    START_TIMEOUT_MS,
  );
});

/** Resolves when the file of cooldowns appears in a directory. */
async function untilFileIn(directory: string): Promise<void> {
  for await (const { filename } of watch(directory)) if (filename === FILE) return;
}
