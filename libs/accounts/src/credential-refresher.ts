import { type Clock, GatewayError, type GatewayErrorKind, type Logger } from '@sluice/core';
import type { Account, Credential, Provider } from '@sluice/provider-kit';
import type { CredentialStore } from './credential-store.js';
import { isSameLogin } from './is-same-login.js';

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

/** A renewed credential that the store did not take. `replaced` is the secret that the store still holds. */
interface UnsavedCredential {
  readonly replaced: string;
  readonly credential: Credential;
}

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
 * one useless. When the store fails, the new one is kept in memory until the store has another.
 */
export class CredentialRefresher {
  readonly #running = new Map<string, RunningRenewal>();
  readonly #pausedUntilMs = new WeakMap<Account, number>();
  readonly #unsaved = new Map<string, UnsavedCredential>();
  readonly #lastRenewals = new WeakMap<Account, LastRenewal>();

  /** @param signalAfter makes the signal that ends a renewal after so many milliseconds */
  constructor(
    private readonly store: CredentialStore,
    private readonly clock: Clock,
    private readonly logger: Logger,
    private readonly signalAfter: (ms: number) => AbortSignal = (ms) => AbortSignal.timeout(ms),
  ) {}

  /** What replaced a stored credential without reaching the store; undefined = the stored one counts. */
  successorOf(accountId: string, stored: Credential): Credential | undefined {
    const unsaved = this.#unsaved.get(accountId);
    if (unsaved === undefined) return undefined;
    if (unsaved.replaced === stored.secret && isSameLogin(unsaved.credential, stored)) return unsaved.credential;
    this.#unsaved.delete(accountId);
    return undefined;
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
      const renewed = await this.#askProvider(credential, account, provider);
      await this.#save(account.id, credential, renewed);
      const atMs = this.clock.now();
      const endMs = endOf(renewed);
      this.#lastRenewals.set(account, { atMs, lifeMs: endMs === undefined ? undefined : endMs - atMs });
      return renewed;
    } catch (error) {
      const elsewhere = await this.#renewedElsewhere(account.id, credential);
      if (elsewhere !== undefined) return elsewhere;
      this.#pausedUntilMs.set(account, this.clock.now() + REFRESH_PAUSE_MS);
      const accountId = account.id;
      const told = error instanceof GatewayError ? { kind: error.kind, reason: error.message } : {};
      this.logger.warn('a credential could not be renewed', { accountId, ...told });
      this.logger.debug('why a credential could not be renewed', { accountId, error });
      throw error;
    }
  }

  async #askProvider(credential: Credential, account: Account, provider: Provider): Promise<Credential> {
    const signal = this.signalAfter(REFRESH_TIMEOUT_MS);
    try {
      const renewal = provider.refreshCredential?.(credential, account, signal);
      return (await Promise.race([renewal, whenAborted(signal, account.id)])) ?? credential;
    } catch (error) {
      if (error instanceof GatewayError) throw error;
      throw new GatewayError({
        kind: 'upstream_unreachable',
        message: `The login of the account "${account.id}" could not be renewed.`,
        cause: error,
      });
    }
  }

  async #save(accountId: string, old: Credential, renewed: Credential): Promise<void> {
    const unsaved = this.#unsaved.get(accountId);
    try {
      await this.store.put(accountId, renewed);
      this.#unsaved.delete(accountId);
    } catch (error) {
      const replaced = unsaved?.credential.secret === old.secret ? unsaved.replaced : old.secret;
      this.#unsaved.set(accountId, { replaced, credential: renewed });
      this.logger.error('a renewed credential could not be stored; it is lost when the process ends', {
        accountId,
        error,
      });
    }
  }

  /** Another process that shares the store may have been faster, and the vendor then refuses our older one. */
  async #renewedElsewhere(accountId: string, tried: Credential): Promise<Credential | undefined> {
    try {
      const stored = await this.store.latest(accountId);
      const isStale = this.#unsaved.get(accountId)?.replaced === stored?.secret;
      if (stored === undefined || isStale || stored.secret === tried.secret) return undefined;
      return isSameLogin(stored, tried) ? stored : undefined;
    } catch {
      return undefined; // the failure that brought us here says more
    }
  }
}

/** When the vendor refuses it, which may be later than it counts as run out. */
function endOf({ expiresAtMs, details }: Credential): number | undefined {
  const endsAtMs = details?.['endsAtMs'];
  return endsAtMs === undefined ? expiresAtMs : Number(endsAtMs);
}

function whenAborted(signal: AbortSignal, accountId: string): Promise<never> {
  return new Promise((_resolve, reject) => {
    const onAbort = (): void =>
      reject(
        new GatewayError({
          kind: 'upstream_silent',
          message: `The login of the account "${accountId}" could not be renewed in time.`,
        }),
      );
    signal.addEventListener('abort', onAbort, { once: true });
  });
}
