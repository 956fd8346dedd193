import type { PushSource, SourceListener } from './push-source.js';
import type { Sink } from './sink.js';

/** Items that wait for a check before the gate calls itself full. */
export const MAX_QUEUED_ITEMS = 256;

export interface GateOptions<T> {
  /**
   * Answers with what may pass: the same items, fewer or others. Called for one batch at a time; batches that arrive during
   * a check are checked together. A throw or a rejection ends the stream.
   */
  readonly check: (items: readonly T[]) => readonly T[] | Promise<readonly T[]>;
  /** Default `MAX_QUEUED_ITEMS`, beside the batch that is being checked. */
  readonly maxQueuedItems?: number;
}

type Ending = { readonly type: 'end' } | { readonly type: 'error'; readonly error: unknown };

/**
 * The one asynchronous stage, for policy that must wait. A sink to what comes before it, a source to what comes after;
 * order is kept, and a check that answers synchronously costs no promise.
 *
 * ```text
 *  write ─▶ queue ─▶ check (one at a time) ─▶ listener        end and failure keep their place behind the items
 *    └ false: full        └ throws, rejects ─▶ onError
 * ```
 */
export class Gate<T> implements Sink<readonly T[]>, PushSource<readonly T[]> {
  readonly #check: GateOptions<T>['check'];
  readonly #maxQueuedItems: number;
  #queue: T[] = [];
  /** Checked, but the listener had asked for silence. */
  #checked: readonly T[] | undefined;
  #ending: Ending | undefined;
  #listener: SourceListener<readonly T[]> | undefined;
  #drainListener: (() => void) | undefined;
  #isFull = false;
  #isChecking = false;
  #isPaused = false;
  #isDone = false;

  constructor(options: GateOptions<T>) {
    this.#check = options.check;
    this.#maxQueuedItems = options.maxQueuedItems ?? MAX_QUEUED_ITEMS;
  }

  write(items: readonly T[]): boolean {
    if (this.#isDone) return true;
    for (const item of items) this.#queue.push(item);
    this.#advance();
    this.#isFull = this.#queue.length >= this.#maxQueuedItems;
    return !this.#isFull;
  }

  end(): void {
    this.#close({ type: 'end' });
  }

  /** What feeds the gate broke: told to the listener behind the items that are still here. */
  fail(error: unknown): void {
    this.#close({ type: 'error', error });
  }

  onDrain(listener: () => void): void {
    this.#drainListener = listener;
  }

  start(listener: SourceListener<readonly T[]>): void {
    this.#listener = listener;
    this.#advance();
  }

  pause(): void {
    this.#isPaused = true;
  }

  resume(): void {
    this.#isPaused = false;
    this.#advance();
  }

  /** A running check is left to end; its answer is not used. What feeds the gate is its owner's to cancel. */
  cancel(): void {
    this.#isDone = true;
    this.#queue = [];
    this.#checked = undefined;
  }

  #close(ending: Ending): void {
    this.#ending ??= ending;
    this.#advance();
  }

  #advance(): void {
    while (!this.#isDone && !this.#isChecking && !this.#isPaused && this.#listener !== undefined) {
      if (this.#checked !== undefined) {
        const items = this.#checked;
        this.#checked = undefined;
        if (items.length > 0) this.#listener.onData(items);
      } else if (this.#queue.length > 0) {
        this.#checkQueue();
      } else {
        if (this.#ending !== undefined) this.#tellEnding(this.#listener, this.#ending);
        return;
      }
    }
  }

  #checkQueue(): void {
    const items = this.#queue;
    this.#queue = [];
    try {
      const answer = this.#check(items);
      if ('then' in answer) {
        this.#isChecking = true;
        answer.then(
          (passed) => this.#answered(passed),
          (error: unknown) => this.#break(error),
        );
      } else {
        this.#checked = answer;
      }
    } catch (error) {
      this.#break(error);
      return;
    }
    // only now: what a drained producer writes at once must queue up behind this batch
    if (!this.#isFull) return;
    this.#isFull = false;
    this.#drainListener?.();
  }

  #answered(passed: readonly T[]): void {
    this.#isChecking = false;
    if (this.#isDone) return;
    this.#checked = passed;
    this.#advance();
  }

  #tellEnding(listener: SourceListener<readonly T[]>, ending: Ending): void {
    this.#isDone = true;
    if (ending.type === 'end') listener.onEnd();
    else listener.onError(ending.error);
  }

  #break(error: unknown): void {
    if (this.#isDone) return;
    this.cancel();
    this.#listener?.onError(error);
  }
}
