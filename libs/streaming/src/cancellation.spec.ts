import { Cancellation } from './cancellation.js';

describe('Cancellation', () => {
  it('tells every listener the reason, once', () => {
    const cancellation = new Cancellation();
    const told: string[] = [];
    cancellation.onCancel((reason) => told.push(`first ${String(reason)}`));
    cancellation.onCancel((reason) => told.push(`second ${String(reason)}`));

    cancellation.cancel('gone');
    cancellation.cancel('again');

    expect(told).toEqual(['first gone', 'second gone']);
    expect(cancellation.isCancelled).toBe(true);
    expect(cancellation.reason).toBe('gone');
  });

  it('tells a late listener at once', () => {
    const cancellation = new Cancellation();
    const told: unknown[] = [];
    cancellation.cancel('gone');

    cancellation.onCancel((reason) => told.push(reason));

    expect(told).toEqual(['gone']);
  });

  it('forgets a listener that was taken away', () => {
    const cancellation = new Cancellation();
    const told: string[] = [];
    const forget = cancellation.onCancel(() => told.push('forgotten'));
    cancellation.onCancel(() => told.push('kept'));

    forget();
    forget();
    cancellation.cancel('gone');

    expect(told).toEqual(['kept']);
  });

  it('is not cancelled to begin with', () => {
    const cancellation = new Cancellation();

    expect(cancellation.isCancelled).toBe(false);
    expect(cancellation.reason).toBeUndefined();
  });
});
