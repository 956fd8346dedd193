import { CALLBACK_TIMEOUT_MS, listenForCallback, PortsTakenError, type LoopbackCallback } from './loopback-callback.js';
import { LoginFailure } from './login-failure.js';
import type { LoginStage } from './login-provider.js';
import { readPastedCode } from './read-pasted-code.js';

/** A line that cannot be understood is asked for again, so many times. */
export const MAX_PASTES = 5;

const ASK_INSTEAD = 'No browser on this machine? Paste the address that the browser ends at, or the code it shows: ';
const ASK_ALONE = 'Paste the address that the browser ends at, or the code it shows: ';

export interface CodeRequest {
  readonly state: string;
  /** The ports that the vendor lets a browser come back to. */
  readonly ports: readonly number[];
  readonly path: string;
  /** What the vendor calls the person's machine. */
  readonly hostName: string;
  /** The page to log in at. */
  address(redirectUri: string): string;
}

export interface ReceivedCode {
  readonly code: string;
  readonly redirectUri: string;
}

/**
 * Sends a person to a page and waits for the code: by a browser on this machine that comes back, or, where a person can type,
 * by what they copy out of any browser. Whichever is first counts.
 * @throws LoginFailure when it is refused, or nobody comes in time; the signal's reason
 */
export async function receiveCode(
  request: CodeRequest,
  { screen, signal }: Omit<LoginStage, 'account'>,
): Promise<ReceivedCode> {
  const over = new AbortController();
  const until = AbortSignal.any([signal, over.signal]);
  const callback = await listenIfPossible(request, screen.ask !== undefined, signal);
  const redirectUri = callback?.redirectUri ?? `http://${request.hostName}:${request.ports[0]}${request.path}`;
  try {
    screen.say(callback === undefined ? 'Log in with a browser:' : 'Log in with a browser on this machine:');
    screen.open(request.address(redirectUri));
    const ways: Promise<string>[] = [];
    if (callback !== undefined) ways.push(callback.code);
    if (screen.ask !== undefined) {
      const pasted = askForCode(request.state, callback === undefined ? ASK_ALONE : ASK_INSTEAD, {
        screen,
        signal: until,
      });
      ways.push(callback === undefined ? pasted : pasted.catch((error) => waitOn(error, callback, signal)));
    }
    return { code: await Promise.race(ways), redirectUri };
  } finally {
    over.abort();
    callback?.close();
  }
}

/** Without a free port a person who can type still gets on. */
async function listenIfPossible(
  { state, ports, path, hostName }: CodeRequest,
  canPaste: boolean,
  signal: AbortSignal,
): Promise<LoopbackCallback | undefined> {
  try {
    return await listenForCallback({ state, ports, path, hostName, signal });
  } catch (error) {
    if (error instanceof PortsTakenError && canPaste) return undefined;
    throw error;
  }
}

async function askForCode(
  state: string,
  question: string,
  { screen, signal }: Pick<LoginStage, 'screen' | 'signal'>,
): Promise<string> {
  const late = AbortSignal.timeout(CALLBACK_TIMEOUT_MS);
  for (let asked = 0; asked < MAX_PASTES; asked += 1) {
    const line = (await screen.ask?.(question, AbortSignal.any([signal, late]))) ?? '';
    try {
      return readPastedCode(line, state);
    } catch (error) {
      if (!(error instanceof LoginFailure)) throw error;
      screen.say(error.message);
    }
  }
  throw new LoginFailure(`There was no code in ${MAX_PASTES} answers. Begin anew.`);
}

/** Nobody can type any more (the terminal has ended): the browser may still come back. */
function waitOn(error: unknown, callback: LoopbackCallback, signal: AbortSignal): Promise<string> {
  if (signal.aborted || error instanceof LoginFailure) throw error;
  return callback.code;
}
