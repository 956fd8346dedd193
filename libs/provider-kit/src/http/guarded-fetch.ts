import type { Cancellation } from '@sluice/streaming';
import { Agent, type Dispatcher } from 'undici';
import { guardedConnector, PrivateAddressError, type GuardedConnectorOptions } from './guarded-connector.js';
import { Turns } from './turns.js';

/** Addresses that one address may lead to. */
export const MAX_REDIRECTS = 3;
/** What is fetched at the same time, for all requests. */
export const MAX_FETCHES = 16;
/** What waits for its turn; more is refused. */
export const MAX_WAITING_FETCHES = 256;
/** A longer address is refused. In characters. */
export const MAX_URL_CHARS = 8_192;

export interface FetchLimits {
  readonly maxBytes: number;
  /** For the whole of it, waiting and redirects included. */
  readonly timeoutMs: number;
  readonly allowHttp: boolean;
  /** Host names, `*` at the beginning for everything below one. Absent = every public host. */
  readonly hosts?: readonly string[] | undefined;
  /** Exact host names that may have private addresses. */
  readonly privateHosts: readonly string[];
}

export interface FetchedBody {
  readonly bytes: Buffer;
  /** Lower case, without parameters; empty = the server did not say. */
  readonly contentType: string;
}

export type FetchFlaw = 'refused' | 'unreachable' | 'status' | 'too-large' | 'too-late' | 'busy';

/** Why something was not fetched. For logs only: a client that read it could explore our network. */
export class FetchError extends Error {
  override readonly name = 'FetchError';

  constructor(
    readonly flaw: FetchFlaw,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

export interface GuardedFetchOptions extends Pick<GuardedConnectorOptions, 'resolve' | 'isAllowed'> {
  readonly maxFetches?: number;
  readonly maxWaiting?: number;
}

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
const OK = 200;
/** Idle connections to strangers are not kept for long. */
const KEEP_ALIVE_MS = 4_000;
/** Of one connection; the limit of the whole is shorter where it is set so. */
const CONNECT_MS = 10_000;
const HEADERS = { accept: 'image/*, application/pdf, text/*;q=0.8', 'accept-encoding': 'identity' };

/**
 * Fetches what a request names by its address, and nothing that is not public: the addresses are checked where the connection is
 * opened. Never through a proxy, behind which nobody could check them, and with no credential or cookie. Caller closes.
 */
export class GuardedFetch {
  readonly #guarded: Agent;
  readonly #open: Agent;
  readonly #turns: Turns;

  constructor({
    resolve,
    isAllowed,
    maxFetches = MAX_FETCHES,
    maxWaiting = MAX_WAITING_FETCHES,
  }: GuardedFetchOptions = {}) {
    const shared = { connectMs: CONNECT_MS, ...(resolve && { resolve }) };
    this.#guarded = agentOf({ ...shared, ...(isAllowed && { isAllowed }) });
    this.#open = agentOf({ ...shared, isAllowed: () => true });
    this.#turns = new Turns(maxFetches, maxWaiting);
  }

  /** @throws FetchError; or what the call was cancelled with */
  async fetch(url: string, limits: FetchLimits, cancellation: Cancellation): Promise<FetchedBody> {
    const stop = new AbortController();
    const deadline = setTimeout(
      () => stop.abort(new FetchError('too-late', `nothing came within ${limits.timeoutMs} ms`)),
      limits.timeoutMs,
    );
    const forget = cancellation.onCancel((reason) => stop.abort(reason));
    let leave: (() => void) | undefined;
    try {
      leave = await this.#turns.take(stop.signal);
      if (leave === undefined) throw new FetchError('busy', 'too much is fetched at the same time');
      return await this.#follow(url, limits, stop.signal);
    } catch (cause) {
      throw stop.signal.aborted ? stop.signal.reason : asFetchError(cause);
    } finally {
      leave?.();
      forget();
      clearTimeout(deadline);
    }
  }

  /** Breaks off what runs. */
  async destroy(): Promise<void> {
    await Promise.all([this.#guarded.destroy(), this.#open.destroy()]);
  }

  async #follow(first: string, limits: FetchLimits, signal: AbortSignal): Promise<FetchedBody> {
    let url = checkedUrl(first, undefined, limits);
    for (let hops = 0; hops <= MAX_REDIRECTS; hops += 1) {
      const dispatcher = limits.privateHosts.includes(url.hostname) ? this.#open : this.#guarded;
      const reply = await dispatcher.request({
        method: 'GET',
        origin: url.origin,
        path: `${url.pathname}${url.search}`,
        headers: HEADERS,
        headersTimeout: limits.timeoutMs,
        bodyTimeout: limits.timeoutMs,
        signal,
      });
      if (!REDIRECTS.has(reply.statusCode)) return await readWhole(reply, limits.maxBytes);
      discard(reply);
      url = checkedUrl(headerOf(reply, 'location'), url, limits);
    }
    throw new FetchError('status', `more than ${MAX_REDIRECTS} redirects`);
  }
}

function agentOf(options: GuardedConnectorOptions): Agent {
  return new Agent({ connect: guardedConnector(options), keepAliveTimeout: KEEP_ALIVE_MS, connections: MAX_FETCHES });
}

/** @throws FetchError `refused` */
function checkedUrl(text: string, base: URL | undefined, { allowHttp, hosts, privateHosts }: FetchLimits): URL {
  if (text.length > MAX_URL_CHARS || !URL.canParse(text, base?.href))
    throw new FetchError('refused', 'it is no address');
  const url = new URL(text, base);
  const isWeb = url.protocol === 'https:' || (url.protocol === 'http:' && allowHttp);
  if (!isWeb) throw new FetchError('refused', 'only https is fetched');
  if (url.username !== '' || url.password !== '') throw new FetchError('refused', 'the address holds a login');
  const isNamed = hosts === undefined || [...hosts, ...privateHosts].some((host) => covers(host, url.hostname));
  if (!isNamed) throw new FetchError('refused', 'the host is not among those that may be fetched from');
  return url;
}

function covers(pattern: string, hostname: string): boolean {
  return pattern.startsWith('*.')
    ? hostname.endsWith(pattern.slice(1).toLowerCase())
    : hostname === pattern.toLowerCase();
}

async function readWhole(reply: Dispatcher.ResponseData, maxBytes: number): Promise<FetchedBody> {
  const { statusCode, body } = reply;
  const obstacle = obstacleOf(reply, maxBytes);
  if (obstacle !== undefined) {
    discard(reply);
    throw obstacle;
  }
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of body as AsyncIterable<Buffer>) {
    length += piece.length;
    if (length > maxBytes) throw tooLarge(maxBytes); // leaving the loop breaks the body off
    pieces.push(piece);
  }
  if (statusCode !== OK || length === 0) throw new FetchError('status', 'the answer is empty');
  const [contentType = ''] = headerOf(reply, 'content-type').split(';');
  return { bytes: Buffer.concat(pieces, length), contentType: contentType.trim().toLowerCase() };
}

function obstacleOf(reply: Dispatcher.ResponseData, maxBytes: number): FetchError | undefined {
  if (reply.statusCode !== OK) return new FetchError('status', `the server answered ${reply.statusCode}`);
  if (Number(headerOf(reply, 'content-length')) > maxBytes) return tooLarge(maxBytes);
  const encoding = headerOf(reply, 'content-encoding');
  const isPlain = encoding === '' || encoding === 'identity';
  return isPlain ? undefined : new FetchError('status', 'the answer is compressed, which was not asked for');
}

function tooLarge(maxBytes: number): FetchError {
  return new FetchError('too-large', `it is larger than ${maxBytes} bytes`);
}

/** Nothing of it is read: the connection is given up. */
function discard({ body }: Dispatcher.ResponseData): void {
  body.on('error', () => undefined); // it is broken off on purpose
  body.destroy();
}

function headerOf({ headers }: Dispatcher.ResponseData, name: string): string {
  const value = headers[name];
  return (Array.isArray(value) ? value[0] : value) ?? '';
}

function asFetchError(cause: unknown): unknown {
  if (cause instanceof FetchError) return cause;
  if (cause instanceof PrivateAddressError) return new FetchError('refused', cause.message, { cause });
  return new FetchError('unreachable', 'the host did not answer', { cause });
}
