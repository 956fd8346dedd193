import { resolve } from 'node:path';
import { pidFileOf } from '../instance/pid-file-path.js';
import type { AskEnvironment } from './ask-environment.js';
import { fetchDocument } from './fetch-document.js';

/** Which gateway is asked, and as whom. */
export interface AskFlags {
  /** Ask nobody. */
  readonly offline?: boolean | undefined;
  /** Where it listens; absent = where the pid file says. */
  readonly url?: string | undefined;
  readonly pidFile?: string | undefined;
  readonly data?: string | undefined;
  readonly config?: string | undefined;
  /** A client key, or the name of one in the configuration. */
  readonly key?: string | undefined;
}

/** What a running gateway has said. */
export type Asked =
  | { readonly type: 'told'; readonly url: string; readonly document: unknown }
  /** Nobody was asked. */
  | { readonly type: 'nobody' }
  /** `isChosen`: the address was given, so an answer about something else is no substitute. */
  | { readonly type: 'failed'; readonly message: string; readonly isChosen: boolean };

const IS_HTTP = /^https?:\/\//i;
const DIAGNOSTICS_SCOPE = 'diagnostics';
/** Addresses to listen on everywhere are none to call. */
const EVERYWHERE: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '[::]': '[::1]' };

/** Asks the gateway that runs, if one does, for a document about its accounts. @param path with its query */
export async function askGateway(path: string, flags: AskFlags, environment: AskEnvironment): Promise<Asked> {
  if (flags.offline === true) return { type: 'nobody' };
  const base = flags.url ?? (await publishedUrl(flags, environment));
  if (base === undefined) return { type: 'nobody' };
  const isChosen = flags.url !== undefined;
  if (!IS_HTTP.test(base) || !URL.canParse(base))
    return { type: 'failed', isChosen, message: `--url: ${base} is no address, as http://127.0.0.1:8000 is one.` };
  const url = callable(base);
  const key = await keyFor(flags, environment);
  const answer = await fetchDocument(new URL(path, url), { key, fetch: environment.fetch });
  return 'document' in answer
    ? { type: 'told', url: url.origin, document: answer.document }
    : { type: 'failed', isChosen, message: `The gateway at ${url.origin} has not told: ${answer.failure}` };
}

/** Where the process of the pid file listens; undefined = none does, or it runs with another configuration than was asked for. */
async function publishedUrl(flags: AskFlags, { find, variables }: AskEnvironment): Promise<string | undefined> {
  const found = await find(pidFileOf(flags, variables));
  if (found.kind !== 'running' || found.state === undefined) return undefined;
  const { url, configuration } = found.state;
  const isAnother = flags.config !== undefined && resolve(flags.config) !== resolve(configuration ?? '');
  return isAnother ? undefined : url;
}

function callable(base: string): URL {
  const url = new URL(base);
  url.hostname = EVERYWHERE[url.hostname] ?? url.hostname;
  return url;
}

/**
 * Undefined = none is known, and perhaps none is asked for. An address that somebody typed is shown only a key that was given:
 * the configuration's are for the gateway that runs with it.
 */
async function keyFor({ key, config, url }: AskFlags, environment: AskEnvironment): Promise<string | undefined> {
  const ofVariables = environment.variables['SLUICE_KEY'] || undefined;
  if (key === undefined && (ofVariables !== undefined || url !== undefined)) return ofVariables;
  const keys = await environment.readKeys(config);
  if (key !== undefined) return keys.find(({ name }) => name === key)?.key ?? key;
  return keys.find(({ scopes }) => scopes.includes(DIAGNOSTICS_SCOPE))?.key;
}
