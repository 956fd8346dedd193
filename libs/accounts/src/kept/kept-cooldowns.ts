import type { Clock, Logger } from '@sluice/core';
import type { AccountPool } from '../account-pool.js';
import type { CooldownStore } from './cooldown-store.js';
import { withinBounds } from './within-bounds.js';

/** How often it is looked whether there is something new to keep: a process that is killed loses no more. */
export const KEEP_INTERVAL_MS = 2_000;
/** How long the end of a process waits for the last save. */
export const LAST_SAVE_MS = 3_000;

/** Calls something again and again. The returned function ends it. */
export type CallEvery = (ms: number, call: () => void) => () => void;

/**
 * Lets cooldowns and low limits outlive the process: what a vendor refused for an hour is not asked again after a restart. Looks
 * from time to time what the pool has learnt, so no request waits for it. A store that fails is said once and tried again;
 * meanwhile everything is in memory.
 */
export class KeptCooldowns {
  #store: CooldownStore | undefined;
  #seenRevision = -1;
  /** What the store has, as JSON; undefined = nobody knows. */
  #stored: string | undefined;
  #saving: Promise<void> | undefined;
  #hasFailed = false;
  #hasLeftOut = false;
  #end: (() => void) | undefined;

  /** @param callEvery default: a timer that keeps no process alive */
  constructor(
    private readonly pool: AccountPool,
    private readonly clock: Clock,
    private readonly logger: Logger,
    private readonly callEvery: CallEvery = callWhileAlive,
  ) {}

  /**
   * Takes over what is there, and keeps here from now on. To be called once, before the first snapshot: it drops what belongs to
   * accounts that are no longer declared. Never rejects: what cannot be read is said, and forgotten.
   */
  async keepIn(store: CooldownStore): Promise<void> {
    this.#store = store;
    try {
      const kept = await store.load();
      this.#stored = JSON.stringify(kept);
      this.pool.restoreCooldowns(kept, this.clock.now());
    } catch (error) {
      this.logger.warn('kept cooldowns could not be taken over: accounts that rested before are asked again', {
        error,
      });
    }
    this.#end = this.callEvery(KEEP_INTERVAL_MS, () => void this.saveChanges());
  }

  /** Saves if there is something new. One save at a time. Never rejects. */
  saveChanges(): Promise<void> {
    return (this.#saving ??= this.#saveChanges().finally(() => {
      this.#saving = undefined;
    }));
  }

  /** The last save. Called by the framework when no request is open any more. Waits for {@link LAST_SAVE_MS} at most. */
  async onApplicationShutdown(): Promise<void> {
    if (this.#store === undefined) return;
    this.#end?.();
    const signal = AbortSignal.timeout(LAST_SAVE_MS);
    const tooLate = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
    await Promise.race([this.#saveLast(), tooLate]);
  }

  async #saveLast(): Promise<void> {
    await this.#saving;
    await this.saveChanges();
  }

  async #saveChanges(): Promise<void> {
    const { revision } = this.pool;
    if (this.#store === undefined || revision === this.#seenRevision) return;
    const all = this.pool.cooldownsToKeep(this.clock.now());
    const kept = withinBounds(all);
    this.#noteLeftOut(all.length - kept.length);
    const text = JSON.stringify(kept);
    try {
      if (text !== this.#stored) await this.#store.save(kept);
      this.#stored = text;
      this.#seenRevision = revision;
      this.#noteSuccess();
    } catch (error) {
      this.#noteFailure(error);
    }
  }

  #noteSuccess(): void {
    if (this.#hasFailed) this.logger.info('cooldowns that could not be kept before are kept now');
    this.#hasFailed = false;
  }

  #noteFailure(error: unknown): void {
    if (!this.#hasFailed) {
      this.logger.warn(
        'cooldowns could not be kept: they hold, are tried again, and are lost if the process ends before. ' +
          'Make room on the disk, or let Sluice write to its data directory',
        { error },
      );
    }
    this.#hasFailed = true;
  }

  #noteLeftOut(count: number): void {
    if (count > 0 && !this.#hasLeftOut) {
      this.logger.warn('there are more cooldowns than are kept: those that end first are lost with a restart', {
        count,
      });
    }
    this.#hasLeftOut = count > 0;
  }
}

function callWhileAlive(ms: number, call: () => void): () => void {
  const timer = setInterval(call, ms).unref();
  return () => clearInterval(timer);
}
