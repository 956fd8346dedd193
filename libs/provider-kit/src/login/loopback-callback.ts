import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { timingSafeEqual } from 'node:crypto';
import { LoginFailure } from './login-failure.js';

/** How long a person may take to come back from the browser. */
export const CALLBACK_TIMEOUT_MS = 10 * 60_000;

const HOST = '127.0.0.1';
const DEFAULT_PATH = '/oauth/callback';
const ANY_PORT = [0];

/** A server on this machine that the browser comes back to with a code. */
export interface LoopbackCallback {
  /** Where the browser has to be sent. */
  readonly redirectUri: string;
  /** Resolves with the code that came with the right state. @throws LoginFailure */
  readonly code: Promise<string>;
  close(): void;
}

export interface LoopbackOptions {
  readonly state: string;
  /** The first that is free is used; default: any. */
  readonly ports?: readonly number[];
  /** Default `/oauth/callback`. */
  readonly path?: string;
  /** What the redirect address calls this machine, where a vendor knows only one name of it; default `127.0.0.1`. */
  readonly hostName?: string;
  readonly signal: AbortSignal;
}

/** None of the ports that a vendor lets a browser come back to is free. */
export class PortsTakenError extends LoginFailure {
  constructor(ports: readonly number[]) {
    super(`None of the ports ${ports.join(', ')} is free on this machine. Free one, or use the device flow.`);
  }
}

/** Listens for one answer. Caller closes. @throws PortsTakenError when none of the ports is free */
export async function listenForCallback({
  state,
  ports = ANY_PORT,
  path = DEFAULT_PATH,
  hostName = HOST,
  signal,
}: LoopbackOptions): Promise<LoopbackCallback> {
  let resolve: (code: string) => void = () => {};
  let reject: (reason: unknown) => void = () => {};
  const promise = new Promise<string>((...settle) => ([resolve, reject] = settle));
  promise.catch(() => {}); // whoever waits for it is told; before that nobody may be there
  const server = createServer((request, response) => {
    const url = targetOf(request.url);
    if (request.method !== 'GET' || url?.pathname !== path) return answer(response, 404, 'There is nothing here.');
    // a stray question neither ends the login nor learns anything
    if (!isSame(url.searchParams.get('state'), state))
      return answer(response, 400, 'This answer belongs to no login here.');
    const code = url.searchParams.get('code');
    if (code !== null && code !== '') {
      answer(response, 200, 'Logged in. You can close this page.');
      return resolve(code);
    }
    answer(response, 200, 'The login was refused. You can close this page.');
    reject(new LoginFailure(`The login was refused (${url.searchParams.get('error') ?? 'no code came back'}).`));
  });
  const port = await listen(server, ports);
  const giveUp = (): void => reject(signal.reason);
  const late = new LoginFailure('Nobody came back from the browser in time. Begin anew.');
  const timer = setTimeout(() => reject(late), CALLBACK_TIMEOUT_MS);
  if (signal.aborted) giveUp();
  signal.addEventListener('abort', giveUp, { once: true });
  return {
    redirectUri: `http://${hostName}:${port}${path}`,
    code: promise,
    close: () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', giveUp);
      server.close();
      server.closeIdleConnections();
    },
  };
}

/** Undefined = any page may ask for anything, also for what is no address: that must not end the login. */
function targetOf(target = '/'): URL | undefined {
  return URL.canParse(target, `http://${HOST}`) ? new URL(target, `http://${HOST}`) : undefined;
}

async function listen(server: Server, ports: readonly number[]): Promise<number> {
  for (const port of ports) {
    const isListening = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false));
      server.listen(port, HOST, () => resolve(true));
    });
    server.removeAllListeners('error');
    if (isListening) return (server.address() as AddressInfo).port; // a TCP server that listens has one
  }
  throw new PortsTakenError(ports);
}

function answer(response: ServerResponse, status: number, sentence: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' });
  response.end(`${sentence}\n`);
}

function isSame(given: string | null, expected: string): boolean {
  const [one, other] = [Buffer.from(given ?? ''), Buffer.from(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}
