import {
  digestText,
  noteSourceFiles,
  type AccountExpansion,
  type ExpandedAccount,
  type SourceFile,
} from '@sluice/provider-kit';
import { resolvePath } from '../files/resolve-path.js';
import { readBoundedFile } from '../files/read-bounded-file.js';
import { seedOf } from '../login/login-details.js';
import type { KiroLogin } from '../login/kiro-login.js';
import { ENDPOINT_NAMES, type EndpointName } from '../credential-settings.js';
import type { KiroAccountSettings, KiroSettings } from '../settings.js';
import { parseCredentials, type CredentialsEntry } from './credentials-document.js';
import { readEntry } from './credentials-file-source.js';
import type { CredentialOrigin } from './kiro-credential-source.js';
import { openSource } from './open-source.js';
import { writeBackWarning } from './write-back-warning.js';

/** kiro-rs accepts no shorter refresh tokens: they are cut off. */
const MIN_REFRESH_TOKEN_CHARACTERS = 100;

/**
 * The accounts that one declaration stands for: each login of a file is one, called `<id>#<id in the file>`. A file that is not
 * there yet is one account that works once it is.
 * @param folder that relative paths count from
 * @returns undefined = the declared account as it is
 * @throws LoginFileError
 */
export async function expandAccount(
  settings: Readonly<Record<string, unknown>>,
  folder: string,
): Promise<AccountExpansion | undefined> {
  const { credentialsFile, sqliteFile, tokenFile, ...others } = settings as KiroSettings; // checked by the schema
  if (credentialsFile !== undefined) return expandFile(others, resolvePath(credentialsFile, folder));
  const writeBack = others.writeBack === true;
  if (sqliteFile !== undefined) {
    return expandStore(others, { kind: 'cli-database', path: resolvePath(sqliteFile, folder), writeBack });
  }
  if (tokenFile !== undefined) {
    return expandStore(others, { kind: 'token-cache', path: resolvePath(tokenFile, folder), writeBack });
  }
  return undefined;
}

/** The login may come later: `kiro-cli login` while the gateway runs. So what is wrong with it is said, and is no error. */
async function expandStore(settings: KiroSettings, origin: CredentialOrigin): Promise<AccountExpansion> {
  const account = (login: Partial<KiroLogin>): ExpandedAccount => ({
    suffix: '',
    settings: { ...settings, origin, seed: seedOf(login, origin.path) } satisfies KiroAccountSettings,
  });
  const warnings = [writeBackWarning(origin)].filter((warning) => warning !== undefined);
  try {
    return { accounts: [account(await openSource(origin).read())], warnings };
  } catch (error) {
    return { accounts: [account({})], warnings: [...warnings, error instanceof Error ? error.message : String(error)] };
  }
}

/** Whatever comes of it, the file is known to have been read: it is read again when it changes. */
async function expandFile(settings: KiroSettings, path: string): Promise<AccountExpansion> {
  let file: SourceFile = { path, digest: undefined };
  try {
    const text = await readBoundedFile(path);
    if (text !== undefined) file = { path, digest: digestText(text) };
    return { ...expandText(settings, path, text), files: [file] };
  } catch (error) {
    throw noteSourceFiles(error, [file]);
  }
}

function expandText(settings: KiroSettings, path: string, text: string | undefined): AccountExpansion {
  const { isList, entries } = parseCredentials(text ?? '', path);
  if (entries.length === 0) {
    const origin: CredentialOrigin = { kind: 'credentials-file', path };
    const why = text === undefined ? 'does not exist yet' : 'has no logins yet';
    return {
      accounts: [{ suffix: '', settings: { ...settings, origin, seed: seedOf({}, path) } }],
      warnings: [`${path}: it ${why}, and the account answers when there is one.`],
    };
  }
  const expanded = entries.map((entry) => expandEntry(settings, { entry, path, isList }));
  return {
    accounts: expanded.map(({ account }) => account),
    warnings: expanded.flatMap(({ warnings }) => warnings),
  };
}

interface EntryPlace {
  readonly entry: CredentialsEntry;
  readonly path: string;
  readonly isList: boolean;
}

function expandEntry(
  settings: KiroSettings,
  { entry, path, isList }: EntryPlace,
): { readonly account: ExpandedAccount; readonly warnings: readonly string[] } {
  const { id, at, value } = entry;
  const login = readEntry(entry, path);
  const origin: CredentialOrigin = { kind: 'credentials-file', path, ...(isList ? { entry: id } : {}) };
  const endpoint = textOf(value['endpoint']);
  const isKnown = endpoint === undefined || isEndpointName(endpoint);
  const warnings = [
    ...(isKnown
      ? []
      : [
          `names the endpoint ${JSON.stringify(endpoint)}, which is none of ${ENDPOINT_NAMES.join(', ')}; the login is not used`,
        ]),
    ...((login.refreshToken?.length ?? MIN_REFRESH_TOKEN_CHARACTERS) < MIN_REFRESH_TOKEN_CHARACTERS
      ? ['has a refreshToken of less than 100 characters: it may have been cut off']
      : []),
  ].map((warning) => `${path}: ${at === '' ? 'the login' : at} ${warning}.`);
  const proxyUrl = proxyOf(value);
  const priority = value['priority'];
  const account: ExpandedAccount = {
    suffix: isList ? `#${id}` : '',
    settings: {
      ...(login.apiKey === undefined
        ? { ...settings, origin, seed: seedOf(login) }
        : { ...keySettings(settings, login, login.apiKey), keptIn: origin }),
      ...(endpoint !== undefined && isEndpointName(endpoint) ? { endpoint } : {}),
    },
    isDisabled: value['disabled'] === true || !isKnown,
    ...(typeof priority === 'number' && Number.isInteger(priority) && priority >= 0 ? { priority } : {}),
    ...(proxyUrl === undefined ? {} : { proxyUrl }),
  };
  return { account, warnings };
}

/** A key never changes, so nothing has to be read again: it is as if it were declared inline. */
function keySettings(all: KiroSettings, login: KiroLogin, apiKey: string): KiroSettings {
  const apiRegion = login.apiRegion ?? all.apiRegion ?? all.region;
  const region = login.region ?? all.region;
  const machineId = login.machineId ?? all.machineId;
  return {
    ...all,
    apiKey,
    ...(apiRegion === undefined ? {} : { apiRegion }),
    ...(region === undefined ? {} : { region }),
    ...(machineId === undefined ? {} : { machineId }),
  };
}

/** The proxy of one login, with its name and password inside. `direct` = none. */
function proxyOf(value: CredentialsEntry['value']): string | undefined {
  const proxyUrl = textOf(value['proxyUrl']);
  if (proxyUrl === undefined) return undefined;
  if (proxyUrl.toLowerCase() === 'direct') return 'direct';
  if (!URL.canParse(proxyUrl)) return proxyUrl;
  const url = new URL(proxyUrl);
  url.username = textOf(value['proxyUsername']) ?? url.username;
  url.password = textOf(value['proxyPassword']) ?? url.password;
  return url.href;
}

function isEndpointName(name: string): name is EndpointName {
  return (ENDPOINT_NAMES as readonly string[]).includes(name);
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}
