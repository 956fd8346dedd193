import type { Account, UpstreamHttp, UpstreamRequest } from '@sluice/provider-kit';
import { sourceOf } from '@sluice/streaming';
import type { KiroLogin } from '../login/kiro-login.js';
import { KiroSettings } from '../settings.js';
import { askForRenewal } from './ask-for-renewal.js';

const NOW_MS = Date.UTC(2026, 0, 1);
const EXTERNAL: KiroLogin = {
  authMethod: 'external_idp',
  refreshToken: 'old refresh',
  clientId: 'client',
  tokenEndpoint: 'https://login.microsoftonline.com/tenant/oauth2/v2.0/token',
};
const IDC: KiroLogin = { authMethod: 'idc', refreshToken: 'aor', clientId: 'i', clientSecret: 's' };

/** Its hosts cannot be reached from a test, so the connection is a script. */
function ask(login: KiroLogin, value: object, places = { login: {}, all: {} }) {
  const sent: UpstreamRequest[] = [];
  const http = {
    send: async (request: UpstreamRequest) => {
      sent.push(request);
      return { status: 200, headers: {}, body: sourceOf([Buffer.from(JSON.stringify(value))]) };
    },
  } as unknown as UpstreamHttp; // all of it that is used
  const account: Account = {
    id: 'kiro-1',
    provider: 'kiro',
    settings: KiroSettings.parse({}),
    headers: {},
    transport: { timeouts: { connectMs: 1, firstByteMs: 1, idleMs: 1 } },
  };
  const { signal } = new AbortController();
  const renewal = askForRenewal({ http, account, login, machineId: 'm', places, signal, nowMs: NOW_MS });
  return { sent, renewal };
}

describe('askForRenewal', () => {
  it('renews at an external identity provider, as OAuth is written', async () => {
    const { sent, renewal } = ask({ ...EXTERNAL, scope: 'a b' }, { access_token: 'new', expires_in: 60 });

    expect(await renewal).toEqual({ ...EXTERNAL, scope: 'a b', accessToken: 'new', expiresAtMs: NOW_MS + 60_000 });
    expect(sent).toMatchObject([
      {
        method: 'POST',
        url: EXTERNAL.tokenEndpoint,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      },
    ]);
    expect(Object.fromEntries(new URLSearchParams(String(sent[0]?.body)))).toEqual({
      grant_type: 'refresh_token',
      client_id: 'client',
      refresh_token: 'old refresh',
      scope: 'a b',
    });
  });

  it('85: renews in the region of the login', async () => {
    const places = { login: { region: 'eu-west-1' }, all: {} };
    const { sent, renewal } = ask(IDC, { accessToken: 'new' }, places);
    await renewal;

    expect(sent[0]?.url).toBe('https://oidc.eu-west-1.amazonaws.com/token');
  });

  it.each<[string, KiroLogin, RegExp]>([
    [
      'a client whose registration has ended',
      { ...IDC, clientExpiresAtMs: NOW_MS },
      /registration of its client has ended/,
    ],
    ['no client', { authMethod: 'idc', refreshToken: 'aor' }, /needs clientId and clientSecret/],
    ['no refresh token', { authMethod: 'social' }, /no refresh token/],
    ['a key', { authMethod: 'api_key', apiKey: 'ksk_1' }, /never renewed/],
    [
      'no endpoint',
      { authMethod: 'external_idp', refreshToken: 'r', clientId: 'c' },
      /needs clientId and tokenEndpoint/,
    ],
    [
      'an endpoint that nobody trusts',
      { ...EXTERNAL, tokenEndpoint: 'https://evil.example/token' },
      /none of the hosts/,
    ],
  ])('asks nobody with %s', async (_name, login, message) => {
    const { sent, renewal } = ask(login, { accessToken: 'new' });

    await expect(renewal).rejects.toMatchObject({
      refusal: { verdict: 'dead', error: { kind: 'upstream_auth_failed', message: expect.stringMatching(message) } },
    });
    expect(sent).toEqual([]);
  });

  it('asks with a client that is still registered', async () => {
    const { renewal } = ask({ ...IDC, clientExpiresAtMs: NOW_MS + 1 }, { accessToken: 'new', refreshToken: 'aor-2' });

    expect(await renewal).toMatchObject({ accessToken: 'new', refreshToken: 'aor-2', expiresAtMs: NOW_MS + 3_600_000 });
  });
});
