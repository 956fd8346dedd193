import { readFile, writeFile } from 'node:fs/promises';
import { startMockUpstream, type MockUpstream } from '@sluice/mock-upstream';
import { UpstreamHttp, type Account, type Credential } from '@sluice/provider-kit';
import { FakeClock } from '@sluice/testing';
import { temporaryFolder } from './__fixtures__/temporary-folder.js';
import { KiroProvider } from './kiro.provider.js';

const LONG = 'r'.repeat(100);
const { signal } = new AbortController();

describe('KiroProvider, with logins in a file', () => {
  const folder = temporaryFolder();
  const path = () => folder.file('credentials.json');
  let http: UpstreamHttp;
  let mock: MockUpstream;
  let clock: FakeClock;

  beforeEach(async () => {
    http = new UpstreamHttp();
    mock = await startMockUpstream();
    clock = new FakeClock();
  });

  afterEach(async () => {
    await http.destroy();
    await mock.stop();
  });

  const write = (value: unknown) => writeFile(path(), JSON.stringify(value));
  const stored = async () => JSON.parse(await readFile(path(), 'utf8')) as Record<string, unknown>[];

  /** The accounts as a start of the gateway finds them. */
  async function start(provider: KiroProvider) {
    const { url } = mock;
    const endpoints = { inference: url, management: url, socialAuth: url, oidc: url };
    const settings = provider.descriptor.settings.parse({ credentialsFile: 'credentials.json', endpoints });
    const expansion = await provider.descriptor.expandAccount?.(settings, folder.path);
    return (expansion?.accounts ?? []).map(({ suffix, settings: own }) => {
      const account: Account = {
        id: `kiro-1${suffix}`,
        provider: 'kiro',
        settings: own,
        headers: {},
        transport: { timeouts: { connectMs: 10_000, firstByteMs: 10_000, idleMs: 10_000 } },
      };
      const declared = provider.descriptor.readCredential?.(own);
      if (declared === undefined) throw new Error('the account declares no credential');
      return { account, declared };
    });
  }

  it('renews each login once, and has the renewed ones after a restart', async () => {
    await write([{ refreshToken: `${LONG}1` }, { refreshToken: `${LONG}2`, note: 'mine' }]);
    const provider = new KiroProvider(http, clock);
    const accounts = await start(provider);

    const renewed = await Promise.all(
      accounts.map(({ account, declared }) => provider.refreshCredential(declared, account, signal)),
    );
    const again = new KiroProvider(http, clock);
    const restarted = await Promise.all(
      (await start(again)).map(({ account, declared }) => again.refreshCredential(declared, account, signal)),
    );

    expect(accounts.map(({ account }) => account.id)).toEqual(['kiro-1#1', 'kiro-1#2']);
    expect(restarted.map(({ secret }) => secret)).toEqual(renewed.map(({ secret }) => secret));
    expect(mock.requests.map((request) => request.path)).toEqual(['/refreshToken', '/refreshToken']);
    expect(await stored()).toMatchObject([{ id: 1 }, { id: 2, note: 'mine', accessToken: renewed[1]?.secret }]);
  });

  it('15: lets two processes on one file renew a login only once', async () => {
    await write([{ refreshToken: LONG }]);
    const processes = [new KiroProvider(http, clock), new KiroProvider(http, clock), new KiroProvider(http, clock)];

    const credentials = await Promise.all(
      processes.map(async (provider) => {
        const [first] = await start(provider);
        if (first === undefined) throw new Error('there is one account');
        return provider.refreshCredential(first.declared, first.account, signal);
      }),
    );

    expect(new Set(credentials.map(({ secret }) => secret)).size).toBe(1);
    expect(mock.requests.map((request) => request.path)).toEqual(['/refreshToken']);
  });

  it('works once a file is there that was not at the start', async () => {
    const provider = new KiroProvider(http, clock);
    const [first] = await start(provider);
    if (first === undefined) throw new Error('there is one account');
    const before = provider.refreshCredential(first.declared, first.account, signal);
    await expect(before).rejects.toMatchObject({ kind: 'upstream_auth_failed' });

    await write({ refreshToken: LONG });

    expect(await provider.refreshCredential(first.declared, first.account, signal)).toMatchObject({
      secret: expect.stringMatching(/^aoaMock/),
    });
  });

  it('16: replaces a whole login, with its client and its region, when somebody logs in anew', async () => {
    await write([{ id: 1, refreshToken: LONG, clientId: 'old', clientSecret: 'old', profileArn: 'arn:old' }]);
    const provider = new KiroProvider(http, clock);
    const [first] = await start(provider);
    if (first === undefined) throw new Error('there is one account');
    const old = await provider.refreshCredential(first.declared, first.account, signal);
    await write([{ id: 1, refreshToken: `${LONG}new`, clientId: 'new', clientSecret: 'new', region: 'eu-west-1' }]);
    clock.advance(3_600_000);

    const renewed = await provider.refreshCredential(old, first.account, signal);

    const asked = mock.requests.filter((request) => request.path === '/token').at(-1);
    expect(JSON.parse(asked?.body.toString() ?? '')).toMatchObject({
      clientId: 'new',
      clientSecret: 'new',
      refreshToken: `${LONG}new`,
    });
    expect(renewed.details).toMatchObject({ clientId: 'new', region: 'eu-west-1' });
    expect(renewed.details?.['profileArn']).not.toBe('arn:old');
  });

  it('says what an account may use, and has left', async () => {
    await write([{ refreshToken: LONG }]);
    const provider = new KiroProvider(http, clock);
    const [first] = await start(provider);
    if (first === undefined) throw new Error('there is one account');
    const credential: Credential = await provider.refreshCredential(first.declared, first.account, signal);

    expect(await provider.usageLimits(first.account, credential, signal)).toMatchObject({ plan: 'KIRO PRO' });
    expect(await provider.balance(first.account, credential, signal)).toMatchObject({
      limit: 1000,
      used: 12.34,
      remaining: 987.66,
    });
    expect(mock.requests.at(-1)?.query).toContain('resourceType=AGENTIC_REQUEST');
  });

  it('says why it cannot tell what is left', async () => {
    await write([{ refreshToken: LONG }]);
    const provider = new KiroProvider(http, clock);
    const [first] = await start(provider);
    if (first === undefined) throw new Error('there is one account');
    mock.when(({ path: asked }) => asked === '/getUsageLimits', { status: 403 });

    const question = provider.balance(first.account, { kind: 'oauth', secret: 'aoa' }, signal);

    await expect(question).rejects.toMatchObject({ kind: 'upstream_auth_failed' });
  });
});
