import { type Clock, GatewayError, type GatewayErrorKind, type Logger } from '@sluice/core';
import type { Account, Credential, LaterAttempts, Provider } from '@sluice/provider-kit';
import type { CredentialStore } from './credential-store.js';
import { CredentialStoreError } from './file-store/credential-store-error.js';
import { RenewalLedger } from './inspection/renewal-ledger.js';
import { isSameLogin } from './is-same-login.js';
import { UnsavedCredentials } from './unsaved-credentials.js';

/** How long a renewal may take. */
export const REFRESH_TIMEOUT_MS = 30_000;
/** How long a renewal in the background is not tried again after one has failed. */
export const REFRESH_PAUSE_MS = 30_000;

/** A credential is not renewed again so soon after a renewal: what came then is what the vendor gives. */
export const RENEWAL_INTERVAL_MS = 10_000;
/** A credential that lives shorter than the usual lead allows is renewed when so much of its life is left. */
export const LEFT_SHARE = 0.25;

/** Failures of a renewal that say nothing of the login. */
const PASSING_KINDS: ReadonlySet<GatewayErrorKind> = new Set<GatewayErrorKind>([
  'upstream_rate_limited',
  'upstream_overloaded',
  'upstream_error',
  'upstream_unreachable',
  'upstream_silent',
  'upstream_timed_out',
]);

/** The last renewal of an account. Times in milliseconds. */
interface LastRenewal {
  readonly atMs: number;
  /** From then to the end of what it brought; undefined = that does not end. */
  readonly lifeMs: number | undefined;
}

interface RunningRenewal {
  readonly of: Credential;
  readonly result: Promise<Credential>;
}

/**
 * Renews credentials, once at a time per account, and stores the new one before anybody uses it: most vendors make the old
 * one useless. Processes that share a store renew one after the other, and the later one takes what the first has stored. When the
 * store fails, the new one is kept in memory until the store takes it or has another.
 */
export class CredentialRefresher {
  /** How renewals ended. */
  readonly ledger = new RenewalLedger();
  readonly #running = new Map<string, RunningRenewal>();
  readonly #pausedUntilMs = new WeakMap<Account, number>();
  readonly #unsaved: UnsavedCredentials;
  readonly #lastRenewals = new WeakMap<Account, LastRenewal>();

  /**
   * @param signalAfter makes the signal that ends a renewal after so many milliseconds
   * @param later tries again what the store did not take
   */
  constructor(
    private readonly store: CredentialStore,
    private readonly clock: Clock,
    private readonly logger: Logger,
    private readonly signalAfter: (ms: number) => AbortSignal = (ms) => AbortSignal.timeout(ms),
    later?: LaterAttempts,
  ) {
    this.#unsaved = new UnsavedCredentials(store, logger, later);
  }

  /** What replaced a stored credential without reaching the store; undefined = the stored one counts. */
  successorOf(accountId: string, stored: Credential): Credential | undefined {
    return this.#unsaved.successorOf(accountId, stored);
  }

  /** A last try for what the store has not taken, for the end of the process: seconds at most. Never rejects. */
  saveAllNow(): Promise<void> {
    return this.#unsaved.saveAllNow();
  }

  /**
   * Whether a credential near its end should be renewed now. Where a vendor's tokens live only minutes, all of their life is
   * near its end: then they are renewed in its last share, and never twice in a row.
   */
  isDue(credential: Credential, account: Account): boolean {
    const last = this.#lastRenewals.get(account);
    if (last === undefined) return true;
    const nowMs = this.clock.now();
    if (nowMs - last.atMs < RENEWAL_INTERVAL_MS) return false;
    return last.lifeMs === undefined || (endOf(credential) ?? 0) - nowMs < last.lifeMs * LEFT_SHARE;
  }

  /**
   * Renews, or joins the renewal of the same login that is under way. Another login of the account waits until it is over,
   * so that the one that was asked for last is the one that is stored.
   * @throws GatewayError as the provider throws it (`upstream_auth_failed`: the login is dead), `upstream_silent` after
   * `REFRESH_TIMEOUT_MS`
   */
  refresh(credential: Credential, account: Account, provider: Provider): Promise<Credential> {
    const running = this.#running.get(account.id);
    if (running !== undefined && isSameLogin(running.of, credential)) return running.result;
    const renew = (): Promise<Credential> => this.#refresh(credential, account, provider);
    const result = (running === undefined ? renew() : running.result.then(renew, renew)).finally(() => {
      if (this.#running.get(account.id)?.result === result) this.#running.delete(account.id);
    });
    this.#running.set(account.id, { of: credential, result });
    return result;
  }

  /** Renews without anybody waiting, unless that has just failed. */
  refreshInBackground(credential: Credential, account: Account, provider: Provider): void {
    if (this.#running.has(account.id) || (this.#pausedUntilMs.get(account) ?? 0) > this.clock.now()) return;
    this.refresh(credential, account, provider).catch(() => {
      // already logged; the old credential is still good, and whoever needs a new one waits for the next renewal
    });
  }

  /**
   * Renews a credential that should be renewed by now but can still be sent: used on when the renewal fails for a reason that
   * says nothing of the login. After such a failure it is not tried again at once.
   * @throws GatewayError when the login is dead
   */
  async refreshOrKeep(credential: Credential, account: Account, provider: Provider): Promise<Credential> {
    const hasJustFailed = (this.#pausedUntilMs.get(account) ?? 0) > this.clock.now();
    if (hasJustFailed && !this.#running.has(account.id)) return credential;
    try {
      return await this.refresh(credential, account, provider);
    } catch (error) {
      if (error instanceof GatewayError && PASSING_KINDS.has(error.kind)) return credential;
      throw error;
    }
  }

  async #refresh(credential: Credential, account: Account, provider: Provider): Promise<Credential> {
    try {
      return await this.store.exclusively(account.id, (stored) => this.#renew(credential, stored, account, provider));
    } catch (thrown) {
      const error = thrown instanceof CredentialStoreError ? storeError(account.id, thrown) : thrown;
      const elsewhere = await this.#renewedElsewhere(account.id, credential);
      if (elsewhere !== undefined) {
        this.ledger.note(account, credential, { outcome: 'taken-over', atMs: this.clock.now() });
        return elsewhere;
      }
      this.#noteFailure(account, credential, error);
      const accountId = account.id;
      const told = error instanceof GatewayError ? { kind: error.kind, reason: error.message } : {};
      const store = thrown instanceof CredentialStoreError ? { store: thrown.message } : {};
      this.logger.warn('a credential could not be renewed', { accountId, ...told, ...store });
      this.logger.debug('why a credential could not be renewed', { accountId, error });
      throw error;
    }
  }

  #noteFailure(account: Account, tried: Credential, error: unknown): void {
    const atMs = this.clock.now();
    this.#pausedUntilMs.set(account, atMs + REFRESH_PAUSE_MS);
    const told = error instanceof GatewayError ? { kind: error.kind, message: error.message } : {};
    const outcome = told.kind === 'upstream_auth_failed' ? 'refused' : 'failed';
    this.ledger.note(account, tried, { outcome, atMs, ...told });
  }

  /** @param stored by anybody, by now: whoever was faster has made ours useless */
  async #renew(
    tried: Credential,
    stored: Credential | undefined,
    account: Account,
    provider: Provider,
  ): Promise<Credential> {
    const newest = this.#isNewer(account.id, stored, tried) ? stored : tried;
    if (newest !== tried && (newest.expiresAtMs ?? Infinity) > this.clock.now()) {
      this.ledger.note(account, tried, { outcome: 'taken-over', atMs: this.clock.now() });
      return newest;
    }
    const renewed = await this.#askProvider(newest, account, provider);
    const now = stored && (await this.store.latest(account.id));
    if (now !== undefined && now.secret !== stored?.secret) return now; // somebody has logged in anew meanwhile
    await this.#unsaved.save(account.id, newest, renewed);
    const atMs = this.clock.now();
    const endMs = endOf(renewed);
    this.#lastRenewals.set(account, { atMs, lifeMs: endMs === undefined ? undefined : endMs - atMs });
    this.ledger.note(account, tried, { outcome: 'renewed', atMs });
    return renewed;
  }

  async #askProvider(credential: Credential, account: Account, provider: Provider): Promise<Credential> {
    const signal = this.signalAfter(REFRESH_TIMEOUT_MS);
    try {
      const renewal = provider.refreshCredential?.(credential, account, signal) ?? Promise.resolve(credential);
      return await Promise.race([renewal, this.#whenTooLate(signal, renewal, credential, account.id)]);
    } catch (error) {
      if (error instanceof GatewayError) throw error;
      throw new GatewayError({
        kind: 'upstream_unreachable',
        message: `The login of the account "${account.id}" could not be renewed.`,
        cause: error,
      });
    }
  }

  /** Nobody waits for a renewal that takes too long; what it brings in the end is stored all the same: the old one may be useless. */
  #whenTooLate(
    signal: AbortSignal,
    renewal: Promise<Credential>,
    credential: Credential,
    accountId: string,
  ): Promise<never> {
    return new Promise((_resolve, reject) => {
      const onAbort = (): void => {
        reject(
          new GatewayError({
            kind: 'upstream_silent',
            message: `The login of the account "${accountId}" could not be renewed in time.`,
          }),
        );
        renewal.then(
          (renewed) => this.#unsaved.save(accountId, credential, renewed),
          () => {}, // it was ended, as it should be
        );
      };
      const forget = (): void => signal.removeEventListener('abort', onAbort);
      signal.addEventListener('abort', onAbort, { once: true });
      renewal.then(forget, forget); // later it would bring back what has been replaced since
    });
  }

  /** Another process that shares the store may have been faster, and the vendor then refuses our older one. */
  async #renewedElsewhere(accountId: string, tried: Credential): Promise<Credential | undefined> {
    try {
      const stored = await this.store.latest(accountId);
      return this.#isNewer(accountId, stored, tried) ? stored : undefined;
    } catch {
      return undefined; // the failure that brought us here says more
    }
  }

  /** Whether somebody has stored another credential of the login than the one that was tried. */
  #isNewer(accountId: string, stored: Credential | undefined, tried: Credential): stored is Credential {
    if (stored === undefined || this.#unsaved.isOutdated(accountId, stored)) return false;
    return stored.secret !== tried.secret && isSameLogin(stored, tried);
  }
}

/** The store lets nobody in: others hold the login, or it cannot be read. */
function storeError(accountId: string, cause: CredentialStoreError): GatewayError {
  return new GatewayError({
    kind: cause.code === 'busy' ? 'upstream_silent' : 'internal_error',
    message: `The login of the account "${accountId}" could not be renewed: ${cause.code === 'busy' ? 'another process has been renewing it for too long' : 'the credential store cannot be used, and the log says why'}.`,
    cause,
  });
}

/** When the vendor refuses it, which may be later than it counts as run out. */
function endOf({ expiresAtMs, details }: Credential): number | undefined {
  const endsAtMs = details?.['endsAtMs'];
  return endsAtMs === undefined ? expiresAtMs : Number(endsAtMs);
}
