import type { Logger } from '@sluice/core';

/** What is needed of node's `process`. */
export type DyingProcess = Pick<NodeJS.Process, 'on' | 'off'>;

/** A log that can be written out at once. */
export interface LastWordsLog extends Pick<Logger, 'error'> {
  flush(): void;
}

/** An error that ends the process stands in the log too, not only on standard error. @returns what ends it */
export function logLastWords(log: LastWordsLog, target: DyingProcess = process): () => void {
  const listener = (error: Error, origin: string): void => {
    log.error('an error that nobody has caught ends the process', { origin, error });
    log.flush();
  };
  target.on('uncaughtExceptionMonitor', listener);
  return () => void target.off('uncaughtExceptionMonitor', listener);
}
