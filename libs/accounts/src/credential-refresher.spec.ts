import { GatewayError, type LogFields, SilentLogger } from '@sluice/core';
import { LaterAttempts, type Credential } from '@sluice/provider-kit';
import { FakeClock } from '@sluice/testing';
import { declareAccount } from './__fixtures__/declare-account.js';
import { ScriptedProvider } from './__fixtures__/scripted-provider.js';
import { CredentialRefresher, REFRESH_PAUSE_MS, REFRESH_TIMEOUT_MS } from './credential-refresher.js';
import { MemoryCredentialStore } from './credential-store.js';
import { CredentialStoreError } from './file-store/credential-store-error.js';

const { account: ACCOUNT } = declareAccount('a');
const { account: OTHER_ACCOUNT } = declareAccount('b');
const OLD: Credential = { kind: 'oauth', secret: 'old' };
const NEW: Credential = { kind: 'oauth', secret: 'new' };
const NEWER: Credential = { kind: 'oauth', secret: 'newer' };

class FailingOnDemandStore extends MemoryCredentialStore {
  failure: Error | undefined;

  /** Whether other processes store here, too. */
  isShared = false;
  lockFailure: Error | undefined;

  override exclusively<T>(accountId: string, action: (stored: Credential | undefined) => Promise<T>): Promise<T> {
    return this.lockFailure === undefined
      ? action(this.isShared ? this.get(accountId) : undefined)
      : Promise.reject(this.lockFailure);
  }

  override async put(accountId: string, credential: Credential): Promise<void> {
    if (this.failure !== undefined) throw this.failure;
    await super.put(accountId, credential);
  }
}

class CollectingLogger extends SilentLogger {
  readonly lines: { readonly level: string; readonly fields: LogFields | undefined }[] = [];

  override warn(_message?: string, fields?: LogFields): void {
    this.lines.push({ level: 'warn', fields });
  }

  override error(_message?: string, fields?: LogFields): void {
    this.lines.push({ level: 'error', fields });
  }

  override info(_message?: string, fields?: LogFields): void {
    this.lines.push({ level: 'info', fields });
  }
}

async function setUp({ isShared = false } = {}) {
  const clock = new FakeClock();
  const store = new FailingOnDemandStore();
  store.isShared = isShared;
  await store.put(ACCOUNT.id, OLD);
  const logger = new CollectingLogger();
  const timeouts: { readonly ms: number; readonly end: AbortController }[] = [];
  const later = new LaterAttempts(() => () => {});
  const signalAfter = (ms: number): AbortSignal => {
    const end = new AbortController();
    timeouts.push({ ms, end });
    return end.signal;
  };
  const refresher = new CredentialRefresher(store, clock, logger, signalAfter, later);
  return { clock, store, logger, later, timeouts, refresher, provider: new ScriptedProvider() };
}

const settled = (): Promise<void> => new Promise(setImmediate);

describe('CredentialRefresher', () => {
  describe('refresh', () => {
    it('stores the new credential before anybody has it', async () => {
      const { refresher, provider, store } = await setUp();

      const waiting = refresher.refresh(OLD, ACCOUNT, provider);
      provider.lastRenewal.answer(NEW);

      expect(await waiting).toBe(NEW);
      expect(store.get(ACCOUNT.id)).toBe(NEW);
      expect(provider.lastRenewal.credential).toBe(OLD);
    });

    it('runs once at a time per account', async () => {
      const { refresher, provider } = await setUp();

      const waiting = [
        refresher.refresh(OLD, ACCOUNT, provider),
        refresher.refresh(OLD, ACCOUNT, provider),
        refresher.refresh(OLD, OTHER_ACCOUNT, provider),
      ];
      provider.renewals.forEach((renewal) => renewal.answer(NEW));
      await Promise.all(waiting);
      expect(provider.renewals).toHaveLength(2);

      void refresher.refresh(NEW, ACCOUNT, provider);
      expect(provider.renewals).toHaveLength(3);
    });

    it('hands nobody the renewed form of another login, and stores the later one last', async () => {
      const { refresher, provider, store } = await setUp();
      const first: Credential = { kind: 'oauth', secret: 'first', details: { seed: '1' } };
      const second: Credential = { kind: 'oauth', secret: 'second', details: { seed: '2' } };

      const waiting = [refresher.refresh(first, ACCOUNT, provider), refresher.refresh(second, ACCOUNT, provider)];
      const asked = provider.renewals.length;
      provider.lastRenewal.answer({ ...first, secret: 'first renewed' });
      await settled();
      provider.lastRenewal.answer({ ...second, secret: 'second renewed' });

      expect(asked).toBe(1);
      expect(await Promise.all(waiting)).toMatchObject([{ secret: 'first renewed' }, { secret: 'second renewed' }]);
      expect(store.get(ACCOUNT.id)).toMatchObject({ secret: 'second renewed' });
    });

    it('renews the next login also when renewing the one before failed', async () => {
      const { refresher, provider } = await setUp();
      const second: Credential = { kind: 'oauth', secret: 'second', details: { seed: '2' } };

      const failing = refresher.refresh(OLD, ACCOUNT, provider);
      const waiting = refresher.refresh(second, ACCOUNT, provider);
      provider.lastRenewal.fail(new Error('connection reset'));
      await expect(failing).rejects.toMatchObject({ kind: 'upstream_unreachable' });
      await settled();
      provider.lastRenewal.answer({ ...second, secret: 'renewed' });

      expect(await waiting).toMatchObject({ secret: 'renewed' });
    });

    it('does not take what another login has stored when the vendor refuses ours', async () => {
      const { refresher, provider, store } = await setUp();
      const dead = new GatewayError({ kind: 'upstream_auth_failed', message: 'used up' });

      const waiting = refresher.refresh(OLD, ACCOUNT, provider);
      await store.put(ACCOUNT.id, { ...NEWER, details: { seed: '2' } });
      provider.lastRenewal.fail(dead);

      await expect(waiting).rejects.toBe(dead);
    });

    it('ends after a bounded time, also when the provider does not', async () => {
      const { refresher, provider, timeouts } = await setUp();

      const waiting = refresher.refresh(OLD, ACCOUNT, provider);
      timeouts[0]?.end.abort();

      await expect(waiting).rejects.toMatchObject({ kind: 'upstream_silent' });
      expect(provider.lastRenewal.signal.aborted).toBe(true);
      expect(timeouts.map(({ ms }) => ms)).toEqual([REFRESH_TIMEOUT_MS]);
    });

    it('passes on what the provider says', async () => {
      const { refresher, provider } = await setUp();
      const dead = new GatewayError({ kind: 'upstream_auth_failed', message: 'The login has been revoked.' });

      const waiting = refresher.refresh(OLD, ACCOUNT, provider);
      provider.lastRenewal.fail(dead);

      await expect(waiting).rejects.toBe(dead);
    });

    it('makes one of our errors of anything else, without its words', async () => {
      const { refresher, provider, logger } = await setUp();
      const cause = new Error('token tok_123 refused');

      const waiting = refresher.refresh(OLD, ACCOUNT, provider);
      provider.lastRenewal.fail(cause);

      await expect(waiting).rejects.toMatchObject({
        kind: 'upstream_unreachable',
        message: 'The login of the account "a" could not be renewed.',
        cause,
      });
      expect(logger.lines).toMatchObject([{ level: 'warn', fields: { accountId: 'a' } }]);
    });

    it('takes what another process has stored when the vendor refuses ours', async () => {
      const { refresher, provider, store } = await setUp();

      const waiting = refresher.refresh(OLD, ACCOUNT, provider);
      await store.put(ACCOUNT.id, NEWER);
      provider.lastRenewal.fail(new GatewayError({ kind: 'upstream_auth_failed', message: 'used up' }));

      expect(await waiting).toBe(NEWER);
    });
  });

  describe('when the store fails', () => {
    it('keeps the new credential in memory, and says so', async () => {
      const { refresher, provider, store, logger } = await setUp();
      store.failure = new Error('disk full');

      const waiting = refresher.refresh(OLD, ACCOUNT, provider);
      provider.lastRenewal.answer(NEW);

      expect(await waiting).toBe(NEW);
      expect(refresher.successorOf(ACCOUNT.id, OLD)).toBe(NEW);
      expect(logger.lines).toMatchObject([{ level: 'error', fields: { accountId: 'a' } }]);
    });

    it('says so once, however often it fails, and stores it later by itself', async () => {
      const { refresher, provider, store, logger, later } = await setUp();
      store.failure = new Error('disk full');
      for (const [from, to] of [
        [OLD, NEW],
        [NEW, NEWER],
      ] as const) {
        const waiting = refresher.refresh(from, ACCOUNT, provider);
        provider.lastRenewal.answer(to);
        await waiting;
      }
      await later.tryNow();
      expect(logger.lines).toMatchObject([{ level: 'error', fields: { accountId: 'a' } }]);
      expect(store.get(ACCOUNT.id)).toBe(OLD);

      store.failure = undefined;
      await later.tryNow();

      expect(store.get(ACCOUNT.id)).toBe(NEWER);
      expect(logger.lines.slice(1)).toMatchObject([{ level: 'info', fields: { accountId: 'a' } }]);
      expect(refresher.successorOf(ACCOUNT.id, OLD)).toBeUndefined();
    });

    it('never overwrites a newer login when it tries again', async () => {
      const { refresher, provider, store, later } = await setUp();
      store.failure = new Error('disk full');
      const waiting = refresher.refresh(OLD, ACCOUNT, provider);
      provider.lastRenewal.answer(NEW);
      await waiting;
      store.failure = undefined;
      await store.put(ACCOUNT.id, NEWER);

      await later.tryNow();

      expect(store.get(ACCOUNT.id)).toBe(NEWER);
    });

    it('tries once more when the process ends', async () => {
      const { refresher, provider, store } = await setUp();
      store.failure = new Error('disk full');
      const waiting = refresher.refresh(OLD, ACCOUNT, provider);
      provider.lastRenewal.answer(NEW);
      await waiting;
      store.failure = undefined;

      await refresher.saveAllNow();

      expect(store.get(ACCOUNT.id)).toBe(NEW);
    });

    it('goes on renewing what it holds, and stores it when the store is back', async () => {
      const { refresher, provider, store } = await setUp();
      store.failure = new Error('disk full');
      for (const [from, to] of [
        [OLD, NEW],
        [NEW, NEWER],
      ] as const) {
        const waiting = refresher.refresh(from, ACCOUNT, provider);
        provider.lastRenewal.answer(to);
        await waiting;
      }
      expect(refresher.successorOf(ACCOUNT.id, OLD)).toBe(NEWER);

      store.failure = undefined;
      const newest: Credential = { kind: 'oauth', secret: 'newest' };
      const waiting = refresher.refresh(NEWER, ACCOUNT, provider);
      provider.lastRenewal.answer(newest);
      await waiting;

      expect(store.get(ACCOUNT.id)).toBe(newest);
      expect(refresher.successorOf(ACCOUNT.id, newest)).toBeUndefined();
    });

    it('does not fall back to the stored one, which is older', async () => {
      const { refresher, provider, store } = await setUp();
      store.failure = new Error('disk full');
      const first = refresher.refresh(OLD, ACCOUNT, provider);
      provider.lastRenewal.answer(NEW);
      await first;

      const second = refresher.refresh(NEW, ACCOUNT, provider);
      provider.lastRenewal.fail(new GatewayError({ kind: 'upstream_silent', message: 'slow' }));

      await expect(second).rejects.toMatchObject({ kind: 'upstream_silent' });
    });

    it('does not use it for another login, also when that has the same secret', async () => {
      const { refresher, provider, store } = await setUp();
      store.failure = new Error('disk full');
      const waiting = refresher.refresh(OLD, ACCOUNT, provider);
      provider.lastRenewal.answer(NEW);
      await waiting;

      expect(refresher.successorOf(ACCOUNT.id, { ...OLD, details: { seed: '2' } })).toBeUndefined();
    });

    it('lets a new login win', async () => {
      const { refresher, provider, store } = await setUp();
      store.failure = new Error('disk full');
      const waiting = refresher.refresh(OLD, ACCOUNT, provider);
      provider.lastRenewal.answer(NEW);
      await waiting;

      expect(refresher.successorOf(ACCOUNT.id, NEWER)).toBeUndefined();
      expect(refresher.successorOf(ACCOUNT.id, OLD)).toBeUndefined();
    });
  });

  describe('with other processes on the same store', () => {
    it('takes what another one has stored by the time it may renew, and asks nobody', async () => {
      const { refresher, provider, store, clock } = await setUp({ isShared: true });
      const theirs: Credential = { ...NEWER, expiresAtMs: clock.now() + 1 };
      await store.put(ACCOUNT.id, theirs);

      expect(await refresher.refresh(OLD, ACCOUNT, provider)).toBe(theirs);
      expect(provider.renewals).toEqual([]);
    });

    it('renews what another one has stored when that has run out, too', async () => {
      const { refresher, provider, store, clock } = await setUp({ isShared: true });
      await store.put(ACCOUNT.id, { ...NEWER, expiresAtMs: clock.now() });

      const waiting = refresher.refresh(OLD, ACCOUNT, provider);
      provider.lastRenewal.answer(NEW);

      expect(await waiting).toBe(NEW);
      expect(provider.lastRenewal.credential).toMatchObject({ secret: 'newer' });
    });

    it('renews its own when what is stored belongs to another login', async () => {
      const { refresher, provider, store } = await setUp({ isShared: true });
      await store.put(ACCOUNT.id, { ...NEWER, details: { seed: '2' } });

      const waiting = refresher.refresh(OLD, ACCOUNT, provider);
      provider.lastRenewal.answer(NEW);

      expect(await waiting).toBe(NEW);
      expect(provider.lastRenewal.credential).toBe(OLD);
    });

    it('leaves alone what somebody has logged in with while the vendor was asked', async () => {
      const { refresher, provider, store } = await setUp({ isShared: true });
      const waiting = refresher.refresh(OLD, ACCOUNT, provider);
      await store.put(ACCOUNT.id, NEWER);
      provider.lastRenewal.answer(NEW);

      expect(await waiting).toBe(NEWER);
      expect(store.get(ACCOUNT.id)).toBe(NEWER);
    });

    it('says so when another one holds the login for too long', async () => {
      const { refresher, provider, store } = await setUp({ isShared: true });
      store.lockFailure = new CredentialStoreError('busy', 'held');

      await expect(refresher.refresh(OLD, ACCOUNT, provider)).rejects.toMatchObject({
        kind: 'upstream_silent',
        message:
          'The login of the account "a" could not be renewed: another process has been renewing it for too long.',
      });
      expect(provider.renewals).toEqual([]);
    });
  });

  it('stores what a vendor answers after the time is over: the old one may be useless', async () => {
    const { refresher, provider, store, timeouts } = await setUp();
    const waiting = refresher.refresh(OLD, ACCOUNT, provider);
    timeouts[0]?.end.abort();
    await expect(waiting).rejects.toMatchObject({ kind: 'upstream_silent' });

    provider.lastRenewal.answer(NEW);
    await settled();

    expect(store.get(ACCOUNT.id)).toBe(NEW);
  });

  describe('refreshInBackground', () => {
    it('does not try again right after a failure', async () => {
      const { refresher, provider, clock } = await setUp();
      refresher.refreshInBackground(OLD, ACCOUNT, provider);
      provider.lastRenewal.fail(new Error('connection reset'));
      await settled();

      clock.advance(REFRESH_PAUSE_MS - 1);
      refresher.refreshInBackground(OLD, ACCOUNT, provider);
      expect(provider.renewals).toHaveLength(1);

      clock.advance(1);
      refresher.refreshInBackground(OLD, ACCOUNT, provider);
      expect(provider.renewals).toHaveLength(2);
    });

    it('leaves a renewal alone that is under way', async () => {
      const { refresher, provider } = await setUp();

      refresher.refreshInBackground(OLD, ACCOUNT, provider);
      refresher.refreshInBackground(OLD, ACCOUNT, provider);

      expect(provider.renewals).toHaveLength(1);
    });
  });
});
