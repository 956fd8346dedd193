import type { Account, Credential } from '@sluice/provider-kit';
import { inferAuthMethod, authMethodNamed } from './login/auth-method.js';
import type { KiroLogin } from './login/kiro-login.js';
import { credentialOf, seedOf } from './login/login-details.js';
import { machineIdOf, normaliseMachineId } from './machine-id.js';
import type { RegionPlaces } from './regions.js';
import type { KiroAccountSettings } from './settings.js';

/** The settings of an account of this provider. */
export function settingsOf(account: Account): KiroAccountSettings {
  return account.settings as KiroAccountSettings; // checked by the schema when the account was declared
}

/**
 * The credential that the settings declare: a key or an access token that is sent as it is, or a login whose access token has
 * run out already, so that it is renewed, or read from where it is kept, before its first use. Undefined = the credential
 * store has it.
 */
export function readCredential(settings: Readonly<Record<string, unknown>>): Credential | undefined {
  const declared = settings as KiroAccountSettings; // checked by the schema when the account was declared
  const { origin, seed, accessToken, refreshToken, apiKey } = declared;
  if (origin !== undefined) {
    return { kind: 'oauth', secret: '', expiresAtMs: 0, ...(seed === undefined ? {} : { details: { seed } }) };
  }
  if (apiKey !== undefined) return { kind: 'api-key', secret: apiKey };
  if (refreshToken === undefined) return accessToken === undefined ? undefined : { kind: 'oauth', secret: accessToken };
  const login = loginOfSettings(declared);
  const machineId = machineIdOf({ declared: declared.machineId, refreshToken, accountId: '' });
  return credentialOf({ ...login, machineId }, [seedOf({ refreshToken })]);
}

/** What was said of regions where; see {@link RegionPlaces}. */
export function regionPlaces(account: Account, credential: Credential): RegionPlaces {
  const settings = settingsOf(account);
  const told = credential.details ?? {};
  if (settings.origin !== undefined) return { login: told, all: settings };
  // a login of the credential store brings its regions along; of an inline one nothing is told
  const { region = told['region'], authRegion = told['authRegion'], apiRegion = told['apiRegion'] } = settings;
  return { login: { region, authRegion, apiRegion }, all: {} };
}

/** Of an inline login the operator's word counts before what a renewal brought; a file's login speaks for itself. */
export function profileOf(account: Account, { details }: Credential): string | undefined {
  const { origin, profileArn } = settingsOf(account);
  return origin === undefined ? (profileArn ?? details?.['profileArn']) : (details?.['profileArn'] ?? profileArn);
}

export function machineOf(account: Account, { kind, secret, details }: Credential): string {
  const { origin, machineId } = settingsOf(account);
  const told = details?.['machineId'];
  return machineIdOf({
    declared: origin === undefined ? (machineId ?? told) : (normaliseMachineId(told) ?? machineId),
    apiKey: kind === 'api-key' ? secret : undefined,
    refreshToken: details?.['refreshToken'],
    accountId: account.id,
  });
}

function loginOfSettings(settings: KiroAccountSettings): KiroLogin {
  const { authMethod, refreshToken, clientId, clientSecret, tokenEndpoint, scope, startUrl, profileArn } = settings;
  const name = authMethod === undefined ? undefined : authMethodNamed(authMethod);
  const texts = { refreshToken, clientId, clientSecret, tokenEndpoint, scope, startUrl, profileArn };
  const known = Object.fromEntries(Object.entries(texts).filter(([, value]) => value !== undefined));
  return { ...known, authMethod: inferAuthMethod({ name, clientId, clientSecret }) };
}
