import type { Credential } from '../account.js';
import { replay, ScriptedVendor, type ScriptedReply } from '../conformance/scripted-vendor.js';
import { UpstreamHttp } from '../http/upstream-http.js';
import { renewTokens } from './renew-tokens.js';

const NOW_MS = Date.UTC(2026, 0, 1);
const OLD: Credential = {
  kind: 'oauth',
  secret: 'old-access',
  expiresAtMs: NOW_MS,
  details: { seed: 'first', refreshToken: 'old-refresh', email: 'ada@example.org' },
};

describe('renewTokens', () => {
  let http: UpstreamHttp;
  let vendor: ScriptedVendor;

  beforeEach(async () => {
    http = new UpstreamHttp();
    vendor = await ScriptedVendor.open(replay({ status: 500, chunks: [] }));
  });

  afterEach(async () => {
    await http.destroy();
    await vendor.close();
  });

  function renew(reply: ScriptedReply, credential = OLD): Promise<Credential> {
    vendor.answer(replay(reply));
    return renewTokens({
      http,
      credential,
      account: {
        id: 'mine',
        provider: 'acme',
        settings: {},
        headers: {},
        transport: { timeouts: { connectMs: 10_000, firstByteMs: 10_000, idleMs: 10_000 } },
      },
      url: `${vendor.origin}/token`,
      body: (refreshToken) => ({ grant_type: 'refresh_token', refresh_token: refreshToken }),
      signal: new AbortController().signal,
      nowMs: NOW_MS,
    });
  }

  const answer = (status: number, body: object): ScriptedReply => ({ status, chunks: [JSON.stringify(body)] });

  it('takes over a refresh token that was rotated, and what is known of the login', async () => {
    const renewed = await renew(
      answer(200, { access_token: 'new-access', refresh_token: 'new-refresh', expires_in: 60 }),
    );

    expect(vendor.seen[0]?.body.toString()).toBe('{"grant_type":"refresh_token","refresh_token":"old-refresh"}');
    expect(renewed).toEqual({
      kind: 'oauth',
      secret: 'new-access',
      expiresAtMs: NOW_MS + 60_000,
      details: { seed: 'first', refreshToken: 'new-refresh', email: 'ada@example.org' },
    });
  });

  it.each([
    ['empty', { access_token: 'new-access', refresh_token: '' }],
    ['absent', { access_token: 'new-access' }],
  ])('keeps the refresh token where the new one is %s, and lasts an hour where nobody says', async (_name, body) => {
    expect(await renew(answer(200, body))).toMatchObject({
      expiresAtMs: NOW_MS + 3_600_000,
      details: { refreshToken: 'old-refresh' },
    });
  });

  it.each<[string, ScriptedReply]>([
    ['is invalid', answer(400, { error: 'invalid_grant' })],
    ['was used by another process', answer(401, { error: { code: 'refresh_token_reused', message: 'old-refresh' } })],
    ['is refused without a word', { status: 401, chunks: [] }],
    ['is refused as forbidden', answer(403, { error: 'access_denied' })],
  ])('says that only a new login helps when the refresh token %s', async (_name, reply) => {
    const failure: Error = await renew(reply).then(
      () => new Error('renewed'),
      (error: Error) => error,
    );

    expect(failure).toMatchObject({ kind: 'upstream_auth_failed' });
    expect(failure.message).toMatch(
      /^The login of the account "mine" has ended: .*"npx sluice login acme --account mine"\.$/,
    );
    expect(failure.message).not.toContain('old-refresh');
  });

  it.each<[string, ScriptedReply, string]>([
    ['the vendor is unwell', answer(503, { error: 'invalid_grant' }), 'upstream_overloaded'],
    ['the vendor has failed', { status: 500, chunks: ['<html>'] }, 'upstream_error'],
    ['a front door wants a browser', { status: 403, chunks: ['<html>'] }, 'upstream_error'],
    ['it was asked too often', { status: 429, headers: { 'retry-after': '7' }, chunks: [] }, 'upstream_rate_limited'],
    ['the answer has no token', answer(200, {}), 'upstream_invalid_response'],
  ])('says nothing of the login when %s', async (_name, reply, kind) => {
    await expect(renew(reply)).rejects.toMatchObject({ kind });
  });

  it('hands on when to come back', async () => {
    const reply = { status: 429, headers: { 'retry-after': '7' }, chunks: [] };

    await expect(renew(reply)).rejects.toMatchObject({ retryAfterMs: 7_000 });
  });

  it('asks nobody without a refresh token', async () => {
    await expect(renew(answer(200, {}), { kind: 'oauth', secret: 'alone' })).rejects.toMatchObject({
      kind: 'upstream_auth_failed',
    });
    expect(vendor.seen).toEqual([]);
  });
});
