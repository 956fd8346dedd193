import type { Cancellation } from '@sluice/streaming';

/**
 * The outcome of a work that cannot be cancelled itself: it goes on, but nobody waits for it any more. What is there already
 * is given back at once.
 * @throws the work's own error, or the cancellation's reason if that comes first
 */
export function unlessCancelled<T>(work: T | Promise<T>, cancellation: Cancellation): T | Promise<T> {
  if (!(work instanceof Promise)) return work;
  return new Promise((resolve, reject) => {
    const forget = cancellation.onCancel(reject);
    work.then(
      (value) => {
        forget();
        resolve(value);
      },
      (error: unknown) => {
        forget();
        reject(error);
      },
    );
  });
}
