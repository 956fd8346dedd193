import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { JsonObject } from '@sluice/core';
import { sendRaw, type RawReply } from '@sluice/testing';
import { startServing, type ServingGateway } from '../start-serving.js';
import { startFileGateway, type FileGateway } from './harness/start-file-gateway.js';
import { account, CLIENT_KEY, OPERATOR_KEY, VENDOR_KEY } from './harness/test-configuration.js';

const LOOK_AGAIN_MS = 20;
const FILE = 'cooldowns.json';

describe('cooldowns', () => {
  let first: FileGateway;
  let second: ServingGateway | undefined;

  beforeEach(async () => {
    first = await startFileGateway({
      sections: (_folder, vendor) => ({
        accounts: [account('openai-chat', vendor.url, { id: 'tired', cooldown: { enabled: true } })],
      }),
    });
  });
  afterEach(async () => {
    await second?.stop();
    second = undefined;
    await first.stop();
  });

  const ask = (url: string): Promise<RawReply> =>
    sendRaw(`${url}/v1/chat/completions`, {
      headers: { authorization: `Bearer ${CLIENT_KEY}` },
      body: { model: 'gpt-test', messages: [{ role: 'user', content: 'Hi.' }] },
    });
  const explain = async (url: string): Promise<JsonObject> => {
    const headers = { authorization: `Bearer ${OPERATOR_KEY}` };
    const { text } = await sendRaw(`${url}/sluice/explain?model=gpt-test`, { method: 'GET', headers });
    const { accounts } = JSON.parse(text) as { accounts: readonly JsonObject[] }; // our own answer
    return accounts[0]?.['standing'] as JsonObject; // it is the only one
  };

  /** One more gateway with the same file and the same data directory. */
  async function startSecond(log: string[] = []): Promise<string> {
    second = await startServing({
      load: { file: first.file, env: {}, flags: { port: 0, data: join(first.folder, 'data'), logLevel: 'info' } },
      log: { write: (line) => void log.push(line) },
      printProblem: (line) => void log.push(line),
    });
    return second?.address.url ?? '';
  }

  async function beThrottled(): Promise<JsonObject> {
    first.vendor.next({ status: 429, retryAfter: '3600', message: 'Too fast.' });
    expect((await ask(first.url)).status).toBe(429);
    const standing = await explain(first.url);
    expect(standing).toMatchObject({ type: 'cooling', message: 'Too fast.' });
    return standing;
  }

  it('hold after a restart: the vendor is not asked again, and everybody is told the same', async () => {
    const standing = await beThrottled();
    await first.serving.stop();

    const url = await startSecond();

    expect(await explain(url)).toEqual(standing);
    const metrics = await (await fetch(`${url}/metrics`)).text();
    expect(metrics).toContain(
      'sluice_account_standing{account="tired",provider="openai-compatible",standing="cooling"} 1',
    );
    const refused = await ask(url);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(3_500);
    expect(first.vendor.requests).toHaveLength(1);
  });

  it('of a file that is broken are forgotten, in one line of the log', async () => {
    await first.serving.stop();
    await mkdir(join(first.folder, 'data'), { recursive: true });
    await writeFile(join(first.folder, 'data', FILE), '{"version":1,');
    const log: string[] = [];

    const url = await startSecond(log);

    expect((await ask(url)).status).toBe(200);
    expect(log.filter((line) => line.includes('"level":"warn"'))).toEqual([expect.stringContaining(FILE)]);
  });

  it('are in the file soon after they begin, for a process that is killed, and no secret is', async () => {
    const standing = await beThrottled();
    const path = join(first.folder, 'data', FILE);
    let text: string | undefined;
    while (text === undefined) {
      text = await readFile(path, 'utf8').catch(() => undefined);
      if (text === undefined) await sleep(LOOK_AGAIN_MS);
    }

    const url = await startSecond(); // the first one has not stopped, as one that is killed has not

    expect(await explain(url)).toEqual(standing);
    expect(text).not.toContain(VENDOR_KEY);
  });
});
