import { isJsonObject, type JsonObject } from '@sluice/core';
import type { KiroLogin } from '../login/kiro-login.js';
import { hasSecret, LoginProblem, readLogin } from '../login/read-login.js';
import { LoginFileError } from './login-file-error.js';

/** The rows of the two tables that say something of a login: key and JSON. */
export interface CliRows {
  readonly auth: Readonly<Record<string, string>>;
  readonly state: Readonly<Record<string, string>>;
}

/** Where tokens are kept, first choice first. `odic` is the programs' own spelling; the right one is there in case they mend it. */
export const TOKEN_KEYS = [
  'kirocli:social:token',
  'codewhisperer:social:token',
  'kirocli:odic:token',
  'kirocli:oidc:token',
  'codewhisperer:odic:token',
  'codewhisperer:oidc:token',
] as const;

const PROFILE_KEY = 'api.codewhisperer.profile';
const START_URL_KEY = 'auth.idc.start-url';
const REGION_KEY = 'auth.idc.region';
export const STATE_KEYS = [PROFILE_KEY, START_URL_KEY, REGION_KEY] as const;

/** The client's registration stands beside the token, under the same prefix. */
const REGISTRATION_ENDS = ['device-registration', 'device_registration'] as const;
const OIDC_SPELLINGS = ['odic', 'oidc'] as const;
const PREFIXES = ['kirocli', 'codewhisperer'] as const;
export const REGISTRATION_KEYS = PREFIXES.flatMap(registrationKeysOf);

export interface CliLogin {
  readonly login: KiroLogin;
  /** Where the token stands, and its JSON. */
  readonly key: string;
  readonly token: JsonObject;
}

/** @throws LoginFileError when there is no login, or it cannot be read */
export function readCliRows({ auth, state }: CliRows, file: string): CliLogin {
  const key = TOKEN_KEYS.find((candidate) => auth[candidate] !== undefined);
  if (key === undefined) throw new LoginFileError(file, 'auth_kv', 'has no login; run kiro-cli login first');
  const token = parseObject(auth[key], file, key);
  const isSocial = key.includes(':social:');
  const registrationKey = registrationKeysOf(key.slice(0, key.indexOf(':'))).find((name) => auth[name] !== undefined);
  const registration =
    isSocial || registrationKey === undefined ? {} : parseObject(auth[registrationKey], file, registrationKey);
  const told = readAs(token, file, key);
  const client = readAs(registration, file, registrationKey ?? key);
  if (!hasSecret(told)) throw new LoginFileError(file, key, 'has neither refresh_token nor access_token');
  const region = told.region ?? client.region ?? plainText(state[REGION_KEY]);
  const startUrl = told.startUrl ?? plainText(state[START_URL_KEY]);
  const profileArn = told.profileArn ?? profileOf(state[PROFILE_KEY]);
  const login: KiroLogin = {
    ...told,
    authMethod: isSocial ? 'social' : 'idc',
    ...(client.clientId === undefined ? {} : { clientId: client.clientId }),
    ...(client.clientSecret === undefined ? {} : { clientSecret: client.clientSecret }),
    ...(client.clientExpiresAtMs === undefined ? {} : { clientExpiresAtMs: client.clientExpiresAtMs }),
    ...(region === undefined ? {} : { region }),
    ...(startUrl === undefined ? {} : { startUrl }),
    ...(profileArn === undefined ? {} : { profileArn }),
  };
  return { login, key, token };
}

function registrationKeysOf(prefix: string): readonly string[] {
  return OIDC_SPELLINGS.flatMap((spelling) => REGISTRATION_ENDS.map((end) => `${prefix}:${spelling}:${end}`));
}

function readAs(value: JsonObject, file: string, key: string): KiroLogin {
  try {
    return readLogin(value);
  } catch (error) {
    if (!(error instanceof LoginProblem)) throw error;
    throw new LoginFileError(file, `${key} ${error.member}`, error.message);
  }
}

function parseObject(text: string | undefined, file: string, key: string): JsonObject {
  const value = parse(text);
  if (!isJsonObject(value)) throw new LoginFileError(file, key, 'is not a JSON object');
  return value;
}

/** `{"arn": …}` or the bare text. */
function profileOf(text: string | undefined): string | undefined {
  const value = parse(text);
  const arn = isJsonObject(value) ? value['arn'] : (value ?? text);
  return typeof arn === 'string' && arn.startsWith('arn:') ? arn : undefined;
}

/** JSON text with its quotes, or bare. */
function plainText(text: string | undefined): string | undefined {
  const value = parse(text) ?? text;
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function parse(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined; // the caller says what it expected
  }
}
