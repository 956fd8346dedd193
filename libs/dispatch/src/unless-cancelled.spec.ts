import { Cancellation } from '@sluice/streaming';
import { unlessCancelled } from './unless-cancelled.js';

describe('unlessCancelled', () => {
  it('gives back at once what is there already', () => {
    expect(unlessCancelled('there', new Cancellation())).toBe('there');
  });

  it('is the outcome of the work', async () => {
    await expect(unlessCancelled(Promise.resolve(1), new Cancellation())).resolves.toBe(1);
    await expect(unlessCancelled(Promise.reject(new Error('no')), new Cancellation())).rejects.toThrow('no');
  });

  it('does not wait beyond the cancellation', async () => {
    const cancellation = new Cancellation();

    const waiting = unlessCancelled(new Promise(() => {}), cancellation);
    cancellation.cancel(new Error('stopped'));

    await expect(waiting).rejects.toThrow('stopped');
  });

  it('does not begin to wait after it', async () => {
    const cancellation = new Cancellation();
    cancellation.cancel(new Error('stopped'));

    await expect(unlessCancelled(Promise.reject(new Error('no')), cancellation)).rejects.toThrow('stopped');
  });
});
