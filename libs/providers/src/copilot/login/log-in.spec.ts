import { SilentLogger } from '@sluice/core';
import { startMockUpstream, type MockBehaviour, type MockUpstream } from '@sluice/mock-upstream';
import { UpstreamHttp, type LoginTools, type LoginWish } from '@sluice/provider-kit';
import { FakeClock } from '@sluice/testing';
import { logIn } from './log-in.js';

const NOW_MS = Date.UTC(2026, 0, 1);
const PENDING: MockBehaviour = { body: '{"error":"authorization_pending"}' };
const told = (error: string): MockBehaviour => ({ body: JSON.stringify({ error }) });

describe('logIn', () => {
  let http: UpstreamHttp;
  let mock: MockUpstream;
  let clock: FakeClock;
  let waits: number[];
  let shown: string[];
  let giveUp: AbortController;

  beforeEach(async () => {
    http = new UpstreamHttp();
    mock = await startMockUpstream();
    clock = new FakeClock(NOW_MS);
    [waits, shown] = [[], []];
    giveUp = new AbortController();
  });

  afterEach(async () => {
    await http.destroy();
    await mock.stop();
  });

  function tools(settings: Record<string, unknown> = {}): LoginTools {
    return {
      http,
      clock,
      signal: giveUp.signal,
      pause: async (ms) => {
        giveUp.signal.throwIfAborted();
        waits.push(ms);
        clock.advance(ms);
      },
      screen: { say: (sentence) => void shown.push(sentence), open: (address) => void shown.push(address) },
      account: {
        id: 'copilot-1',
        provider: 'copilot',
        settings: { endpoints: { login: mock.url, api: mock.url }, ...settings },
        headers: { authorization: 'Bearer of-the-operator' },
        transport: { timeouts: { connectMs: 10_000, firstByteMs: 10_000, idleMs: 10_000 } },
      },
    };
  }

  const run = (wish: LoginWish = {}, settings?: Record<string, unknown>) =>
    logIn(wish, tools(settings), new SilentLogger());
  const seenAt = (path: string) => mock.requests.filter((request) => request.path === path);

  it('says what may not be done with it, then which code is to be entered where', async () => {
    await run();

    expect(shown).toEqual([
      expect.stringMatching(/GitHub's terms .* Ctrl-C/),
      'Enter the code MOCK-CODE in a browser:',
      'https://github.example.org/login/device',
    ]);
  });

  it('asks as the editor does, and waits a second more than it must, longer when told so', async () => {
    mock.script([{}, PENDING, told('slow_down'), PENDING]);

    await run();

    expect(JSON.parse(seenAt('/login/device/code')[0]?.body.toString() ?? '')).toEqual({
      client_id: 'Iv1.b507a08c87ecfe98',
      scope: 'read:user',
    });
    expect(JSON.parse(seenAt('/login/oauth/access_token').at(-1)?.body.toString() ?? '')).toEqual({
      client_id: 'Iv1.b507a08c87ecfe98',
      device_code: expect.any(String),
      grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
    });
    expect(waits).toEqual([6_000, 6_000, 11_000, 11_000]);
  });

  it('keeps the GitHub token beside the first token of Copilot', async () => {
    const login = await run();

    expect(login).toEqual({
      place: 'GitHub',
      summary: 'GitHub account mock-octocat, plan individual',
      members: {},
      credential: {
        kind: 'oauth',
        secret: expect.stringMatching(/^tid=/),
        expiresAtMs: clock.now() + 1_740_000,
        details: {
          githubToken: expect.stringMatching(/^ghu_Mock/),
          login: 'mock-octocat',
          plan: 'individual',
          seed: expect.stringMatching(/^[0-9a-f]{16}$/),
          apiBaseUrl: 'https://api.individual.githubcopilot.com',
          endsAtMs: '4070908800000',
        },
      },
    });
    expect(login.summary).not.toContain('ghu_');
  });

  it('proves itself to GitHub with its token, as the editor, and without the headers that are for Copilot', async () => {
    const { credential } = await run();

    for (const path of ['/user', '/copilot_internal/user', '/copilot_internal/v2/token']) {
      expect(seenAt(path)[0]?.headers).toMatchObject({
        authorization: `token ${credential.details?.['githubToken']}`,
        'editor-version': 'vscode/1.104.1',
        'editor-plugin-version': 'copilot-chat/0.26.7',
        'user-agent': 'GitHubCopilotChat/0.26.7',
        'x-github-api-version': '2025-04-01',
      });
    }
  });

  it.each<[string, readonly MockBehaviour[], RegExp]>([
    ['the code runs out', [{}, PENDING, told('expired_token')], /run out/],
    ['it is refused', [{}, told('access_denied')], /refused in the browser/],
    ['GitHub knows no device flow', [told('device_flow_disabled')], /answered without device_code/],
    ['GitHub says something else', [{}, told('incorrect_device_code')], /incorrect_device_code/],
    ['GitHub cannot begin', [{ status: 503 }], /The device code was refused \(503/],
    ['GitHub does not say who it is', [{}, {}, { status: 500 }, { status: 500 }], /whose login/],
  ])('fails with a sentence when %s', async (_case, script, message) => {
    mock.script(script);

    await expect(run()).rejects.toMatchObject({ name: 'LoginFailure', message: expect.stringMatching(message) });
  });

  it('gives the code up when its time is over', async () => {
    const rule = mock.when(({ path }) => path === '/login/oauth/access_token', PENDING);

    await expect(run()).rejects.toThrow('not confirmed in time');

    expect(clock.now() - NOW_MS).toBeGreaterThanOrEqual(900_000);
    rule();
  });

  it('survives an answer that is lost', async () => {
    mock.script([{}, { resetBeforeHead: true }, { status: 502, body: 'Bad gateway' }, PENDING]);

    await expect(run()).resolves.toMatchObject({ place: 'GitHub' });
  });

  it('ends with the reason of whoever gives up', async () => {
    const waiting = tools();
    giveUp.abort(new Error('given up'));

    await expect(logIn({}, waiting, new SilentLogger())).rejects.toThrow('given up');
  });

  it('keeps a login that has no access to Copilot yet, and says so', async () => {
    const body = JSON.stringify({ error_details: { message: 'No Copilot here.' } });
    mock.when(({ path }) => path === '/copilot_internal/v2/token', { status: 403, body });

    const { credential, summary } = await run();

    expect(summary).toMatch(/no token yet: .* has no access to Copilot: No Copilot here\. See https:/);
    expect(credential).toMatchObject({ secret: '', expiresAtMs: 0, details: { login: 'mock-octocat' } });
  });

  it('does without the plan where GitHub does not tell it', async () => {
    mock.when(({ path }) => path === '/copilot_internal/user', { status: 404 });

    const { credential, summary } = await run();

    expect(summary).toBe('GitHub account mock-octocat');
    expect(credential.details).not.toHaveProperty('plan');
  });

  describe('as a person wishes', () => {
    it("names the company's tenant at the account", async () => {
      const login = await run({ startUrl: 'https://acme.ghe.com/', method: 'github', flow: 'device' });

      expect(login.members).toEqual({ githubHost: 'acme.ghe.com' });
    });

    it('keeps the tenant that the account has already', async () => {
      expect((await run({}, { githubHost: 'acme.ghe.com' })).members).toEqual({ githubHost: 'acme.ghe.com' });
    });

    it.each<[LoginWish, RegExp]>([
      [{ method: 'google' }, /^--method: .*google/],
      [{ flow: 'code' }, /^--flow: .*code/],
      [{ region: 'eu-west-1' }, /^--region: /],
      [{ startUrl: 'http://acme.ghe.com' }, /^--start-url must be/],
      [{ startUrl: 'acme' }, /^--start-url must be/],
      [{ startUrl: 'https://acme.ghe.com:8443' }, /^--start-url must be/],
    ])('refuses %j by the name of the flag', async (wish, message) => {
      await expect(run(wish)).rejects.toMatchObject({ name: 'LoginFailure', message: expect.stringMatching(message) });
      expect(mock.requests).toHaveLength(0);
    });
  });
});
