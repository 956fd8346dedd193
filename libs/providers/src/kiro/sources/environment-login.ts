import type { KiroLogin } from '../login/kiro-login.js';
import { readLogin } from '../login/read-login.js';
import { resolvePath } from '../files/resolve-path.js';
import type { CredentialOrigin } from './kiro-credential-source.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** A login that the variables of an older gateway describe: where it is stored, or the login itself. */
export type EnvironmentLogin =
  | { readonly from: 'store'; readonly origin: CredentialOrigin }
  | { readonly from: 'variables'; readonly login: KiroLogin };

/** Each member of a login with the variables that carry it, the first that is set counts. */
const VARIABLES = {
  refreshToken: ['REFRESH_TOKEN', 'KIRO_REFRESH_TOKEN'],
  profileArn: ['PROFILE_ARN'],
  clientId: ['KIRO_CLIENT_ID'],
  clientSecret: ['KIRO_CLIENT_SECRET'],
  authRegion: ['KIRO_SSO_REGION'],
  region: ['KIRO_REGION'],
  apiRegion: ['KIRO_API_REGION'],
} as const;

/**
 * What the variables of kiro-gateway, rkgw, Harbangan and kiro-rs say, most telling first: the command line's database, a
 * file of tokens, a refresh token. A key is a login beside any of them.
 * @param folder that relative paths count from
 */
export function loginsFromEnvironment(environment: Environment, folder: string): readonly EnvironmentLogin[] {
  const key = setOf(environment, 'KIRO_API_KEY');
  const keyLogin = key === undefined ? [] : [readVariables(environment, { kiroApiKey: key })];
  const path = (name: string): string | undefined => {
    const value = setOf(environment, name);
    return value === undefined ? undefined : resolvePath(value, folder);
  };
  const database = path('KIRO_CLI_DB_FILE');
  const file = path('KIRO_CREDS_FILE');
  if (database !== undefined) {
    return [...keyLogin, { from: 'store', origin: { kind: 'cli-database', path: database, writeBack: false } }];
  }
  if (file !== undefined) {
    return [...keyLogin, { from: 'store', origin: { kind: 'token-cache', path: file, writeBack: false } }];
  }
  const members = membersOf(environment);
  return members['refreshToken'] === undefined ? keyLogin : [...keyLogin, readVariables(environment, members)];
}

function readVariables(environment: Environment, members: Readonly<Record<string, string>>): EnvironmentLogin {
  const { region, authRegion, apiRegion } = membersOf(environment);
  const regions = Object.fromEntries(Object.entries({ region, authRegion, apiRegion }).filter(([, value]) => value));
  return { from: 'variables', login: readLogin({ ...regions, ...members }) };
}

function membersOf(environment: Environment): Record<string, string> {
  return Object.fromEntries(
    Object.entries(VARIABLES).flatMap(([member, names]) => {
      const value = names.map((name) => setOf(environment, name)).find((found) => found !== undefined);
      return value === undefined ? [] : [[member, value]];
    }),
  );
}

function setOf(environment: Environment, name: string): string | undefined {
  const value = environment[name]?.trim();
  return value === undefined || value === '' ? undefined : value;
}
