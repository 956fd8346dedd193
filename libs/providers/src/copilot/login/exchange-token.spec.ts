import { SilentLogger, type JsonObject } from '@sluice/core';
import { UpstreamHttp, type Credential } from '@sluice/provider-kit';
import { replay, ScriptedVendor, type ScriptedReply } from '@sluice/provider-kit/conformance';
import { exchangeToken } from './exchange-token.js';

const NOW_MS = Date.UTC(2026, 0, 1);
const NOW_S = NOW_MS / 1_000;
/** Written from the vendor's answers as other clients describe them. */
const GRANTED = {
  token: 'tid=1;exp=1767227400;sku=monthly_subscriber_quota',
  expires_at: NOW_S + 1_800,
  refresh_in: 1_500,
  endpoints: {
    api: 'https://api.individual.githubcopilot.com',
    proxy: 'https://proxy.individual.githubcopilot.com',
    telemetry: 'https://telemetry.individual.githubcopilot.com',
  },
  chat_enabled: true,
  sku: 'monthly_subscriber_quota',
};
const LOGIN: Credential = {
  kind: 'oauth',
  secret: 'tid=0',
  expiresAtMs: 0,
  details: { githubToken: 'ghu_1', seed: 's', login: 'octocat', apiBaseUrl: 'https://api.githubcopilot.com' },
};
const answering = (body: JsonObject, changes: Partial<ScriptedReply> = {}): ScriptedReply => ({
  status: 200,
  headers: { 'content-type': 'application/json' },
  chunks: [JSON.stringify(body)],
  ...changes,
});

class RecordingLogger extends SilentLogger {
  readonly warned: string[] = [];
  override warn(message?: string): void {
    this.warned.push(message ?? '');
  }
}

describe('exchangeToken', () => {
  let http: UpstreamHttp;
  let vendor: ScriptedVendor;
  let logger: RecordingLogger;

  beforeEach(async () => {
    http = new UpstreamHttp();
    vendor = await ScriptedVendor.open(replay(answering(GRANTED)));
    logger = new RecordingLogger();
  });

  afterEach(async () => {
    await http.destroy();
    await vendor.close();
  });

  function exchange(
    { settings = {}, credential = LOGIN }: { settings?: JsonObject; credential?: Credential } = {},
    signal = new AbortController().signal,
  ): Promise<Credential> {
    const account = {
      id: 'copilot-1',
      provider: 'copilot',
      settings: { endpoints: { api: vendor.origin }, ...settings },
      headers: {},
      transport: { timeouts: { connectMs: 10_000, firstByteMs: 10_000, idleMs: 10_000 } },
    };
    return exchangeToken({ http, account, credential, signal, nowMs: NOW_MS, logger });
  }

  it('asks with the GitHub token, and keeps all else of the login', async () => {
    const renewed = await exchange();

    expect(vendor.seen[0]).toMatchObject({ method: 'GET', url: '/copilot_internal/v2/token' });
    expect(vendor.seen[0]?.headers.authorization).toBe('token ghu_1');
    expect(renewed).toEqual({
      kind: 'oauth',
      secret: GRANTED.token,
      // five minutes, in which it is renewed in the background, after a minute before the vendor's own word
      expiresAtMs: NOW_MS + (1_500 - 60 + 300) * 1_000,
      details: {
        githubToken: 'ghu_1',
        seed: 's',
        login: 'octocat',
        apiBaseUrl: 'https://api.individual.githubcopilot.com',
        endsAtMs: String(NOW_MS + 1_800_000),
      },
    });
  });

  it.each([
    ['a clock that is wrong', { ...GRANTED, expires_at: NOW_S - 86_400 }, NOW_MS + 1_740_000],
    ['no word on when to renew', { ...GRANTED, refresh_in: undefined }, NOW_MS + 1_740_000],
    ['a word that would mean to ask all the time', { ...GRANTED, refresh_in: 1 }, NOW_MS + 420_000],
    ['no end', { ...GRANTED, expires_at: undefined }, NOW_MS + 1_740_000],
  ])('copes with %s', async (_case, answer, expiresAtMs) => {
    vendor.answer(replay(answering(answer)));

    expect((await exchange()).expiresAtMs).toBe(expiresAtMs);
  });

  it.each([
    ['a stranger', 'https://evil.example'],
    ['this network', 'http://169.254.169.254'],
  ])('is not led to %s, and says so', async (_case, api) => {
    vendor.answer(replay(answering({ ...GRANTED, endpoints: { api } })));

    const { details } = await exchange();

    expect(details).not.toHaveProperty('apiBaseUrl');
    expect(logger.warned).toHaveLength(1);
  });

  it("is silent about hosts where the operator's word counts anyway", async () => {
    vendor.answer(replay(answering({ ...GRANTED, endpoints: { api: 'https://evil.example' } })));

    const { details } = await exchange({ settings: { baseUrl: 'http://127.0.0.1:1' } });

    expect(details).not.toHaveProperty('apiBaseUrl');
    expect(logger.warned).toEqual([]);
  });

  it.each([
    [
      'is dead',
      answering({ message: 'Bad credentials' }, { status: 401 }),
      'upstream_auth_failed',
      /must log in again/,
    ],
    [
      'has no plan',
      answering({ error_details: { message: 'Buy it.', url: 'u' } }, { status: 403 }),
      'upstream_auth_failed',
      /has no access to Copilot: Buy it\./,
    ],
    [
      'is unknown to Copilot',
      answering({ message: 'Not Found' }, { status: 404 }),
      'upstream_auth_failed',
      /no access/,
    ],
    ['may not chat', answering({ ...GRANTED, chat_enabled: false }), 'upstream_auth_failed', /no access/],
    ['is asked too often', answering({}, { status: 429 }), 'upstream_rate_limited', /for now/],
    ['meets a fault', answering({}, { status: 503 }), 'upstream_overloaded', /HTTP 503/],
    ['gets no token', answering({ ...GRANTED, token: '' }), 'upstream_invalid_response', /without a token/],
    [
      'gets one without an end',
      answering({ token: 't', refresh_in: 0 }),
      'upstream_invalid_response',
      /without an end/,
    ],
  ])('says what is wrong with a login that %s', async (_case, reply, kind, message) => {
    vendor.answer(replay(reply));

    const failure = exchange();

    await expect(failure).rejects.toMatchObject({
      name: 'GatewayError',
      kind,
      message: expect.stringMatching(message),
    });
    await expect(failure).rejects.not.toThrow('ghu_1');
  });

  it.each([
    ['retry-after', { 'retry-after': '61' }],
    ['an empty account', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(NOW_S + 61) }],
  ])('takes a refusal with %s for a limit, not for a lost plan', async (_case, headers) => {
    vendor.answer(replay(answering({ message: 'slow' }, { status: 403, headers })));

    await expect(exchange()).rejects.toMatchObject({ kind: 'upstream_rate_limited', retryAfterMs: 61_000 });
  });

  it('asks nobody for a login without a GitHub token', async () => {
    await expect(exchange({ credential: { kind: 'oauth', secret: 's' } })).rejects.toMatchObject({
      kind: 'upstream_auth_failed',
    });
    expect(vendor.seen).toHaveLength(0);
  });
});
