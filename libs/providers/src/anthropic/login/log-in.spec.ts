import { createHash } from 'node:crypto';
import { startMockUpstream, type MockUpstream } from '@sluice/mock-upstream';
import { UpstreamHttp, type Account, type LoginWish } from '@sluice/provider-kit';
import { FakeClock } from '@sluice/testing';
import { AnthropicProvider } from '../anthropic.provider.js';
import { AnthropicSettings } from '../settings.js';
import { logIn } from './log-in.js';
import { CALLBACK } from './oauth-client.js';

const NOW_MS = Date.UTC(2026, 0, 1);
const SCOPE = 'user:profile user:inference user:sessions:claude_code user:mcp_servers user:file_upload';
const CLIENT_ID = '9d1c250a-e61b-44d9-88ed-5944d1962f5e';

describe('a login at Anthropic', () => {
  let http: UpstreamHttp;
  let mock: MockUpstream;
  let clock: FakeClock;
  let said: string[];
  let opened: URL[];

  beforeEach(async () => {
    http = new UpstreamHttp();
    mock = await startMockUpstream();
    clock = new FakeClock(NOW_MS);
    [said, opened] = [[], []];
  });

  afterEach(async () => {
    await http.destroy();
    await mock.stop();
  });

  const account = (): Account => ({
    id: 'claude',
    provider: 'anthropic',
    settings: AnthropicSettings.parse({
      login: true,
      baseUrl: mock.url,
      endpoints: { token: `${mock.url}/v1/oauth/token` },
    }),
    headers: {},
    transport: { timeouts: { connectMs: 10_000, firstByteMs: 10_000, idleMs: 10_000 } },
  });

  /** @param paste what the person types, given the page that they were sent to */
  function begin(wish: LoginWish = {}, paste: (page: URL) => string = (page) => `the-code#${stateOf(page)}`) {
    const screen = {
      say: (sentence: string) => void said.push(sentence),
      open: (address: string) => void opened.push(new URL(address)),
      ask: async () => paste(opened[0] ?? new URL('about:blank')),
    };
    const signal = new AbortController().signal;
    return logIn(wish, { http, clock, account: account(), screen, signal }, { ...CALLBACK, ports: [0] });
  }

  const stateOf = (page: URL): string => page.searchParams.get('state') ?? '';
  const sent = () => mock.requests.map(({ path, body }) => [path, JSON.parse(body.toString())]);

  it('asks in JSON, with the proof that belongs to the page', async () => {
    const login = await begin();

    const [page] = opened;
    const query = Object.fromEntries(page?.searchParams ?? []);
    const [[path, body] = []] = sent();
    expect(`${page?.origin}${page?.pathname}`).toBe('https://claude.ai/oauth/authorize');
    expect(query).toEqual({
      code: 'true',
      client_id: CLIENT_ID,
      response_type: 'code',
      redirect_uri: expect.stringMatching(/^http:\/\/localhost:\d+\/callback$/),
      scope: SCOPE,
      code_challenge: createHash('sha256').update(body.code_verifier).digest('base64url'),
      code_challenge_method: 'S256',
      state: expect.any(String),
    });
    expect(path).toBe('/v1/oauth/token');
    expect(body).toEqual({
      grant_type: 'authorization_code',
      code: 'the-code',
      state: query['state'],
      client_id: CLIENT_ID,
      redirect_uri: query['redirect_uri'],
      code_verifier: expect.stringMatching(/^[\w-]{128}$/),
    });
    expect(login).toMatchObject({
      summary: 'subscription of ada@example.org',
      members: { login: true },
      credential: {
        kind: 'oauth',
        secret: expect.stringMatching(/^sk-ant-oat01-mock-/),
        expiresAtMs: NOW_MS + 28_800_000,
        details: { refreshToken: expect.stringMatching(/^sk-ant-ort01-mock-/), email: 'ada@example.org' },
      },
    });
  });

  it('says first what such a login is for', async () => {
    await begin();

    expect(said[0]).toMatch(/licensed for its owner/);
  });

  it.each<[string, (page: URL) => string, RegExp]>([
    [
      'refused',
      (page) => `${page.searchParams.get('redirect_uri')}?error=access_denied&state=${stateOf(page)}`,
      /no code/,
    ],
    ['of another login', () => 'the-code#another', /no code/],
  ])('does not end with an answer that is %s', async (_name, paste, message) => {
    await expect(begin({}, paste)).rejects.toThrow(message);
    expect(mock.requests).toEqual([]);
  });

  it('ends when the code has run out, in the vendor’s words', async () => {
    mock.next({ status: 400, code: 'invalid_grant', message: 'Code expired' });

    await expect(begin()).rejects.toThrow('The code from the browser was refused (400: invalid_grant, Code expired).');
  });

  it.each<[LoginWish, string]>([
    [{ method: 'google' }, '--method'],
    [{ flow: 'device' }, '--flow'],
  ])('refuses %j before anybody is asked', async (wish, flag) => {
    await expect(begin(wish)).rejects.toThrow(flag);
    expect(opened).toEqual([]);
  });

  describe('is renewed', () => {
    const renew = async (details: Record<string, string> = {}) => {
      const { credential } = await begin();
      const provider = new AnthropicProvider(http, clock);
      const old = { ...credential, details: { ...credential.details, ...details } };
      return { old, renewed: await provider.refreshCredential(old, account(), new AbortController().signal) };
    };

    it('in JSON, and is the same login after it', async () => {
      const { old, renewed } = await renew();

      expect(sent()[1]).toEqual([
        '/v1/oauth/token',
        { grant_type: 'refresh_token', refresh_token: old.details?.refreshToken, client_id: CLIENT_ID, scope: SCOPE },
      ]);
      expect(renewed.secret).not.toBe(old.secret);
      expect(renewed.details?.['refreshToken']).not.toBe(old.details?.refreshToken);
      expect(renewed.details?.['seed']).toBe(old.details?.seed);
    });

    it.each([
      [400, 'upstream_auth_failed'],
      [503, 'upstream_overloaded'],
    ])('unless the vendor answers %i', async (status, kind) => {
      mock.script([{}, { status }]);

      await expect(renew()).rejects.toMatchObject({ kind });
    });
  });
});
