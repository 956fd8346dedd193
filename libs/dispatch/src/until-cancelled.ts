import type { Cancellation } from '@sluice/streaming';

/**
 * Waits for a step that cannot be stopped itself, but not beyond the end of its exchange. A step that is done costs nothing.
 * @throws the step's own error, or the cancellation's reason
 */
export function untilCancelled<T>(step: T | Promise<T>, cancellation: Cancellation): T | Promise<T> {
  if (!(step instanceof Promise)) return step;
  return new Promise((resolve, reject) => {
    const forget = cancellation.onCancel(reject);
    step.then(resolve, reject).finally(forget);
  });
}
