import { createHash } from 'node:crypto';
import type { Credential } from '@sluice/provider-kit';
import { machineIdOf } from './machine-id.js';
import type { KiroSettings } from './settings.js';

/** Hexadecimal digits that tell one declared login from another. */
const SEED_DIGITS = 16;

/** What a login of Kiro carries beside its access token. All of it belongs together: another login replaces it as a whole. */
export type LoginDetails = {
  readonly refreshToken: string;
  readonly authMethod: 'social' | 'idc';
  readonly clientId?: string;
  readonly clientSecret?: string;
  readonly profileArn?: string;
  /** Kept through renewals: derived from the first refresh token, it must not change with it. */
  readonly machineId?: string;
  /** Which declared login this grew from; changes when the operator declares another. */
  readonly seed?: string;
};

/**
 * The credential that the settings declare: an access token that is sent as it is, or a refresh token as a login whose
 * access token has run out already, so that it is renewed before its first use. Undefined = the credential store has it.
 */
export function readCredential(settings: Readonly<Record<string, unknown>>): Credential | undefined {
  const { accessToken, refreshToken, authMethod, clientId, clientSecret, profileArn, machineId } =
    settings as KiroSettings; // checked by the schema when the account was declared
  if (refreshToken === undefined) return accessToken === undefined ? undefined : { kind: 'oauth', secret: accessToken };
  const hasClient = clientId !== undefined && clientSecret !== undefined;
  const method = authMethod ?? (hasClient ? 'idc' : 'social');
  const details: LoginDetails = {
    refreshToken,
    authMethod: method === 'social' ? 'social' : 'idc',
    ...(clientId === undefined ? {} : { clientId }),
    ...(clientSecret === undefined ? {} : { clientSecret }),
    ...(profileArn === undefined ? {} : { profileArn }),
    machineId: machineIdOf({ declared: machineId, refreshToken, accountId: '' }),
    seed: createHash('sha256').update(refreshToken).digest('hex').slice(0, SEED_DIGITS),
  };
  return { kind: 'oauth', secret: accessToken ?? '', expiresAtMs: 0, details };
}
