import { suggestNearest } from '../check/nearest-name.js';
import type { Path } from '../path.js';
import type { Finding } from '../source/finding.js';
import { ACCOUNT_MEMBERS, DEFAULT_TLS, PLACES, TLS_MEMBER } from './kiro-rs-members.js';

/** kiro-rs listens there where its file does not say. */
export const KIRO_RS_PORT = 8080;

/** A `config.json` of kiro-rs as the tree of a configuration of ours. */
export interface TranslatedConfiguration {
  readonly value: Readonly<Record<string, unknown>>;
  readonly findings: readonly Finding[];
  /** Members that are unknown or have no effect here. */
  readonly warnings: readonly Finding[];
  /** The member that a place of `value` came from, for messages; the root where there is none. */
  sourceOf(path: Path): Path;
}

type Members = Readonly<Record<string, unknown>>;

/** The account that stands for all logins of `credentials.json`. */
const ACCOUNT_ID = 'kiro';
/** Its words for strategies of ours that have the same names. */
const STRATEGIES = ['priority', 'balanced'];

/**
 * Translates kiro-rs's `config.json`. Blank members count as absent, and unknown ones are warnings, because kiro-rs runs with
 * them.
 * @param credentialsFile absolute
 */
export function translateKiroRs(value: Members, credentialsFile: string): TranslatedConfiguration {
  const members = withoutBlanks(value);
  const { host, port = KIRO_RS_PORT, loadBalancingMode = 'priority' } = members;
  return {
    value: {
      server: { ...(host === undefined ? {} : { host }), port },
      apiKeys: keysOf(members),
      accounts: [{ id: ACCOUNT_ID, provider: 'kiro', credentialsFile, ...accountMembersOf(members) }],
      routing: { strategy: loadBalancingMode },
      ...proxyOf(members),
      ...tokenCountingOf(members),
    },
    findings: findProblems(members),
    warnings: Object.entries(members).flatMap(([name, member]) => warnOf(name, member)),
    sourceOf: (path) => sourceOf(path, members),
  };
}

function withoutBlanks(value: Members): Members {
  // an empty suffix means that no name asks for thinking
  const isSet = ([name, member]: [string, unknown]): boolean =>
    name === 'thinkingSuffix' || typeof member !== 'string' || member.trim() !== '';
  return Object.fromEntries(Object.entries(value).filter(isSet));
}

/** Often the administrator's key is the clients' once more. */
function keysOf({ apiKey, adminApiKey }: Members): readonly Members[] {
  if (apiKey === undefined) return [];
  const admin = { scopes: ['diagnostics', 'admin'] };
  if (adminApiKey === apiKey) return [{ name: 'kiro-rs', key: apiKey, ...admin }];
  const key = { name: 'kiro-rs', key: apiKey };
  return adminApiKey === undefined ? [key] : [key, { name: 'kiro-rs-admin', key: adminApiKey, ...admin }];
}

function accountMembersOf(members: Members): Members {
  return Object.fromEntries(
    Object.entries(ACCOUNT_MEMBERS).flatMap(([there, here]) => {
      const member = members[there];
      if (member === undefined) return [];
      if (there !== 'extractThinking') return [[here, member]];
      // thinking that is not taken out of the text stays in it, with its tags
      return member === false ? [[here, { handling: 'pass' }]] : [];
    }),
  );
}

function proxyOf({ proxyUrl, proxyUsername, proxyPassword }: Members): { readonly upstream?: Members } {
  if (proxyUrl === undefined) return {};
  const isPlain = proxyUsername === undefined && proxyPassword === undefined;
  if (isPlain || typeof proxyUrl !== 'string' || !URL.canParse(proxyUrl)) return { upstream: { proxyUrl } };
  const url = new URL(proxyUrl);
  url.username = String(proxyUsername ?? url.username);
  url.password = String(proxyPassword ?? url.password);
  return { upstream: { proxyUrl: url.href } };
}

/** Key and kind say something only of an address. */
function tokenCountingOf(members: Members): { readonly tokenCounting?: Members } {
  const { countTokensApiUrl: url, countTokensApiKey: apiKey, countTokensAuthType: authType } = members;
  if (url === undefined) return {};
  return {
    tokenCounting: {
      url,
      ...(apiKey === undefined ? {} : { apiKey }),
      ...(authType === undefined ? {} : { authType }),
    },
  };
}

function findProblems({ apiKey, loadBalancingMode, extractThinking }: Members): readonly Finding[] {
  const missingKey: Finding = {
    path: ['apiKey'],
    message: 'is missing',
    fix: 'Add it: the key that clients send. kiro-rs does not start without one either.',
    meant: ['apiKeys'],
  };
  const unknownMode: Finding = {
    path: ['loadBalancingMode'],
    message: 'is none of its two values',
    allowed: STRATEGIES.join(', '),
    meant: ['routing', 'strategy'],
  };
  const noFlag: Finding = { path: ['extractThinking'], message: 'is neither true nor false' };
  return [
    ...(apiKey === undefined ? [missingKey] : []),
    ...(loadBalancingMode === undefined || STRATEGIES.includes(String(loadBalancingMode)) ? [] : [unknownMode]),
    ...(extractThinking === undefined || typeof extractThinking === 'boolean' ? [] : [noFlag]),
  ];
}

function warnOf(name: string, member: unknown): readonly Finding[] {
  if (Object.hasOwn(PLACES, name)) return [];
  if (name === TLS_MEMBER) {
    const message = 'has no effect: there is one TLS here, which trusts what Node.js trusts';
    return member === DEFAULT_TLS ? [] : [{ path: [name], message }];
  }
  const message = 'is no member of a config.json of kiro-rs that is known here, and has no effect';
  return [{ path: [name], message, ...suggestNearest(name, [...Object.keys(PLACES), TLS_MEMBER]) }];
}

function sourceOf(path: Path, members: Members): Path {
  const [first] = path;
  const isTheirs = (name: string): boolean => Object.hasOwn(members, name) || Object.hasOwn(PLACES, name);
  if (path.length === 1 && typeof first === 'string' && isTheirs(first)) return path;
  const found = Object.entries(PLACES).find(
    ([name, place]) => members[name] !== undefined && place.every((segment, index) => path[index] === segment),
  );
  return found === undefined ? [] : [found[0]];
}
