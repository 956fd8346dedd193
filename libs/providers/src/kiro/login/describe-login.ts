import { isBuilderId } from '../profiles/shared-profile.js';
import type { KiroLogin } from './kiro-login.js';

const SHOWN_START = 3;
const SHOWN_END = 4;
/** Of a shorter secret the shown ends would be too much. */
const MIN_MASKED_CHARACTERS = 24;

/** One line about a login for people: what it is, and no more of its secrets than tells them apart. */
export function describeLogin(login: KiroLogin): string {
  const { apiKey, refreshToken, accessToken, region, authRegion, apiRegion, profileArn, expiresAtMs } = login;
  const parts = [
    kindOf(login),
    apiKey === undefined ? undefined : `key ${mask(apiKey)}`,
    refreshToken === undefined ? undefined : `refresh token ${mask(refreshToken)}`,
    refreshToken === undefined && accessToken !== undefined ? `access token ${mask(accessToken)} alone` : undefined,
    (authRegion ?? region) === undefined ? undefined : `region ${authRegion ?? region}`,
    apiRegion === undefined ? undefined : `API in ${apiRegion}`,
    profileArn === undefined ? undefined : `profile ${profileArn.split('/').at(-1)}`,
    accessToken === undefined || expiresAtMs === undefined
      ? undefined
      : `access token until ${new Date(expiresAtMs).toISOString()}`,
  ];
  return parts.filter((part) => part !== undefined).join(', ');
}

function kindOf(login: KiroLogin): string {
  const { authMethod, identityProvider, startUrl } = login;
  switch (authMethod) {
    case 'social':
      return identityProvider === undefined ? 'social login' : `social login (${identityProvider})`;
    case 'idc':
      if (isBuilderId(login)) return 'Builder ID';
      return startUrl === undefined ? 'single sign-on' : `single sign-on of ${startUrl}`;
    case 'api_key':
      return 'API key';
    case 'external_idp':
      return 'external identity provider';
    default:
      return unknownMethod(authMethod);
  }
}

function mask(secret: string): string {
  if (secret.length < MIN_MASKED_CHARACTERS) return '(short)';
  return `${secret.slice(0, SHOWN_START)}…${secret.slice(-SHOWN_END)}`;
}

function unknownMethod(method: never): never {
  throw new TypeError(`unknown auth method ${JSON.stringify(method)}`);
}
