import { type Clock, GatewayError } from '@sluice/core';
import type { AccountDeclaration } from '@sluice/config';
import type { Account, Credential, Provider } from '@sluice/provider-kit';
import type { CredentialRefresher } from './credential-refresher.js';
import type { CredentialStore } from './credential-store.js';

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
   * when it has run out does the call wait for a new one, for at most `REFRESH_TIMEOUT_MS`.
   * @throws GatewayError `upstream_auth_failed` when there is no credential or the login is dead; or why renewing failed
   */
  current(declaration: AccountDeclaration, provider: Provider): Credential | Promise<Credential> {
    if (declaration.credential !== undefined) return declaration.credential;
    const { account } = declaration;
    const stored = this.store.get(account.id);
    return stored instanceof Promise
      ? stored.then((credential) => this.#renewed(credential, account, provider))
      : this.#renewed(stored, account, provider);
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
    if (declaration.credential !== undefined || provider.refreshCredential === undefined) return undefined;
    const { account } = declaration;
    const stored = await this.store.get(account.id);
    if (stored === undefined) return undefined;
    const credential = this.refresher.successorOf(account.id, stored) ?? stored;
    if (credential.secret !== refused.secret) return credential;
    return this.refresher.refresh(credential, account, provider);
  }

  #renewed(stored: Credential | undefined, account: Account, provider: Provider): Credential | Promise<Credential> {
    if (stored === undefined) throw noCredentialError(account);
    const credential = this.refresher.successorOf(account.id, stored) ?? stored;
    if (credential.expiresAtMs === undefined || provider.refreshCredential === undefined) return credential;
    const leftMs = credential.expiresAtMs - this.clock.now();
    if (leftMs > REFRESH_AHEAD_MS) return credential;
    if (leftMs <= EXPIRY_MARGIN_MS) return this.refresher.refresh(credential, account, provider);
    this.refresher.refreshInBackground(credential, account, provider);
    return credential;
  }
}

function noCredentialError({ id, provider }: Account): GatewayError {
  return new GatewayError({
    kind: 'upstream_auth_failed',
    message: `The account "${id}" has no credential. Log in with "npx sluice login ${provider}", or declare one.`,
  });
}
