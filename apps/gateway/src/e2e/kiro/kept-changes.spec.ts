import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ManagedAccounts } from '@sluice/accounts';
import { sendRaw } from '@sluice/testing';
import { startTestGateway } from '../harness/start-test-gateway.js';
import { CLIENT_KEY } from '../harness/test-configuration.js';
import { kiroAccount } from './kiro-account.js';

const ADMIN_KEY = 'admin-secret-of-the-suite-4715';
const REFRESH_TOKEN = `aorAAAAAG${'x'.repeat(120)}`;

describe('changes of accounts', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'kept-'));
  });
  afterEach(() => rm(directory, { recursive: true }));

  /** Runs a gateway that keeps its changes in the directory. */
  const run = async <T>(
    use: (
      send: (method: string, path: string, body?: object) => Promise<string>,
      managed: ManagedAccounts,
    ) => Promise<T>,
  ): Promise<T> => {
    const test = await startTestGateway();
    try {
      await test.gateway.keepLogins({ directory });
      await test.configure({
        apiKeys: [
          { name: 'app', key: CLIENT_KEY },
          { name: 'boss', key: ADMIN_KEY, scopes: ['admin'] },
        ],
        accounts: [kiroAccount(test.vendor.url)],
      });
      const send = async (method: string, path: string, body?: object): Promise<string> => {
        const call = { method, headers: { 'x-api-key': ADMIN_KEY }, ...(body && { body }) };
        return (await sendRaw(`${test.url}/api/admin/credentials${path}`, call)).text;
      };
      return await use(send, test.gateway.app.get(ManagedAccounts));
    } finally {
      await test.stop();
    }
  };

  it('are there after a restart, and hold no secret', async () => {
    await run(async (send) => {
      await send('POST', '', { refreshToken: REFRESH_TOKEN, authMethod: 'social', priority: 7 });
      await send('POST', '/kiro/disabled', { disabled: true });
    });

    const text = await readFile(join(directory, 'managed-accounts.json'), 'utf8');
    const list = await run((send) => send('GET', ''));

    expect(text).not.toContain('aor');
    expect(JSON.parse(list)).toMatchObject({
      total: 2,
      available: 1,
      credentials: [
        { id: 1, accountId: 'kiro', disabled: true },
        { id: 2, accountId: 'kiro-1', priority: 7, authMethod: 'social' },
      ],
    });
  });

  it('never give a number twice', async () => {
    const again = await run(async (send) => {
      await send('POST', '', { refreshToken: REFRESH_TOKEN, authMethod: 'social' });
      await send('POST', '/2/disabled', { disabled: true });
      await send('DELETE', '/2');
      return send('POST', '', { refreshToken: `${REFRESH_TOKEN}y`, authMethod: 'social' });
    });

    expect(JSON.parse(again)).toMatchObject({ success: true, credentialId: 3 });
  });
});
