import { createHash } from 'node:crypto';
import type { Credential } from '@sluice/provider-kit';
import type { AuthMethod, KiroLogin } from './kiro-login.js';

/** The vendor refuses tokens in their last minutes: so long before its end one counts as run out. */
export const UNUSABLE_BEFORE_END_MS = 5 * 60 * 1000;

/** Hexadecimal digits that tell one login from another. */
const SEED_DIGITS = 16;

/** Members of a login that are not kept as text of the same name. */
const OTHERWISE_KEPT: ReadonlySet<string> = new Set(['accessToken', 'apiKey', 'expiresAtMs', 'clientExpiresAtMs']);

/** What stands in the details of a credential and is no text of the login. */
const ONLY_IN_DETAILS: ReadonlySet<string> = new Set(['seed', 'endsAtMs', 'clientExpiresAtMs', 'authMethod']);

/** What a login is recognised by without being repeated. */
export function seedOf({ refreshToken, accessToken, apiKey }: Partial<KiroLogin>, place = ''): string {
  const secret = apiKey ?? refreshToken ?? accessToken ?? place;
  return createHash('sha256').update(secret).digest('hex').slice(0, SEED_DIGITS);
}

/**
 * A login as the rest of the gateway knows it: run out five minutes before the vendor says so, and with all in `details`
 * that its renewal needs.
 * @param seeds which declared logins it grew from
 */
export function credentialOf(login: KiroLogin, seeds: readonly string[]): Credential {
  const kept = Object.entries(login).filter(([name]) => !OTHERWISE_KEPT.has(name));
  const { accessToken, apiKey, expiresAtMs, clientExpiresAtMs } = login;
  const details = {
    ...(Object.fromEntries(kept) as Record<string, string>), // every member that is left is text
    ...(clientExpiresAtMs === undefined ? {} : { clientExpiresAtMs: String(clientExpiresAtMs) }),
    ...(seeds.length === 0 ? {} : { seed: [...new Set(seeds)].join(' ') }),
  };
  if (apiKey !== undefined) return { kind: 'api-key', secret: apiKey, details };
  return {
    kind: 'oauth',
    secret: accessToken ?? '',
    expiresAtMs: expiresAtMs === undefined ? 0 : Math.max(0, expiresAtMs - UNUSABLE_BEFORE_END_MS),
    details: { ...details, ...(expiresAtMs === undefined ? {} : { endsAtMs: String(expiresAtMs) }) },
  };
}

/** The login that a credential stands for. */
export function loginOf({ kind, secret, details = {} }: Credential): KiroLogin {
  const { endsAtMs, clientExpiresAtMs, authMethod = 'social' } = details;
  const texts = Object.entries(details).filter(([name]) => !ONLY_IN_DETAILS.has(name));
  return {
    ...Object.fromEntries(texts),
    authMethod: kind === 'api-key' ? 'api_key' : (authMethod as AuthMethod), // written by credentialOf alone
    ...(kind === 'api-key' ? { apiKey: secret } : {}),
    ...(kind !== 'api-key' && secret !== '' ? { accessToken: secret } : {}),
    ...(endsAtMs === undefined ? {} : { expiresAtMs: Number(endsAtMs) }),
    ...(clientExpiresAtMs === undefined ? {} : { clientExpiresAtMs: Number(clientExpiresAtMs) }),
  };
}

/** Whether the access token can be sent for a while. */
export function isUsable({ accessToken, expiresAtMs }: KiroLogin, nowMs: number): boolean {
  return accessToken !== undefined && expiresAtMs !== undefined && expiresAtMs - UNUSABLE_BEFORE_END_MS > nowMs;
}
