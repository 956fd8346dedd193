import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { LoginScreen } from './login-provider.js';
import { receiveCode, type CodeRequest } from './receive-code.js';

describe('receiveCode', () => {
  const never = new AbortController().signal;
  let taken: Server;
  let takenPort: number;
  let said: string[];

  beforeEach(async () => {
    said = [];
    taken = createServer();
    taken.listen(0, '127.0.0.1');
    await once(taken, 'listening');
    takenPort = (taken.address() as AddressInfo).port; // a TCP server that listens has one
  });

  afterEach(() => {
    taken.close();
  });

  const request = (port = 0): CodeRequest => ({
    state: 'mine',
    ports: [port],
    path: '/auth/callback',
    hostName: 'localhost',
    address: (redirectUri) => `https://vendor.example/authorize?redirect_uri=${encodeURIComponent(redirectUri)}`,
  });

  /** The browser that does what `visit` says with the address it is to come back to. */
  const screen = (visit: (redirectUri: string) => unknown, ask?: NonNullable<LoginScreen['ask']>): LoginScreen => ({
    say: (sentence) => said.push(sentence),
    open: (address) => void visit(new URL(address).searchParams.get('redirect_uri') ?? ''),
    ...(ask && { ask }),
  });
  const comeBack = (redirectUri: string) => fetch(redirectUri.replace('localhost', '127.0.0.1') + '?code=c&state=mine');
  const stayAway = (): void => {};
  /** A person who types nothing. */
  const silence = (_question: string, signal: AbortSignal) =>
    new Promise<string>((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));

  it('takes the code of a browser that comes back, by the name that the vendor knows', async () => {
    const { code, redirectUri } = await receiveCode(request(), { screen: screen(comeBack), signal: never });

    expect(code).toBe('c');
    expect(redirectUri).toMatch(/^http:\/\/localhost:\d+\/auth\/callback$/);
  });

  it('stops asking for a line when the browser is faster', async () => {
    let isAsking = true;
    const ask: typeof silence = (question, signal) => silence(question, signal).finally(() => (isAsking = false));

    await receiveCode(request(), { screen: screen(comeBack, ask), signal: never });
    await new Promise(setImmediate);

    expect(isAsking).toBe(false);
  });

  it('takes what is pasted when no browser comes back, and says what was wrong with it before', async () => {
    const lines = ['c#theirs', 'c#mine'];
    const found = await receiveCode(request(), {
      screen: screen(stayAway, async () => lines.shift() ?? ''),
      signal: never,
    });

    expect(found.code).toBe('c');
    expect(said).toEqual(['Log in with a browser on this machine:', 'It belongs to another login.']);
  });

  it('gives up after five lines without a code', async () => {
    const asking = receiveCode(request(takenPort), { screen: screen(stayAway, async () => ''), signal: never });

    await expect(asking).rejects.toThrow('There was no code in 5 answers. Begin anew.');
  });

  it('still waits for the browser when nobody can type any more', async () => {
    const ask = async (): Promise<string> => {
      throw new Error('The input has ended.');
    };
    const late = (redirectUri: string) => setImmediate(() => void comeBack(redirectUri));

    expect(await receiveCode(request(), { screen: screen(late, ask), signal: never })).toMatchObject({ code: 'c' });
  });

  it('gets on by pasting when the port is in use', async () => {
    const { code, redirectUri } = await receiveCode(request(takenPort), {
      screen: screen(stayAway, async () => 'c'),
      signal: never,
    });

    expect(code).toBe('c');
    expect(redirectUri).toBe(`http://localhost:${takenPort}/auth/callback`);
  });

  it('says that the port is in use where nobody can type', async () => {
    const asking = receiveCode(request(takenPort), { screen: screen(stayAway), signal: never });

    await expect(asking).rejects.toThrow(`None of the ports ${takenPort} is free`);
  });

  it.each([['with'], ['without']])('ends when the person gives up, %s somebody who can type', async (can) => {
    const giveUp = new AbortController();
    const gone = screen(() => giveUp.abort(new Error('given up')), can === 'with' ? silence : undefined);

    await expect(receiveCode(request(), { screen: gone, signal: giveUp.signal })).rejects.toThrow('given up');
  });
});
