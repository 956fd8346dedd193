import { type Clock, GatewayError } from '@sluice/core';
import type { AccountDeclaration } from '@sluice/config';
import type { Account, Credential, Provider } from '@sluice/provider-kit';
import type { CredentialRefresher } from './credential-refresher.js';
import type { CredentialStore } from './credential-store.js';
import type { LoginState } from './inspection/login-state.js';
import type { RenewalLedger } from './inspection/renewal-ledger.js';
import { isSameLogin } from './is-same-login.js';

/** A credential is renewed this long before it expires. */
export const REFRESH_AHEAD_MS = 300_000;
/** A credential that expires sooner is not sent any more: the vendor's clock may be ahead of ours. */
export const EXPIRY_MARGIN_MS = 10_000;

/** Hands out the credential for a call: the declared one, or the stored one, renewed in time. */
export class CredentialSource {
  constructor(
    private readonly store: CredentialStore,
    private readonly refresher: CredentialRefresher,
    private readonly clock: Clock,
  ) {}

  /**
   * Answers at once while the credential is good. In its last minutes it is renewed in the background and still used; only
   * when it has run out does the call wait for a new one, for at most `REFRESH_TIMEOUT_MS`. Credentials that live shorter than
   * that are renewed in the last share of their life, and none twice within `RENEWAL_INTERVAL_MS`. A declared login (one that
   * expires) counts until the store has its renewed form.
   * @throws GatewayError `upstream_auth_failed` when there is no credential or the login is dead; or why renewing failed
   */
  current(declaration: AccountDeclaration, provider: Provider): Credential | Promise<Credential> {
    const { account, credential: declared } = declaration;
    if (isFixed(declared)) return declared;
    const stored = this.store.get(account.id);
    return stored instanceof Promise
      ? stored.then((credential) => this.#renewed(latest(credential, declared), account, provider))
      : this.#renewed(latest(stored, declared), account, provider);
  }

  /**
   * The credential to use after the vendor refused `refused` before its time: a renewed one, or the one that somebody has stored
   * meanwhile. Undefined = there is no other; log in again.
   * @throws GatewayError why renewing failed
   */
  async renew(
    declaration: AccountDeclaration,
    provider: Provider,
    refused: Credential,
  ): Promise<Credential | undefined> {
    const { account, credential: declared } = declaration;
    if (isFixed(declared) || provider.refreshCredential === undefined) return undefined;
    const known = latest(await this.store.latest(account.id), declared);
    if (known === undefined) return undefined;
    const credential = this.refresher.successorOf(account.id, known) ?? known;
    if (credential.secret !== refused.secret) return credential;
    return this.refresher.refresh(credential, account, provider);
  }

  /** How renewals ended, for people who look. */
  get renewals(): Pick<RenewalLedger, 'counts' | 'lastOf'> {
    return this.refresher.ledger;
  }

  /** What an account would prove itself with, for people who look; nothing is renewed. @throws what the store throws */
  async loginOf({ account, credential: declared }: AccountDeclaration): Promise<LoginState> {
    if (isFixed(declared)) return { kind: declared.kind, needsLogin: false };
    const { ledger } = this.refresher;
    const lastRenewal = ledger.lastOf(account.id);
    const told = lastRenewal === undefined ? {} : { lastRenewal };
    const known = latest(await this.store.get(account.id), declared);
    if (known === undefined) return { needsLogin: true, ...told };
    const credential = this.refresher.successorOf(account.id, known) ?? known;
    const expiresAtMs = Number(credential.details?.['endsAtMs'] ?? credential.expiresAtMs ?? 0);
    return {
      kind: credential.kind,
      ...(expiresAtMs > 0 && { expiresAtMs }),
      needsLogin: ledger.isRefused(account.id, credential),
      ...told,
    };
  }

  /** A last try to store what could not be stored. Called by the framework when no request is open any more. */
  onApplicationShutdown(): Promise<void> {
    return this.refresher.saveAllNow();
  }

  #renewed(known: Credential | undefined, account: Account, provider: Provider): Credential | Promise<Credential> {
    if (known === undefined) throw noCredentialError(account);
    const credential = this.refresher.successorOf(account.id, known) ?? known;
    if (credential.expiresAtMs === undefined || provider.refreshCredential === undefined) return credential;
    const leftMs = credential.expiresAtMs - this.clock.now();
    if (leftMs > REFRESH_AHEAD_MS || !this.refresher.isDue(credential, account)) return credential;
    if (leftMs <= EXPIRY_MARGIN_MS) {
      return isStillValid(credential, this.clock.now())
        ? this.refresher.refreshOrKeep(credential, account, provider)
        : this.refresher.refresh(credential, account, provider);
    }
    this.refresher.refreshInBackground(credential, account, provider);
    return credential;
  }
}

/**
 * Providers whose vendors refuse tokens in their last minutes let them expire earlier and tell the vendor's own end in
 * `details.endsAtMs`: until then the token is worth a call when there is no other.
 */
function isStillValid({ details }: Credential, nowMs: number): boolean {
  return Number(details?.['endsAtMs'] ?? 0) > nowMs + EXPIRY_MARGIN_MS;
}

/** A key: it does not expire, so nothing ever takes its place. */
function isFixed(declared: Credential | undefined): declared is Credential {
  return declared !== undefined && declared.expiresAtMs === undefined;
}

/** The stored credential, unless it came from another login than the one that is declared now. */
function latest(stored: Credential | undefined, declared: Credential | undefined): Credential | undefined {
  if (declared === undefined) return stored;
  return stored !== undefined && isSameLogin(stored, declared) ? stored : declared;
}

function noCredentialError({ id, provider }: Account): GatewayError {
  return new GatewayError({
    kind: 'upstream_auth_failed',
    message: `The account "${id}" has no credential. Log in with "npx sluice login ${provider}", or declare one.`,
  });
}
