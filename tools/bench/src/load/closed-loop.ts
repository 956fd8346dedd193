import { setTimeout as delay } from 'node:timers/promises';
import { LoadClient, type Exchange } from './load-client.js';

export interface ClosedLoopOptions {
  readonly port: number;
  readonly clients: number;
  /** A new exchange for a client; undefined ends that client. */
  readonly next: () => Exchange | undefined;
  readonly onFault: (reason: string) => void;
}

/** Bounds of one load, whatever its window. */
const MAX_EXCHANGES = 500_000;
const MAX_FAULTS = 100;
const DRAIN_TIMEOUT_MS = 15_000;
/** Connections are opened in steps, so that no listener's backlog overflows. */
const OPENED_AT_ONCE = 20;
const OPEN_EVERY_MS = 4;

/** A number of closed-loop clients that run until they are told to stop. */
export class ClosedLoop {
  /** Answers so far, right and wrong. */
  answered = 0;
  private started = 0;
  private faults = 0;
  private isStopping = false;
  private readonly clients: LoadClient[];

  constructor(private readonly options: ClosedLoopOptions) {
    this.clients = Array.from({ length: options.clients }, () => new LoadClient(options.port, this.events()));
  }

  /** Resolves when every client is connected and has sent its first request. */
  async start(): Promise<void> {
    for (let index = 0; index < this.clients.length; index += OPENED_AT_ONCE) {
      if (index > 0) await delay(OPEN_EVERY_MS);
      await Promise.all(this.clients.slice(index, index + OPENED_AT_ONCE).map((client) => client.start()));
    }
  }

  /** Lets every answer under way come to its end; one that does not is a fault. */
  async stop(): Promise<void> {
    this.isStopping = true;
    await this.ended();
  }

  /** Resolves when all clients have ended by themselves or the drain time is over. */
  async ended(): Promise<void> {
    const timeout = new AbortController();
    const drained = await Promise.race([
      Promise.all(this.clients.map((client) => client.ended)).then(() => true),
      delay(DRAIN_TIMEOUT_MS, false, { signal: timeout.signal }).catch(() => true),
    ]);
    timeout.abort();
    if (!drained) this.options.onFault(`answers still missing after ${DRAIN_TIMEOUT_MS} ms`);
    for (const client of this.clients) client.abort();
  }

  private events(): ConstructorParameters<typeof LoadClient>[1] {
    return {
      next: () => {
        if (this.isStopping || this.faults >= MAX_FAULTS || this.started >= MAX_EXCHANGES) return undefined;
        this.started += 1;
        return this.options.next();
      },
      answered: (fault) => {
        this.answered += 1;
        if (fault === undefined) return;
        this.faults += 1;
        this.options.onFault(fault);
      },
    };
  }
}
