import { GatewayError, SilentLogger } from '@sluice/core';
import type { Credential } from '@sluice/provider-kit';
import { FakeClock } from '@sluice/testing';
import { declareAccount } from './__fixtures__/declare-account.js';
import { ScriptedProvider } from './__fixtures__/scripted-provider.js';
import { CredentialRefresher } from './credential-refresher.js';
import { CredentialSource, EXPIRY_MARGIN_MS, REFRESH_AHEAD_MS } from './credential-source.js';
import { CredentialStore, MemoryCredentialStore } from './credential-store.js';

const ACCOUNT = declareAccount('a', { credential: undefined });

/** Answers with a promise, as a store on a disk does. */
class SlowCredentialStore extends CredentialStore {
  readonly #memory = new MemoryCredentialStore();

  async get(accountId: string): Promise<Credential | undefined> {
    return this.#memory.get(accountId);
  }

  put(accountId: string, credential: Credential): Promise<void> {
    return this.#memory.put(accountId, credential);
  }

  delete(accountId: string): Promise<void> {
    return this.#memory.delete(accountId);
  }
}

function setUp(store: CredentialStore = new MemoryCredentialStore()) {
  const clock = new FakeClock();
  const never = (): AbortSignal => new AbortController().signal;
  const refresher = new CredentialRefresher(store, clock, new SilentLogger(), never);
  const provider = new ScriptedProvider();
  const source = new CredentialSource(store, refresher, clock);
  const token = (secret: string, leftMs: number): Credential => ({
    kind: 'oauth',
    secret,
    expiresAtMs: clock.now() + leftMs,
  });
  return { clock, store, provider, source, token };
}

/** Logins that are declared inline: each comes from a seed. */
function setUpLogin(store?: CredentialStore) {
  const world = setUp(store);
  const login = (seed: string | undefined, secret: string, leftMs: number): Credential => ({
    ...world.token(secret, leftMs),
    ...(seed !== undefined && { details: { seed } }),
  });
  const declare = (seed: string, leftMs: number) => {
    const declared = login(seed, `declared ${seed}`, leftMs);
    return { declared, declaration: declareAccount('a', { credential: declared }) };
  };
  return { ...world, login, declare };
}

describe('CredentialSource', () => {
  describe('current', () => {
    it('hands out a declared credential at once', () => {
      const { source, provider } = setUp();
      const credential: Credential = { kind: 'api-key', secret: 'k' };

      expect(source.current(declareAccount('a', { credential }), provider)).toBe(credential);
    });

    it('says how to log in when there is no credential', () => {
      const { source, provider } = setUp();

      expect(() => source.current(ACCOUNT, provider)).toThrow(/account "a" has no credential.*sluice login acme/);
      expect(() => source.current(ACCOUNT, provider)).toThrow(GatewayError);
    });

    it.each<[string, Partial<Credential>]>([
      ['does not expire', {}],
      ['expires later than the early renewal', { expiresAtMs: new FakeClock().now() + REFRESH_AHEAD_MS + 1 }],
    ])('hands out a stored credential at once that %s', async (_what, expiry) => {
      const { source, store, provider } = setUp();
      const stored = { kind: 'oauth', secret: 't1', ...expiry };
      await store.put('a', stored);

      expect(source.current(ACCOUNT, provider)).toBe(stored);
      expect(provider.renewals).toHaveLength(0);
    });

    it('waits for a store that does not answer at once', async () => {
      const { source, store, provider, token } = setUp(new SlowCredentialStore());
      const stored = token('t1', REFRESH_AHEAD_MS * 2);
      await store.put('a', stored);

      await expect(source.current(ACCOUNT, provider)).resolves.toBe(stored);
    });

    it('leaves the verdict to the vendor where a provider cannot renew', async () => {
      const { source, store, token } = setUp();
      const { descriptor, formats, send } = new ScriptedProvider();
      await store.put('a', token('old', -1));

      expect(source.current(ACCOUNT, { descriptor, formats, send })).toMatchObject({ secret: 'old' });
    });

    it('renews early, in the background, and uses the old one meanwhile', async () => {
      const { source, store, provider, token } = setUp();
      const [old, renewed] = [token('old', REFRESH_AHEAD_MS), token('new', REFRESH_AHEAD_MS * 10)];
      await store.put('a', old);

      expect(source.current(ACCOUNT, provider)).toBe(old);
      expect(source.current(ACCOUNT, provider)).toBe(old);
      expect(provider.renewals).toHaveLength(1);

      provider.lastRenewal.answer(renewed);
      await new Promise(setImmediate);
      expect(source.current(ACCOUNT, provider)).toBe(renewed);
    });

    it('keeps using the old one while it is good and renewing fails', async () => {
      const { source, store, provider, token } = setUp();
      const old = token('old', REFRESH_AHEAD_MS);
      await store.put('a', old);
      void source.current(ACCOUNT, provider);

      provider.lastRenewal.fail(new Error('connection reset'));
      await new Promise(setImmediate);

      expect(source.current(ACCOUNT, provider)).toBe(old);
    });

    it('waits for a new one when the old one has run out', async () => {
      const { source, store, provider, token } = setUp();
      await store.put('a', token('old', EXPIRY_MARGIN_MS));
      const renewed = token('new', REFRESH_AHEAD_MS * 10);

      const waiting = [source.current(ACCOUNT, provider), source.current(ACCOUNT, provider)];
      provider.lastRenewal.answer(renewed);

      expect(await Promise.all(waiting)).toEqual([renewed, renewed]);
      expect(provider.renewals).toHaveLength(1);
    });

    it('says that the login is dead when nothing good is left', async () => {
      const { source, store, provider, token } = setUp();
      await store.put('a', token('old', 0));

      const waiting = source.current(ACCOUNT, provider);
      const dead = new GatewayError({ kind: 'upstream_auth_failed', message: 'The login has been revoked.' });
      provider.lastRenewal.fail(dead);

      await expect(waiting).rejects.toBe(dead);
    });
  });

  describe('current, for a token that the vendor still takes', () => {
    const inLastMinutes = (token: (secret: string, leftMs: number) => Credential, now: number): Credential => ({
      ...token('old', 0),
      details: { endsAtMs: String(now + 240_000) },
    });

    it.each(['upstream_rate_limited', 'upstream_error', 'upstream_unreachable', 'upstream_silent'] as const)(
      'uses it on when renewing fails with %s, and does not try again at once',
      async (kind) => {
        const { source, store, provider, token, clock } = setUp();
        const old = inLastMinutes(token, clock.now());
        await store.put('a', old);

        const waiting = source.current(ACCOUNT, provider);
        provider.lastRenewal.fail(new GatewayError({ kind, message: 'no' }));

        expect(await waiting).toBe(old);
        expect(await source.current(ACCOUNT, provider)).toBe(old);
        expect(provider.renewals).toHaveLength(1);
      },
    );

    it('prefers the renewed one', async () => {
      const { source, store, provider, token, clock } = setUp();
      await store.put('a', inLastMinutes(token, clock.now()));
      const renewed = token('new', 3_600_000);

      const waiting = source.current(ACCOUNT, provider);
      provider.lastRenewal.answer(renewed);

      expect(await waiting).toBe(renewed);
    });

    it('says that the login is dead all the same', async () => {
      const { source, store, provider, token, clock } = setUp();
      await store.put('a', inLastMinutes(token, clock.now()));

      const waiting = source.current(ACCOUNT, provider);
      provider.lastRenewal.fail(new GatewayError({ kind: 'upstream_auth_failed', message: 'dead' }));

      await expect(waiting).rejects.toMatchObject({ kind: 'upstream_auth_failed' });
    });

    it('does not use it beyond its real end', async () => {
      const { source, store, provider, token, clock } = setUp();
      await store.put('a', inLastMinutes(token, clock.now()));
      clock.advance(240_000);

      const waiting = source.current(ACCOUNT, provider);
      provider.lastRenewal.fail(new GatewayError({ kind: 'upstream_error', message: 'no' }));

      await expect(waiting).rejects.toMatchObject({ kind: 'upstream_error' });
    });
  });

  describe('current, where tokens live only minutes', () => {
    /** One that lives 4 minutes, of which a provider like Kiro's counts none as good. */
    const shortLived = (secret: string, nowMs: number): Credential => ({
      kind: 'oauth',
      secret,
      expiresAtMs: Math.max(0, nowMs - 60_000),
      details: { endsAtMs: String(nowMs + 240_000) },
    });

    async function renewedNow(make: (secret: string, nowMs: number) => Credential) {
      const world = setUp();
      const { source, store, provider, clock, token } = world;
      await store.put('a', token('old', 0));
      const waiting = source.current(ACCOUNT, provider);
      const renewed = make('new', clock.now());
      provider.lastRenewal.answer(renewed);
      await waiting;
      return { ...world, renewed };
    }

    it.each<[string, (secret: string, nowMs: number) => Credential]>([
      ['counts as run out before its end', shortLived],
      ['runs out at its end', (secret, nowMs) => ({ kind: 'oauth', secret, expiresAtMs: nowMs + 240_000 })],
    ])('uses a token that %s for three quarters of its life, then renews it', async (_what, make) => {
      const { source, provider, clock, renewed } = await renewedNow(make);

      clock.advance(180_000);
      expect(source.current(ACCOUNT, provider)).toBe(renewed);
      expect(provider.renewals).toHaveLength(1);

      clock.advance(1);
      void source.current(ACCOUNT, provider);
      expect(provider.renewals).toHaveLength(2);
    });

    it('does not renew twice within ten seconds, whatever the vendor gave', async () => {
      const dead = (secret: string, nowMs: number): Credential => ({ kind: 'oauth', secret, expiresAtMs: nowMs });
      const { source, provider, clock, renewed } = await renewedNow(dead);

      clock.advance(9_999);
      expect(source.current(ACCOUNT, provider)).toBe(renewed);

      clock.advance(1);
      void source.current(ACCOUNT, provider);
      expect(provider.renewals).toHaveLength(2);
    });

    it('still renews a long-lived token five minutes ahead', async () => {
      const { source, provider, clock, renewed } = await renewedNow((secret, nowMs) => ({
        kind: 'oauth',
        secret,
        expiresAtMs: nowMs + 3_600_000,
      }));

      clock.advance(3_299_999);
      expect(source.current(ACCOUNT, provider)).toBe(renewed);
      expect(provider.renewals).toHaveLength(1);

      clock.advance(1);
      expect(source.current(ACCOUNT, provider)).toBe(renewed);
      expect(provider.renewals).toHaveLength(2);
    });
  });

  it('does not bring a renewed token back when the time of its renewal is up', async () => {
    const clock = new FakeClock();
    const store = new MemoryCredentialStore();
    const signals: AbortController[] = [];
    const refresher = new CredentialRefresher(store, clock, new SilentLogger(), () => {
      signals.push(new AbortController());
      return (signals.at(-1) as AbortController).signal; // just pushed
    });
    const provider = new ScriptedProvider();
    const renewing = refresher.refresh({ kind: 'oauth', secret: 'old', expiresAtMs: 0 }, ACCOUNT.account, provider);
    await new Promise(setImmediate);
    provider.lastRenewal.answer({ kind: 'oauth', secret: 'new', expiresAtMs: 1 });
    await renewing;
    await store.put('a', { kind: 'oauth', secret: 'newer', expiresAtMs: 2 });

    signals.forEach((signal) => signal.abort());
    await new Promise(setImmediate);

    expect(store.get('a')).toMatchObject({ secret: 'newer' });
  });

  describe('current, for a declared login', () => {
    it('hands out the declared one while it is good', () => {
      const { source, provider, declare } = setUpLogin();
      const { declared, declaration } = declare('1', REFRESH_AHEAD_MS + 1);

      expect(source.current(declaration, provider)).toBe(declared);
      expect(provider.renewals).toHaveLength(0);
    });

    it('renews it when it runs out, and uses the stored renewed form from then on', async () => {
      const { source, store, provider, declare, login } = setUpLogin();
      const { declared, declaration } = declare('1', 0);
      const renewed = login('1', 'renewed', 3_600_000);

      const waiting = source.current(declaration, provider);
      const asked = provider.lastRenewal.credential;
      provider.lastRenewal.answer(renewed);

      expect(asked).toBe(declared);
      expect(await waiting).toBe(renewed);
      expect(store.get('a')).toBe(renewed);
      expect(source.current(declaration, provider)).toBe(renewed);
      expect(provider.renewals).toHaveLength(1);
    });

    it('renews the stored form, not the declared one, when that runs out', async () => {
      const { source, store, provider, declare, login } = setUpLogin();
      const stored = login('1', 'renewed', 0);
      await store.put('a', stored);

      void source.current(declare('1', 0).declaration, provider);

      expect(provider.lastRenewal.credential).toBe(stored);
    });

    it('waits for a store that does not answer at once', async () => {
      const { source, store, provider, declare, login } = setUpLogin(new SlowCredentialStore());
      const stored = login('1', 'renewed', 3_600_000);
      await store.put('a', stored);

      await expect(source.current(declare('1', 0).declaration, provider)).resolves.toBe(stored);
    });

    it.each([['another'], [undefined]])(
      'goes back to the declared one when the stored one has the seed %s',
      async (seed) => {
        const { source, store, provider, declare, login } = setUpLogin();
        await store.put('a', login(seed, 'renewed', 3_600_000));
        const { declared, declaration } = declare('1', 3_600_000);

        expect(source.current(declaration, provider)).toBe(declared);
      },
    );

    it('uses a renewed form that could not be stored, but not for another seed', async () => {
      const { source, store, provider, declare, login } = setUpLogin();
      store.put = () => Promise.reject(new Error('disk full'));
      const first = declare('1', 0);
      const second = declare('2', 3_600_000);
      const renewed = login('1', 'renewed', 3_600_000);
      const waiting = source.current(first.declaration, provider);
      provider.lastRenewal.answer(renewed);
      await waiting;

      expect(source.current(first.declaration, provider)).toBe(renewed);
      expect(source.current(second.declaration, provider)).toBe(second.declared);
    });
  });

  describe('renew', () => {
    it('replaces a credential that the vendor refused before its time', async () => {
      const { source, store, provider, token } = setUp();
      const [refused, renewed] = [token('refused', 3_600_000), token('new', 3_600_000)];
      await store.put('a', refused);

      const waiting = source.renew(ACCOUNT, provider, refused);
      await new Promise(setImmediate);
      provider.lastRenewal.answer(renewed);

      expect(await waiting).toBe(renewed);
      expect(source.current(ACCOUNT, provider)).toBe(renewed);
    });

    it('takes what somebody has stored meanwhile', async () => {
      const { source, store, provider, token } = setUp();
      const newer = token('newer', 3_600_000);
      await store.put('a', newer);

      expect(await source.renew(ACCOUNT, provider, token('refused', 3_600_000))).toBe(newer);
      expect(provider.renewals).toHaveLength(0);
    });

    it('renews a declared login that the vendor refused', async () => {
      const { source, provider, declare, login } = setUpLogin();
      const { declared, declaration } = declare('1', 3_600_000);
      const renewed = login('1', 'renewed', 3_600_000);

      const waiting = source.renew(declaration, provider, declared);
      await new Promise(setImmediate);
      provider.lastRenewal.answer(renewed);

      expect(await waiting).toBe(renewed);
      expect(source.current(declaration, provider)).toBe(renewed);
    });

    it('answers with the newly declared login when the refused one was of another seed', async () => {
      const { source, store, provider, declare, login } = setUpLogin();
      const refused = login('old', 'refused', 3_600_000);
      await store.put('a', refused);
      const { declared, declaration } = declare('1', 3_600_000);

      expect(await source.renew(declaration, provider, refused)).toBe(declared);
      expect(provider.renewals).toHaveLength(0);
    });

    it.each([
      ['is a fixed key', declareAccount('a')],
      ['is not there', ACCOUNT],
    ])('has nothing else when the credential %s', async (_what, declaration) => {
      const { source, provider, token } = setUp();

      expect(await source.renew(declaration, provider, token('refused', 1))).toBeUndefined();
    });
  });
});
