import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { jest } from '@jest/globals';
import { discardRest, MAX_DISCARDED_BYTES, MAX_DISCARD_MS } from './discard-rest.js';

const MEBIBYTE = Buffer.alloc(1024 * 1024);

const nextTurn = (): Promise<void> => new Promise((resolve) => process.nextTick(resolve));

describe('discardRest', () => {
  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['nextTick'] });
  });

  afterEach(() => {
    jest.useRealTimers();
  });

  it('reads a body of moderate size to its end and keeps the connection', async () => {
    const request = new IncomingMessage(new Socket());
    discardRest(request);

    for (let sent = 0; sent < 4; sent++) request.push(MEBIBYTE);
    request.complete = true; // as node's parser does, before the end
    request.push(null);
    await new Promise((resolve) => request.once('end', resolve));
    jest.advanceTimersByTime(MAX_DISCARD_MS + 1);

    expect(request.socket.destroyed).toBe(false);
  });

  it('cuts the connection of a client that sends on and on', async () => {
    const request = new IncomingMessage(new Socket());
    discardRest(request);

    for (let sent = 0; sent <= MAX_DISCARDED_BYTES; sent += MEBIBYTE.length) {
      request.push(MEBIBYTE);
      await nextTurn();
    }

    expect(request.destroyed).toBe(true);
  });

  it('cuts the connection of a client that neither sends nor ends', async () => {
    const request = new IncomingMessage(new Socket());
    discardRest(request);
    await nextTurn();
    expect(request.destroyed).toBe(false);

    jest.advanceTimersByTime(MAX_DISCARD_MS);

    expect(request.destroyed).toBe(true);
  });
});
