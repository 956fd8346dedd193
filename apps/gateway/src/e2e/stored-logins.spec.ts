import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CredentialStore } from '@sluice/accounts';
import type { Credential } from '@sluice/provider-kit';
import { createGateway, type Gateway } from '../create-gateway.js';

const LOGIN: Credential = { kind: 'oauth', secret: 'an-access-token', details: { refreshToken: 'a-refresh-token' } };

describe('logins that were renewed', () => {
  const started: Gateway[] = [];
  let directory: string;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'sluice-logins-'));
  });

  afterEach(async () => {
    await Promise.all(started.splice(0).map((gateway) => gateway.stop(0)));
    await rm(directory, { recursive: true });
  });

  async function gatewayWith(key?: string): Promise<Gateway> {
    const gateway = await createGateway({ telemetry: { level: 'silent', destination: { write: () => {} } } });
    started.push(gateway);
    await gateway.keepLogins({ directory, key });
    return gateway;
  }

  it('are there again after a restart', async () => {
    const first = await gatewayWith();
    await first.app.get(CredentialStore).put('kiro-1', LOGIN);
    await first.stop(0);

    const second = await gatewayWith();

    expect(await second.app.get(CredentialStore).get('kiro-1')).toEqual(LOGIN);
  });

  it('are not readable in the files', async () => {
    const gateway = await gatewayWith(randomBytes(32).toString('base64'));

    await gateway.app.get(CredentialStore).put('kiro-1', LOGIN);

    const files = await readdir(directory);
    const texts = await Promise.all(files.map((name) => readFile(join(directory, name), 'utf8')));
    expect(texts.length).toBeGreaterThan(0);
    expect(texts.join('\n')).not.toMatch(/an-access-token|a-refresh-token/);
  });

  it('stop a start with another key, which says so', async () => {
    const gateway = await gatewayWith(randomBytes(32).toString('hex'));
    await gateway.app.get(CredentialStore).put('kiro-1', LOGIN);

    const starting = gatewayWith(randomBytes(32).toString('hex'));

    await expect(starting).rejects.toMatchObject({ name: 'CredentialStoreError', code: 'wrong-key' });
  });
});
