import { createHash } from 'node:crypto';
import { startMockUpstream, type MockUpstream } from '@sluice/mock-upstream';
import { UpstreamHttp, type LoginTools, type LoginWish } from '@sluice/provider-kit';
import { FakeClock } from '@sluice/testing';
import { KiroSettings } from '../../settings.js';
import { logIn } from './log-in.js';

const NOW_MS = Date.UTC(2026, 0, 1);
const HOUR_MS = 3_600_000;
const IDC: LoginWish = { startUrl: 'https://acme.awsapps.com/start/#/?tab=accounts', region: 'eu-west-1' };
const PENDING = { status: 400, code: 'authorization_pending' };

describe('logIn', () => {
  let http: UpstreamHttp;
  let mock: MockUpstream;
  let clock: FakeClock;
  let waits: number[];
  let opened: string[];
  let said: string[];
  let giveUp: AbortController;

  beforeEach(async () => {
    http = new UpstreamHttp();
    mock = await startMockUpstream();
    clock = new FakeClock(NOW_MS);
    [waits, opened, said] = [[], [], []];
    giveUp = new AbortController();
  });

  afterEach(async () => {
    await http.destroy();
    await mock.stop();
  });

  function tools(open: (address: string) => void = () => {}): LoginTools {
    const { url } = mock;
    return {
      http,
      clock,
      signal: giveUp.signal,
      pause: async (ms) => {
        giveUp.signal.throwIfAborted();
        waits.push(ms);
        clock.advance(ms);
      },
      screen: {
        say: (sentence) => said.push(sentence),
        open: (address) => {
          opened.push(address);
          open(address);
        },
      },
      account: {
        id: 'kiro-1',
        provider: 'kiro',
        settings: KiroSettings.parse({ endpoints: { oidc: url, socialAuth: url } }),
        headers: {},
        transport: { timeouts: { connectMs: 10_000, firstByteMs: 10_000, idleMs: 10_000 } },
      },
    };
  }

  const sent = (path: string) =>
    mock.requests.filter((request) => request.path === path).map(({ body }) => JSON.parse(body.toString()));
  const queryOf = (address: string) => Object.fromEntries(new URL(address).searchParams);

  /** As a browser does that comes back with an answer. */
  const comeBack = (answer: Record<string, string>) => (address: string) => {
    const { redirect_uri: back = '', state = '' } = queryOf(address);
    void fetch(`${back}?${new URLSearchParams({ state, ...answer })}`, { headers: { connection: 'close' } });
  };

  describe('at single sign-on, by a code on any device', () => {
    it('84: waits until it is confirmed, slower when told so', async () => {
      mock.script([{}, {}, PENDING, { status: 400, code: 'slow_down' }, PENDING]);

      const login = await logIn(IDC, tools());

      expect(waits).toEqual([1_000, 1_000, 6_000, 6_000]);
      expect(said).toEqual(['Confirm the code MOCK-CODE in a browser:']);
      expect(opened).toEqual(['https://login.example.org/device?user_code=MOCK-CODE']);
      const [{ clientId, clientSecret, deviceCode }] = sent('/token');
      expect(sent('/device_authorization')).toEqual([
        { clientId, clientSecret, startUrl: 'https://acme.awsapps.com/start' },
      ]);
      expect(sent('/token').at(-1)).toEqual({
        clientId,
        clientSecret,
        deviceCode,
        grantType: 'urn:ietf:params:oauth:grant-type:device_code',
      });
      expect(login).toEqual({
        authMethod: 'idc',
        accessToken: expect.stringMatching(/^aoaMock/),
        refreshToken: expect.stringMatching(/^aorMock/),
        expiresAtMs: clock.now() + HOUR_MS,
        clientId,
        clientSecret,
        clientExpiresAtMs: 4_070_908_800_000,
        startUrl: 'https://acme.awsapps.com/start',
        region: 'eu-west-1',
        identityProvider: 'Enterprise',
      });
    });

    it('registers a client that may only do what chat needs', async () => {
      await logIn({}, tools());

      expect(sent('/client/register')).toMatchObject([
        {
          clientType: 'public',
          issuerUrl: 'https://view.awsapps.com/start',
          grantTypes: ['urn:ietf:params:oauth:grant-type:device_code', 'refresh_token'],
          scopes: expect.not.arrayContaining(['sso:account:access']),
        },
      ]);
    });

    it('survives lost answers, but not five in a row', async () => {
      mock.script([{}, {}, { status: 503 }, { resetBeforeHead: true }, {}]);
      await logIn({}, tools());

      mock.script([{}, {}, ...Array.from({ length: 5 }, () => ({ status: 503 }))]);
      await expect(logIn({}, tools())).rejects.toThrow(/could not be asked 5 times/);
    });

    it.each([
      ['nobody confirms in time', undefined, /not confirmed in time/],
      ['the code runs out', { status: 400, code: 'expired_token' }, /has run out/],
      ['the person says no', { status: 400, code: 'access_denied' }, /refused in the browser/],
      [
        'the client is unknown',
        { status: 400, code: 'invalid_client', message: 'Invalid client provided' },
        /400: invalid_client, Invalid client/,
      ],
    ])('ends when %s', async (_name, answer, message) => {
      const stop = mock.when(({ path }) => path === '/token', answer ?? PENDING);

      await expect(logIn({}, tools())).rejects.toThrow(message);

      stop();
      expect(clock.now() - NOW_MS).toBeLessThanOrEqual(600_000);
    });

    it('ends when the person gives up', async () => {
      mock.when(({ path }) => path === '/token', PENDING);
      const login = logIn(
        {},
        tools(() => giveUp.abort(new Error('given up'))),
      );

      await expect(login).rejects.toThrow('given up');
      expect(sent('/token')).toEqual([]);
    });
  });

  it('logs in at single sign-on by a browser that comes back', async () => {
    const login = await logIn({ ...IDC, flow: 'code' }, tools(comeBack({ code: 'the-code' })));

    const [grant] = sent('/token');
    const query = queryOf(opened[0] ?? '');
    expect(grant).toMatchObject({
      grantType: 'authorization_code',
      code: 'the-code',
      redirectUri: query['redirect_uri'],
    });
    expect(query).toMatchObject({
      response_type: 'code',
      client_id: grant.clientId,
      code_challenge_method: 'S256',
      code_challenge: createHash('sha256').update(grant.codeVerifier).digest('base64url'),
      scopes: expect.stringContaining('codewhisperer:completions'),
    });
    expect(query['redirect_uri']).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/oauth\/callback$/);
    expect(sent('/client/register')).toMatchObject([
      { grantTypes: ['authorization_code', 'refresh_token'], redirectUris: [query['redirect_uri']] },
    ]);
    expect(login).toMatchObject({ authMethod: 'idc', clientId: grant.clientId, region: 'eu-west-1' });
  });

  it.each([
    ['google', 'Google'],
    ['github', 'Github'],
  ])('logs in at %s by a code on any device', async (method, identityProvider) => {
    mock.script([{}, { body: '{"status":"authorization_pending"}' }]);

    const login = await logIn({ method }, tools());

    expect(sent('/oauth/device/authorization')).toEqual([{ clientId: 'kiro-cli', loginProvider: identityProvider }]);
    expect(waits).toEqual([1_000, 1_000]);
    expect(login).toEqual({
      authMethod: 'social',
      accessToken: expect.stringMatching(/^aoaMock/),
      refreshToken: expect.stringMatching(/^aorMock/),
      profileArn: 'arn:aws:codewhisperer:us-east-1:111122223333:profile/MOCKPROFILE00',
      expiresAtMs: clock.now() + HOUR_MS,
      identityProvider,
    });
  });

  it.each([
    ['expired_token', /has run out/],
    ['access_denied', /refused in the browser/],
  ])('ends a social login that is told %s', async (status, message) => {
    mock.script([{}, { body: JSON.stringify({ status }) }]);

    await expect(logIn({ method: 'google' }, tools())).rejects.toThrow(message);
  });

  it('logs in at Google by a browser that comes back to a port that is known there', async () => {
    const login = await logIn({ method: 'google', flow: 'code' }, tools(comeBack({ code: 'the-code' })));

    const [grant] = sent('/oauth/token');
    const query = queryOf(opened[0] ?? '');
    expect(new URL(opened[0] ?? '').pathname).toBe('/login');
    expect(query).toMatchObject({
      idp: 'Google',
      prompt: 'select_account',
      code_challenge: createHash('sha256').update(grant.code_verifier).digest('base64url'),
    });
    expect(['3128', '4649', '6588', '8008', '9091', '49153', '50153', '51153', '52153', '53153']).toContain(
      new URL(query['redirect_uri'] ?? '').port,
    );
    expect(grant).toMatchObject({ code: 'the-code', redirect_uri: query['redirect_uri'] });
    expect(login).toMatchObject({ authMethod: 'social', identityProvider: 'Google' });
  });

  it('takes a refusal in the browser for one', async () => {
    const login = logIn({ ...IDC, flow: 'code' }, tools(comeBack({ error: 'access_denied' })));

    await expect(login).rejects.toThrow(/refused \(access_denied\)/);
  });

  it('takes no answer that belongs to another login', async () => {
    const statuses: number[] = [];
    const login = logIn(
      { ...IDC, flow: 'code' },
      tools((address) => {
        const { redirect_uri: back = '' } = queryOf(address);
        void fetch(`${back}?state=another&code=stolen`).then((answer) => {
          statuses.push(answer.status);
          comeBack({ code: 'mine' })(address);
        });
      }),
    );

    await login;
    expect(statuses).toEqual([400]);
    expect(sent('/token')).toMatchObject([{ code: 'mine' }]);
  });

  it.each<[LoginWish, RegExp]>([
    [{ method: 'facebook' }, /^--method must be one of builder-id, idc, google, github\.$/],
    [{ flow: 'telepathy' }, /^--flow must be one of device, code\.$/],
    [{ region: 'moon' }, /^--region /],
    [{ method: 'idc' }, /^--start-url is needed/],
    [{ startUrl: 'http://acme.awsapps.com/start' }, /^--start-url must be an https/],
    [{ method: 'google', startUrl: 'https://acme.awsapps.com/start' }, /^--start-url belongs to --method idc/],
  ])('refuses %j before anybody is asked', async (wish, message) => {
    await expect(logIn(wish, tools())).rejects.toThrow(message);
    expect(mock.requests).toEqual([]);
  });
});
