import { jest } from '@jest/globals';
import { Cancellation } from '@sluice/streaming';
import { TimerPause } from './pause.js';

describe('TimerPause', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('waits as long as it was told', async () => {
    const order: string[] = [];
    const waiting = new TimerPause().wait(100, new Cancellation()).then(() => order.push('over'));

    await jest.advanceTimersByTimeAsync(99);
    order.push('99 ms');
    await jest.advanceTimersByTimeAsync(1);
    await waiting;

    expect(order).toEqual(['99 ms', 'over']);
  });

  it('ends with the exchange, and leaves no timer behind', async () => {
    const cancellation = new Cancellation();
    const waiting = new TimerPause().wait(100, cancellation);

    cancellation.cancel('gone');

    await waiting;
    expect(jest.getTimerCount()).toBe(0);
  });

  it('does not begin when the exchange is over', async () => {
    const cancellation = new Cancellation();
    cancellation.cancel('gone');

    await new TimerPause().wait(100, cancellation);

    expect(jest.getTimerCount()).toBe(0);
  });
});
