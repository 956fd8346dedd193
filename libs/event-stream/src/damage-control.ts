import { EventStreamError } from './event-stream-error.js';
import type { EventStreamLimits } from './limits.js';

/** One damaged place that was passed over. */
export interface StreamDamage {
  readonly error: EventStreamError;
  /** How many bytes were lost with it. */
  readonly skippedBytes: number;
}

export type OnDamage = (damage: StreamDamage) => void;

/**
 * What a damaged place costs. Without a listener: the stream, as the specification demands. With one: either a message whose
 * length can be trusted, or the bytes up to the next good prelude; a whole search counts as one damage. Too many in a row,
 * or a search beyond the size of one message, end the stream all the same.
 */
export class DamageControl {
  readonly #limits: EventStreamLimits;
  readonly #onDamage: OnDamage | undefined;
  #consecutive = 0;
  #searchError: EventStreamError | undefined;
  #searchedBytes = 0;

  constructor(limits: EventStreamLimits, onDamage?: OnDamage) {
    this.#limits = limits;
    this.#onDamage = onDamage;
  }

  /** No prelude stands here: a search begins, unless one is going on. @throws EventStreamError */
  beginSearch(makeError: () => EventStreamError): void {
    this.#searchError ??= this.#admit(makeError());
  }

  /** So many bytes further no prelude stands either. @throws EventStreamError `too-damaged` */
  searched(bytes: number): void {
    this.#searchedBytes += bytes;
    if (this.#searchedBytes > this.#limits.maxMessageBytes) throw givenUp(this.#searchError);
  }

  /** A good prelude was found, or the stream is over. */
  endSearch(): void {
    if (this.#searchError === undefined) return;
    const damage = { error: this.#searchError, skippedBytes: this.#searchedBytes };
    this.#searchError = undefined;
    this.#searchedBytes = 0;
    this.#onDamage?.(damage);
  }

  /** A message with a good prelude is damaged behind it. @throws EventStreamError */
  dropMessage(error: EventStreamError, bytes: number): void {
    this.#admit(error);
    this.#onDamage?.({ error, skippedBytes: bytes });
  }

  acceptMessage(): void {
    this.#consecutive = 0;
  }

  #admit(error: EventStreamError): EventStreamError {
    if (this.#onDamage === undefined) throw error;
    this.#consecutive += 1;
    if (this.#consecutive >= this.#limits.maxConsecutiveDamages) throw givenUp(error);
    return error;
  }
}

function givenUp(cause: EventStreamError | undefined): EventStreamError {
  return new EventStreamError('too-damaged', 'the event stream is too damaged to go on', { cause });
}
