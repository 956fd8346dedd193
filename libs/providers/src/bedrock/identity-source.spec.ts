import { fileURLToPath } from 'node:url';
import type { Account, Credential } from '@sluice/provider-kit';
import { IDENTITY_TIMEOUT_MS, IdentitySource, type IdentityChain } from './identity-source.js';

const CHAIN: Credential = { kind: 'aws', secret: '' };
const FOUND = { accessKeyId: 'AKID', secretAccessKey: 'secret' };

const accountOf = (settings: Record<string, unknown> = {}): Account => ({
  id: 'bedrock-1',
  provider: 'bedrock',
  settings: { region: 'us-east-1', ...settings },
  headers: {},
  transport: { timeouts: { connectMs: 1, firstByteMs: 1, idleMs: 1 } },
});

const chainOf = (chain: IdentityChain) => () => Promise.resolve(chain);

describe('IdentitySource', () => {
  it('is content with a declared access key', async () => {
    const source = new IdentitySource(() => Promise.reject(new Error('nobody should search')));
    const credential = { kind: 'aws', secret: 's', details: { accessKeyId: 'a', sessionToken: 't' } };

    expect(await source.identityOf(accountOf(), credential)).toEqual({
      accessKeyId: 'a',
      secretAccessKey: 's',
      sessionToken: 't',
    });
  });

  it('opens one chain per account and asks it for every call', async () => {
    let opened = 0;
    let asked = 0;
    const source = new IdentitySource(() => {
      opened += 1;
      return Promise.resolve(() => {
        asked += 1;
        return Promise.resolve(FOUND);
      });
    });
    const account = accountOf();

    await source.identityOf(account, CHAIN);
    await source.identityOf(account, CHAIN);
    await source.identityOf(accountOf(), CHAIN);

    expect([opened, asked]).toEqual([2, 3]);
  });

  it('says what to do when nothing is found, and searches anew the next time', async () => {
    const chains = [() => Promise.reject(new Error('no providers')), () => Promise.resolve(FOUND)];
    const source = new IdentitySource(() => Promise.resolve(chains.shift() ?? (() => Promise.resolve(FOUND))));
    const account = accountOf();

    await expect(source.identityOf(account, CHAIN)).rejects.toMatchObject({
      kind: 'upstream_auth_failed',
      message: expect.stringMatching(/"bedrock-1".*Declare apiKey/),
    });
    expect(await source.identityOf(account, CHAIN)).toEqual(FOUND);
  });

  it('does not wait for ever', async () => {
    const controller = new AbortController();
    const limits: number[] = [];
    const source = new IdentitySource(
      chainOf(() => new Promise(() => {})),
      (ms) => {
        limits.push(ms);
        return controller.signal;
      },
    );

    const found = source.identityOf(accountOf(), CHAIN);
    controller.abort();

    await expect(found).rejects.toMatchObject({ kind: 'upstream_silent' });
    expect(limits).toEqual([IDENTITY_TIMEOUT_MS]);
  });

  it("reads a profile through AWS's own chain", async () => {
    const before = process.env['AWS_SHARED_CREDENTIALS_FILE'];
    process.env['AWS_SHARED_CREDENTIALS_FILE'] = fileURLToPath(
      new URL('./__fixtures__/credentials.ini', import.meta.url),
    );
    try {
      expect(await new IdentitySource().identityOf(accountOf({ profile: 'sluice-spec' }), CHAIN)).toMatchObject({
        accessKeyId: 'AKIDFROMPROFILE',
        secretAccessKey: 'secret-of-the-profile',
        sessionToken: 'token-of-the-profile',
      });
    } finally {
      if (before === undefined) delete process.env['AWS_SHARED_CREDENTIALS_FILE'];
      else process.env['AWS_SHARED_CREDENTIALS_FILE'] = before;
    }
  });
});
