import { stringify } from 'yaml';
import { environmentReasoning, saysNo } from './environment-reasoning.js';

type Environment = Readonly<Record<string, string | undefined>>;
type Members = Readonly<Record<string, unknown>>;

/** What the variables of an older gateway come to. */
export type EnvironmentConfiguration =
  /** A whole sluice.yaml; variables stand in the places of secrets. */
  | { readonly type: 'complete'; readonly yaml: string }
  /** A login without a key for clients: the variable that has the login. */
  | { readonly type: 'keyless'; readonly variable: string };

/** The key that clients send. */
export const CLIENT_KEY_VARIABLE = 'PROXY_API_KEY';

const KEY_VARIABLE = 'KIRO_API_KEY';
/** Where a login is, most telling first; more than one is one too many. */
const STORES = [
  ['KIRO_CLI_DB_FILE', 'sqliteFile'],
  ['KIRO_CREDS_FILE', 'tokenFile'],
] as const;
const TOKENS = ['REFRESH_TOKEN', 'KIRO_REFRESH_TOKEN'] as const;
/** Names that nobody else's variables have. */
const TELLING_LOGINS = ['KIRO_CLI_DB_FILE', 'KIRO_CREDS_FILE', 'KIRO_REFRESH_TOKEN'];

const REGIONS = { region: 'KIRO_REGION', authRegion: 'KIRO_SSO_REGION', apiRegion: 'KIRO_API_REGION' };
const MS_PER_SECOND = 1000;

/**
 * What the variables of kiro-gateway, rkgw and Harbangan say as the `sluice.yaml` that does the same.
 * @returns undefined = they say nothing
 */
export function environmentAsYaml(environment: Environment): EnvironmentConfiguration | undefined {
  const variables = withoutBlanks(environment);
  const accounts = accountsOf(variables);
  if (accounts.length === 0) return undefined;
  if (variables[CLIENT_KEY_VARIABLE] === undefined) {
    const variable = TELLING_LOGINS.find((name) => variables[name] !== undefined);
    return variable === undefined ? undefined : { type: 'keyless', variable };
  }
  const configuration = {
    apiKeys: [{ name: 'clients', key: placeholder(CLIENT_KEY_VARIABLE) }],
    accounts,
    ...upstreamOf(variables),
  };
  return { type: 'complete', yaml: stringify(configuration, { lineWidth: 0 }) };
}

function withoutBlanks(environment: Environment): Environment {
  return Object.fromEntries(Object.entries(environment).filter(([, value]) => (value ?? '').trim() !== ''));
}

/** A key is an account beside any other. */
function accountsOf(variables: Environment): readonly Members[] {
  const shared = {
    ...dropAbsent(Object.entries(REGIONS).map(([member, name]) => [member, variables[name]?.trim()])),
    ...dropAbsent([['reasoning', environmentReasoning(variables)]]),
    ...(saysNo(variables['TRUNCATION_RECOVERY']) ? { truncationRecovery: false } : {}),
  };
  const login = loginOf(variables);
  return [
    ...(variables[KEY_VARIABLE] === undefined
      ? []
      : [{ id: 'kiro-key', provider: 'kiro', apiKey: placeholder(KEY_VARIABLE), ...shared }]),
    ...(login === undefined ? [] : [{ id: 'kiro', provider: 'kiro', ...login, ...shared }]),
  ];
}

function loginOf(variables: Environment): Members | undefined {
  const [variable, member] = STORES.find(([name]) => variables[name] !== undefined) ?? [];
  if (variable !== undefined && member !== undefined) return { [member]: variables[variable]?.trim() };
  const token = TOKENS.find((name) => variables[name] !== undefined);
  if (token === undefined) return undefined;
  return {
    refreshToken: placeholder(token),
    ...dropAbsent([
      ['profileArn', variables['PROFILE_ARN']?.trim()],
      ['clientId', variables['KIRO_CLIENT_ID']?.trim()],
      ['clientSecret', variables['KIRO_CLIENT_SECRET'] && placeholder('KIRO_CLIENT_SECRET')],
    ]),
  };
}

function upstreamOf(variables: Environment): { readonly upstream?: Members } {
  const timeouts = dropAbsent([
    ['firstByteMs', milliseconds(variables['FIRST_TOKEN_TIMEOUT'])],
    ['idleMs', milliseconds(variables['STREAMING_READ_TIMEOUT'])],
  ]);
  const proxy = variables['VPN_PROXY_URL'];
  const upstream = {
    ...(proxy === undefined
      ? {}
      : { proxyUrl: `${proxy.includes('://') ? '' : 'http://'}${placeholder('VPN_PROXY_URL')}` }),
    ...(Object.keys(timeouts).length === 0 ? {} : { timeouts }),
  };
  return Object.keys(upstream).length === 0 ? {} : { upstream };
}

/** What is no number of seconds is left to the defaults. */
function milliseconds(seconds: string | undefined): number | undefined {
  const number = Number(seconds);
  return seconds === undefined || !(number > 0) ? undefined : Math.round(number * MS_PER_SECOND);
}

function placeholder(name: string): string {
  return `\${${name}}`;
}

function dropAbsent(members: readonly (readonly [string, unknown])[]): Members {
  return Object.fromEntries(members.filter(([, value]) => value !== undefined));
}
