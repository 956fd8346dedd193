import type { Cancellation } from '@sluice/streaming';

/** Waits, unless the exchange is stopped first. Injected, so that tests decide how long a wait takes. */
export abstract class Pause {
  /** Resolves after `ms`, or at once when the cancellation fires. */
  abstract wait(ms: number, cancellation: Cancellation): Promise<void>;
}

/** Waits on the machine's timer. */
export class TimerPause extends Pause {
  wait(ms: number, cancellation: Cancellation): Promise<void> {
    if (cancellation.isCancelled) return Promise.resolve();
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        forget();
        resolve();
      };
      const timer = setTimeout(done, ms);
      const forget = cancellation.onCancel(done);
    });
  }
}
