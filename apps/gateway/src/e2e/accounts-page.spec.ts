import { CredentialStore } from '@sluice/accounts';
import { Clock, type JsonObject } from '@sluice/core';
import { FakeClock, sendRaw, type RawReply } from '@sluice/testing';
import { startTestGateway, type TestGateway } from './harness/start-test-gateway.js';
import { account, CLIENT_KEY, OPERATOR_KEY, SECRETS } from './harness/test-configuration.js';

const OPERATOR = { authorization: `Bearer ${OPERATOR_KEY}` };
const PATH = '/sluice/accounts';
const CHAT = { model: 'gpt-test', messages: [{ role: 'user', content: 'Hi.' }] };

interface Told extends JsonObject {
  readonly standing: JsonObject;
  readonly counts: JsonObject;
}

describe('what an operator is told of accounts', () => {
  let test: TestGateway;
  let clock: FakeClock;
  beforeAll(async () => {
    test = await startTestGateway();
  });
  beforeEach(async () => {
    clock = new FakeClock();
    test.gateway.app.get<Clock>(Clock).now = () => clock.now();
    await test.configure({
      accounts: [
        account('openai-chat', test.vendor.url, { id: 'main', cooldown: { enabled: true }, maxConcurrency: 4 }),
        account('anthropic-messages', test.spare.url, { id: 'spare', models: ['gpt-test'], priority: 1, weight: 2 }),
        account('openai-chat', test.spare.url, { id: 'theirs', owner: 'app', excludeModels: ['x*'], prefix: 'team' }),
        account('openai-chat', test.spare.url, { id: 'off', enabled: false }),
      ],
    });
  });
  afterEach(() => test.checkAfterTest());
  afterAll(() => test.stop());

  const get = (path: string, headers: Record<string, string> = OPERATOR): Promise<RawReply> =>
    sendRaw(test.url + path, { method: 'GET', headers });
  const chat = (): Promise<RawReply> =>
    sendRaw(`${test.url}/v1/chat/completions`, { headers: { ...OPERATOR, 'x-request-id': 'req-4711' }, body: CHAT });
  const pageOf = async (query = ''): Promise<{ total: number; accounts: readonly Told[] }> =>
    JSON.parse((await get(PATH + query)).text) as { total: number; accounts: readonly Told[] }; // our own answer
  const told = async (id: string): Promise<Told | undefined> => (await pageOf(`?account=${id}`)).accounts[0];
  const explained = async (id: string): Promise<JsonObject | undefined> => {
    const { accounts } = JSON.parse((await get('/sluice/explain?model=gpt-test')).text) as {
      accounts: readonly JsonObject[];
    }; // our own answer
    return accounts.find(({ accountId }) => accountId === id)?.['standing'] as JsonObject | undefined;
  };
  const series = async (start: string): Promise<readonly string[]> =>
    (await get('/metrics')).text.split('\n').filter((line) => line.startsWith(start));

  describe('an account that cools down', () => {
    beforeEach(async () => {
      test.vendor.next({ status: 429, retryAfter: '60', message: 'Too fast.' });
      await chat();
    });

    const RESTING = {
      type: 'cooling',
      untilMs: Date.UTC(2026, 0, 1, 0, 1),
      kind: 'upstream_rate_limited',
      message: 'Too fast.',
    };

    it('rests in the list, the explanation and the metrics alike', async () => {
      expect(await told('main')).toMatchObject({
        standing: RESTING,
        restingModels: 1,
        modelRests: [{ model: 'gpt-test', strength: 'hard', untilMs: RESTING.untilMs }],
        counts: { completed: 0, failed: 1 },
        lastFailure: {
          kind: 'upstream_rate_limited',
          message: 'Too fast.',
          model: 'gpt-test',
          requestId: 'req-4711',
          atMs: Date.UTC(2026, 0, 1),
        },
      });
      expect(await explained('main')).toEqual(RESTING);
      expect(await series('sluice_account_standing{account="main"')).toEqual([
        'sluice_account_standing{account="main",provider="openai-compatible",standing="cooling"} 1',
      ]);
      expect(await series('sluice_account_cooldowns{account="main"')).toEqual([
        'sluice_account_cooldowns{account="main",provider="openai-compatible"} 1',
      ]);
      expect(await series('sluice_account_attempts_total{account="main"')).toContain(
        'sluice_account_attempts_total{account="main",provider="openai-compatible",outcome="failed"} 1',
      );
    });

    it('is usable again everywhere when its time is over, and is still known to have failed', async () => {
      clock.advance(59_999);
      expect(await told('main')).toMatchObject({ standing: { type: 'cooling' } });

      clock.advance(1);

      expect(await told('main')).toMatchObject({
        standing: { type: 'usable' },
        restingModels: 0,
        modelRests: [],
        lastFailure: { kind: 'upstream_rate_limited' },
      });
      expect(await explained('main')).toEqual({ type: 'usable' });
      expect(await series('sluice_account_standing{account="main"')).toEqual([
        'sluice_account_standing{account="main",provider="openai-compatible",standing="usable"} 1',
      ]);
      expect(await series('sluice_account_cooldowns{account="main"')).toEqual([
        'sluice_account_cooldowns{account="main",provider="openai-compatible"} 0',
      ]);
    });

    it('is in no metric any more when it is declared no more', async () => {
      await test.configure({ accounts: [account('openai-chat', test.spare.url, { id: 'another' })] });

      const text = (await get('/metrics')).text;

      expect(text).toContain('account="another"');
      expect(text).not.toContain('account="main"');
    });
  });

  it('lists every account as it is declared and as it stands', async () => {
    const page = await pageOf();

    expect(page).toMatchObject({
      nowMs: Date.UTC(2026, 0, 1),
      total: 4,
      accounts: [
        {
          accountId: 'main',
          provider: 'openai-compatible',
          origin: 'file',
          enabled: true,
          priority: 0,
          weight: 1,
          models: ['gpt-test'],
          excludeModels: [],
          standing: { type: 'usable' },
          inFlight: 0,
          maxConcurrency: 4,
          circuit: { state: 'closed' },
          login: { kind: 'api-key', needsLogin: false },
          counts: { completed: 0, failed: 0, broken: 0, 'client-closed': 0 },
        },
        { accountId: 'spare', provider: 'anthropic', priority: 1, weight: 2 },
        { accountId: 'theirs', owner: 'key:app', excludeModels: ['x*'], prefix: 'team', standing: { type: 'usable' } },
        { accountId: 'off', enabled: false, standing: { type: 'disabled' } },
      ],
    });
    expect(page).not.toHaveProperty('next');
  });

  it('tells what the vendor said of the limits', async () => {
    test.vendor.next({
      headers: {
        'x-ratelimit-limit-requests': '100',
        'x-ratelimit-remaining-requests': '4',
        'x-ratelimit-reset-requests': '30s',
      },
    });
    await chat();

    expect(await told('main')).toMatchObject({
      counts: { completed: 1 },
      limits: {
        atMs: Date.UTC(2026, 0, 1),
        limits: [{ name: 'requests', remaining: 4, limit: 100, resetsAtMs: Date.UTC(2026, 0, 1, 0, 0, 30) }],
      },
    });
  });

  it('tells who waits for a login, and until when one lasts', async () => {
    await test.configure({
      accounts: [
        { id: 'waiting', provider: 'codex' },
        { id: 'logged-in', provider: 'codex' },
      ],
    });
    const login = { kind: 'oauth', secret: 'an-access-token-of-the-suite', expiresAtMs: Date.UTC(2026, 0, 2) };
    await test.gateway.app.get<CredentialStore>(CredentialStore).put('logged-in', login);

    const { accounts } = await pageOf();

    expect(accounts).toMatchObject([
      {
        standing: {
          type: 'needs-login',
          message: 'It has no login. Log in with "npx sluice login codex --account waiting".',
        },
        login: { needsLogin: true },
      },
      { standing: { type: 'usable' }, login: { kind: 'oauth', expiresAtMs: Date.UTC(2026, 0, 2), needsLogin: false } },
    ]);
    expect(JSON.stringify(accounts)).not.toContain('an-access-token');
    expect(await series('sluice_credential_expires_timestamp_seconds')).toEqual([
      'sluice_credential_expires_timestamp_seconds{account="logged-in"} 1767312000',
    ]);
    expect(await series('sluice_account_standing{account="waiting"')).toEqual([
      'sluice_account_standing{account="waiting",provider="codex",standing="needs-login"} 1',
    ]);
  });

  describe('asked for some', () => {
    it.each([
      ['?provider=anthropic', ['spare'], 1],
      ['?account=theirs', ['theirs'], 1],
      ['?after=spare', ['theirs', 'off'], 4],
    ])('%s lists %j', async (query, ids, total) => {
      const page = await pageOf(query);

      expect([page.accounts.map(({ accountId }) => accountId), page.total]).toEqual([ids, total]);
    });

    it.each(['?account=nobody', '?after=nobody'])('%s is told that there is none', async (query) => {
      const reply = await get(PATH + query);

      expect([reply.status, reply.text]).toEqual([404, expect.stringContaining('nobody')]);
    });
  });

  it.each([
    ['a stranger', {}, 401, 'invalid_api_key'],
    ['a key without the scope', { authorization: `Bearer ${CLIENT_KEY}` }, 403, 'permission_denied'],
  ])('is told to no %s', async (_who, headers, status, code) => {
    const reply = await get(PATH, headers);

    expect([reply.status, (JSON.parse(reply.text) as { error: JsonObject }).error['code']]).toEqual([status, code]);
    expect(reply.text).not.toContain('main');
  });

  it('takes no other method', async () => {
    const reply = await sendRaw(test.url + PATH, { body: {}, headers: OPERATOR });

    expect([reply.status, reply.headers['allow']]).toEqual([405, 'GET, HEAD, OPTIONS']);
  });

  it('holds no secret', async () => {
    const { text } = await get(PATH);

    expect(SECRETS.filter((secret) => text.includes(secret))).toEqual([]);
  });
});
