import type { Server } from 'node:http';
import type { INestApplication } from '@nestjs/common';
import { jest } from '@jest/globals';
import { SilentLogger } from '@sluice/core';
import { type InFlight } from '@sluice/dispatch';
import { GracefulStop } from './graceful-stop.js';

const DRAIN_MS = 5000;

/** An in-flight register whose exchanges end when the spec says so, and an application that notes what is done to it. */
function setUp(close: () => Promise<void> = () => Promise.resolve()) {
  const order: string[] = [];
  let isOpen = true;
  const waiting: (() => void)[] = [];
  const end = (): void => {
    isOpen = false;
    for (const tell of waiting.splice(0)) tell();
  };
  const inFlight = {
    get size() {
      return isOpen ? 1 : 0;
    },
    startDraining: () => order.push('draining'),
    interruptAll: () => order.push('interrupted'),
    idle: () => (isOpen ? new Promise<void>((resolve) => waiting.push(resolve)) : Promise.resolve()),
  } as unknown as InFlight;
  const server = {
    closeIdleConnections: () => undefined,
    closeAllConnections: () => order.push('connections cut'),
  } as unknown as Server;
  const app = {
    getHttpServer: () => server,
    close: () => {
      order.push('closed');
      return close();
    },
  } as unknown as INestApplication;
  const stop = new GracefulStop({ app, inFlight, logger: new SilentLogger(), drainTimeoutMs: DRAIN_MS });
  return { end, order, stop };
}

describe('GracefulStop', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('lets open exchanges end by themselves, then closes', async () => {
    const { end, order, stop } = setUp();

    const stopping = stop.stop();
    await jest.advanceTimersByTimeAsync(DRAIN_MS - 1);
    const before = [...order];
    end();
    await stopping;

    expect(before).toEqual(['draining']);
    expect(order).toEqual(['draining', 'interrupted', 'closed']);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('ends what is left when the time is over, and lets it say goodbye', async () => {
    const { end, order, stop } = setUp();

    const stopping = stop.stop();
    await jest.advanceTimersByTimeAsync(DRAIN_MS);
    const before = [...order];
    end();
    await stopping;

    expect(before).toEqual(['draining', 'interrupted']);
    expect(order).toEqual(['draining', 'interrupted', 'closed']);
  });

  it('does not wait for a goodbye without end', async () => {
    const { order, stop } = setUp();

    const stopping = stop.stop();
    await jest.advanceTimersByTimeAsync(DRAIN_MS + 1000);
    await stopping;

    expect(order).toEqual(['draining', 'interrupted', 'closed']);
  });

  it('cuts connections that keep the application from closing', async () => {
    let closed = (): void => {};
    const { end, order, stop } = setUp(() => new Promise((resolve) => (closed = resolve)));
    end();

    const stopping = stop.stop();
    await jest.advanceTimersByTimeAsync(1000);
    closed();
    await stopping;

    expect(order).toEqual(['draining', 'interrupted', 'closed', 'connections cut']);
  });

  it('stops once, however often it is told', async () => {
    const { end, order, stop } = setUp();
    end();

    await Promise.all([stop.stop(), stop.stop()]);

    expect(order.filter((step) => step === 'closed')).toHaveLength(1);
  });

  it('leaves no timer behind when the application fails to close', async () => {
    const { end, stop } = setUp(() => Promise.reject(new Error('stuck')));
    end();

    await expect(stop.stop()).rejects.toThrow('stuck');

    expect(jest.getTimerCount()).toBe(0);
  });
});
