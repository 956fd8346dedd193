import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { listenForCallback, type LoopbackCallback } from './loopback-callback.js';

describe('listenForCallback', () => {
  const signal = new AbortController().signal;
  let taken: Server;
  let takenPort: number;
  let callback: LoopbackCallback | undefined;

  beforeEach(async () => {
    taken = createServer();
    taken.listen(0, '127.0.0.1');
    await once(taken, 'listening');
    takenPort = (taken.address() as AddressInfo).port; // a TCP server that listens has one
  });

  afterEach(() => {
    callback?.close();
    callback = undefined;
    taken.close();
  });

  it('takes the next port when one is in use', async () => {
    callback = await listenForCallback({ state: 's', ports: [takenPort, 0], signal });

    expect(Number(new URL(callback.redirectUri).port)).not.toBe(takenPort);
    const answer = await fetch(`${callback.redirectUri}?state=s&code=c`);
    expect(answer.status).toBe(200);
    expect(await callback.code).toBe('c');
  });

  it('says which ports are in use when all are', async () => {
    await expect(listenForCallback({ state: 's', ports: [takenPort], signal })).rejects.toThrow(
      `None of the ports ${takenPort} is free`,
    );
  });

  it.each([
    ['another page', 'GET', '/favicon.ico', 404],
    ['another method', 'POST', '/oauth/callback?state=s&code=c', 404],
    ['what is no address', 'GET', '//', 404],
    ['no state', 'GET', '/oauth/callback?code=c', 400],
  ])('answers %s without taking it for the login', async (_name, method, path, status) => {
    callback = await listenForCallback({ state: 's', signal });
    const { origin } = new URL(callback.redirectUri);

    expect((await fetch(origin + path, { method })).status).toBe(status);

    await fetch(`${callback.redirectUri}?state=s&code=mine`);
    expect(await callback.code).toBe('mine');
  });

  it('ends with the reason of whoever gives up', async () => {
    callback = await listenForCallback({ state: 's', signal: AbortSignal.abort(new Error('given up')) });

    await expect(callback.code).rejects.toThrow('given up');
  });
});
