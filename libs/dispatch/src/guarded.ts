import type { Logger } from '@sluice/core';

/**
 * Tells somebody who only listens (log, metrics, metering). When they fail the exchange goes on and everybody else is still
 * told; their failure is in the log.
 */
export function guarded(logger: Logger, who: string, tell: () => void): void {
  try {
    tell();
  } catch (error) {
    logger.error(`${who} failed`, { error });
  }
}
