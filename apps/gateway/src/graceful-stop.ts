import type { Server } from 'node:http';
import type { INestApplication } from '@nestjs/common';
import type { Logger } from '@sluice/core';
import type { InFlight } from '@sluice/dispatch';

/** While the server closes, sockets that have become idle are closed this often. */
const IDLE_SWEEP_INTERVAL_MS = 50;
/** Interrupted exchanges get this long to write their error event, and after that every connection that still stands to end. */
const FAREWELL_MS = 1000;

export interface GracefulStopOptions {
  readonly app: INestApplication;
  readonly inFlight: InFlight;
  readonly logger: Logger;
  readonly drainTimeoutMs: number;
}

/**
 * Stops the gateway in this order: not ready → answers close their connections → open exchanges end by themselves, up to
 * `drainTimeoutMs` → the rest end with their format's error → the application closes → connections that still stand are cut
 * (node knows no idleness before the first request of one). Nest would destroy modules while streams run, so nothing of it
 * is told before the exchanges are over.
 */
export class GracefulStop {
  #stopped: Promise<void> | undefined;

  constructor(private readonly options: GracefulStopOptions) {}

  /** Idempotent: later calls wait for the same stop. */
  stop(): Promise<void> {
    return (this.#stopped ??= this.#run());
  }

  async #run(): Promise<void> {
    const { app, inFlight, logger, drainTimeoutMs } = this.options;
    const server = app.getHttpServer() as Server;
    const hasListened = server.listening; // else it is a start that has failed, and whoever started it is told why
    inFlight.startDraining();
    if (hasListened) logger.info('stopping', { openExchanges: inFlight.size, drainTimeoutMs });
    if (!(await endsWithin(inFlight.idle(), drainTimeoutMs))) {
      logger.warn('drain time is over: the open exchanges are ended', { openExchanges: inFlight.size });
    }
    inFlight.interruptAll(); // and whoever comes from now on, over a connection that still stands
    await endsWithin(inFlight.idle(), FAREWELL_MS);
    const sweep = setInterval(() => server.closeIdleConnections(), IDLE_SWEEP_INTERVAL_MS);
    server.closeIdleConnections();
    try {
      const closed = app.close();
      if (!(await endsWithin(closed, FAREWELL_MS))) server.closeAllConnections();
      await closed;
    } finally {
      clearInterval(sweep);
    }
    if (hasListened) logger.info('stopped');
  }
}

async function endsWithin(work: Promise<void>, timeoutMs: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), timeoutMs);
  });
  try {
    return await Promise.race([work.then(() => true), timeout]);
  } finally {
    clearTimeout(timer);
  }
}
