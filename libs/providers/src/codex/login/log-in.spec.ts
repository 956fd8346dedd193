import { createHash } from 'node:crypto';
import { startMockUpstream, type MockUpstream } from '@sluice/mock-upstream';
import { UpstreamHttp, type Account, type LoginWish } from '@sluice/provider-kit';
import { FakeClock } from '@sluice/testing';
import { CodexProvider } from '../codex.provider.js';
import { CodexSettings } from '../settings.js';
import { logIn } from './log-in.js';
import { CALLBACK } from './oauth-client.js';

const NOW_MS = Date.UTC(2026, 0, 1);
const CLIENT_ID = 'app_EMoamEEZ73f0CkXaXp7hrann';
const ACCOUNT_ID = '00000000-0000-4000-8000-00000000c0de';

describe('a login at ChatGPT', () => {
  let http: UpstreamHttp;
  let mock: MockUpstream;
  let clock: FakeClock;
  let waits: number[];
  let said: string[];
  let opened: URL[];

  beforeEach(async () => {
    http = new UpstreamHttp();
    mock = await startMockUpstream();
    clock = new FakeClock(NOW_MS);
    [waits, said, opened] = [[], [], []];
  });

  afterEach(async () => {
    await http.destroy();
    await mock.stop();
  });

  const account = (): Account => ({
    id: 'plan',
    provider: 'codex',
    settings: CodexSettings.parse({ endpoints: { auth: mock.url } }),
    headers: {},
    transport: { timeouts: { connectMs: 10_000, firstByteMs: 10_000, idleMs: 10_000 } },
  });

  /** @param browser what it does with the page that it is sent to */
  function begin(wish: LoginWish, browser: (page: URL) => void = () => {}) {
    const screen = {
      say: (sentence: string) => void said.push(sentence),
      open: (address: string) => {
        const page = new URL(address);
        opened.push(page);
        browser(page);
      },
    };
    const pause = async (ms: number): Promise<void> => {
      waits.push(ms);
      clock.advance(ms);
    };
    const signal = new AbortController().signal;
    return logIn(wish, { http, clock, pause, account: account(), screen, signal }, { ...CALLBACK, ports: [0] });
  }

  const comeBack = (answer: Record<string, string>) => (page: URL) => {
    const { redirect_uri: back = '', state = '' } = Object.fromEntries(page.searchParams);
    void fetch(`${back.replace('localhost', '127.0.0.1')}?${new URLSearchParams({ state, ...answer })}`, {
      headers: { connection: 'close' },
    });
  };
  const formsSent = () =>
    mock.requests
      .filter(({ path }) => path === '/oauth/token')
      .map(({ body }) => Object.fromEntries(new URLSearchParams(body.toString())));

  it('asks with a form, with the proof that belongs to the page', async () => {
    const login = await begin({}, comeBack({ code: 'the-code' }));

    const [page] = opened;
    const query = Object.fromEntries(page?.searchParams ?? []);
    const [form = {}] = formsSent();
    expect(page?.pathname).toBe('/oauth/authorize');
    expect(query).toEqual({
      response_type: 'code',
      client_id: CLIENT_ID,
      redirect_uri: expect.stringMatching(/^http:\/\/localhost:\d+\/auth\/callback$/),
      scope: 'openid email profile offline_access',
      code_challenge: createHash('sha256')
        .update(form['code_verifier'] ?? '')
        .digest('base64url'),
      code_challenge_method: 'S256',
      state: expect.any(String),
      prompt: 'login',
      id_token_add_organizations: 'true',
      codex_cli_simplified_flow: 'true',
    });
    expect(form).toEqual({
      grant_type: 'authorization_code',
      client_id: CLIENT_ID,
      code: 'the-code',
      redirect_uri: query['redirect_uri'],
      code_verifier: expect.stringMatching(/^[\w-]{128}$/),
    });
    expect(login).toMatchObject({
      summary: 'ChatGPT plus of ada@example.org',
      credential: {
        kind: 'oauth',
        expiresAtMs: NOW_MS + 3_600_000,
        details: { accountId: ACCOUNT_ID, plan: 'plus', refreshToken: expect.stringMatching(/^codex-refresh-/) },
      },
    });
    expect(said[0]).toMatch(/licensed for its owner/);
  });

  it('ends when the person refuses, and when the code has run out', async () => {
    await expect(begin({}, comeBack({ error: 'access_denied' }))).rejects.toThrow('refused (access_denied)');

    mock.next({ status: 400, code: 'invalid_grant' });
    await expect(begin({}, comeBack({ code: 'late' }))).rejects.toThrow('The code from the browser was refused (400');
  });

  it('is no use without a ChatGPT account', async () => {
    mock.next({ body: '{"access_token":"a","refresh_token":"r","id_token":"e30.e30.x"}' });

    await expect(begin({}, comeBack({ code: 'c' }))).rejects.toThrow('belongs to no ChatGPT account');
  });

  it('waits for a code that is typed in anywhere', async () => {
    mock.script([{}, { status: 403 }, { status: 404 }, { status: 503 }]);

    const login = await begin({ flow: 'device' });

    expect(waits).toEqual([1_000, 1_000, 1_000, 1_000]);
    expect(said.at(-1)).toBe('Type the code MOCK-CODE into a browser:');
    expect(opened[0]?.pathname).toBe('/codex/device');
    expect(formsSent()).toEqual([
      {
        grant_type: 'authorization_code',
        client_id: CLIENT_ID,
        code: expect.stringMatching(/^code-/),
        redirect_uri: `${mock.url}/deviceauth/callback`,
        code_verifier: expect.stringMatching(/^verifier-/),
      },
    ]);
    expect(login.credential.details).toMatchObject({ accountId: ACCOUNT_ID });
  });

  it.each([
    ['nobody confirms within a quarter of an hour', { status: 403 }, /not confirmed in time/],
    ['the code runs out', { status: 400, code: 'expired_token' }, /has run out/],
    ['it is refused', { status: 400, code: 'access_denied' }, /was refused/],
  ])('by a typed code ends when %s', async (_name, answer, message) => {
    mock.when(({ path }) => path === '/api/accounts/deviceauth/token', answer);

    await expect(begin({ flow: 'device' })).rejects.toThrow(message);
    expect(clock.now() - NOW_MS).toBeLessThanOrEqual(900_000);
  });

  it.each<[LoginWish, string]>([
    [{ method: 'google' }, '--method'],
    [{ flow: 'telepathy' }, '--flow must be one of code, device.'],
  ])('refuses %j before anybody is asked', async (wish, message) => {
    await expect(begin(wish)).rejects.toThrow(message);
    expect(mock.requests).toEqual([]);
  });

  describe('is renewed', () => {
    const renew = async () => {
      const { credential } = await begin({}, comeBack({ code: 'c' }));
      const renewed = await new CodexProvider(http, clock).refreshCredential(
        credential,
        account(),
        new AbortController().signal,
      );
      return { credential, renewed };
    };

    it('with a form, and is the same login after it', async () => {
      const { credential, renewed } = await renew();

      expect(formsSent()[1]).toEqual({
        client_id: CLIENT_ID,
        grant_type: 'refresh_token',
        refresh_token: credential.details?.['refreshToken'],
        scope: 'openid profile email',
      });
      expect(renewed.secret).not.toBe(credential.secret);
      expect(renewed.details).toEqual({
        ...credential.details,
        refreshToken: expect.not.stringMatching(String(credential.details?.['refreshToken'])),
      });
    });

    it.each([
      [
        'the refresh token was used by somebody else',
        { status: 401, code: 'refresh_token_reused' },
        'upstream_auth_failed',
      ],
      ['the vendor is unwell', { status: 503 }, 'upstream_overloaded'],
    ])('unless %s', async (_name, answer, kind) => {
      mock.script([{}, answer]);

      await expect(renew()).rejects.toMatchObject({ kind });
    });
  });
});
