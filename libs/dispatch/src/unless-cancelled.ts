import type { Cancellation } from '@sluice/streaming';

/**
 * The outcome of a work that cannot be cancelled itself: it goes on, but nobody waits for it any more.
 * @throws the cancellation's reason, if it comes first
 */
export function unlessCancelled<T>(work: Promise<T>, cancellation: Cancellation): Promise<T> {
  return new Promise((resolve, reject) => {
    const forget = cancellation.onCancel(reject);
    work.then(resolve, reject).finally(forget);
  });
}
