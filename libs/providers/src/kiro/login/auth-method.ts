import type { AuthMethod } from './kiro-login.js';

/** Every name that stores and people use, in lower case. */
const METHODS: Readonly<Record<string, AuthMethod>> = {
  social: 'social',
  idc: 'idc',
  'builder-id': 'idc',
  iam: 'idc',
  api_key: 'api_key',
  apikey: 'api_key',
  external_idp: 'external_idp',
  external: 'external_idp',
  azuread: 'external_idp',
  azure: 'external_idp',
  entra: 'external_idp',
  'entra-id': 'external_idp',
  microsoft: 'external_idp',
  m365: 'external_idp',
  office365: 'external_idp',
};

/** What may stand for an auth method. */
export const AUTH_METHOD_NAMES = Object.keys(METHODS) as [string, ...string[]]; // the table is not empty

/** Undefined = nobody knows the name. */
export function authMethodNamed(name: string): AuthMethod | undefined {
  return Object.hasOwn(METHODS, name.toLowerCase()) ? METHODS[name.toLowerCase()] : undefined;
}

/** Who renews a login: a key always wins; else what is named; else single sign-on where a client with its secret is there. */
export function inferAuthMethod(said: {
  readonly name?: AuthMethod | undefined;
  readonly apiKey?: string | undefined;
  readonly clientId?: string | undefined;
  readonly clientSecret?: string | undefined;
}): AuthMethod {
  if (said.apiKey !== undefined) return 'api_key';
  if (said.name !== undefined) return said.name;
  return said.clientId !== undefined && said.clientSecret !== undefined ? 'idc' : 'social';
}
