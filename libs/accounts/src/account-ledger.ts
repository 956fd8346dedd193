/** The first size; doubled when it is full. In accounts. */
const FIRST_SLOTS = 64;
/** How many of the last changes of calls under way are remembered. Who has missed more looks at everything. */
export const JOURNAL_ENTRIES = 1_024;

/**
 * What is looked at for every candidate of every request, as columns of numbers: a pool of a thousand accounts is then read
 * from the processor's cache. An account has the same slot in each column.
 */
export class AccountLedger {
  /** Calls under way. */
  inFlight = new Int32Array(FIRST_SLOTS);
  /** Standing in the weighted rotation: the highest is next. */
  turns = new Float64Array(FIRST_SLOTS);
  /** Calls begun, each counted as one divided by the account's weight. */
  uses = new Float64Array(FIRST_SLOTS);
  /** Changes with every change of the account's cooldowns and low limits. */
  versions = new Int32Array(FIRST_SLOTS);
  /** Whose calls under way have changed: slots in a ring, the latest before `journalEnd`. */
  readonly journal = new Int32Array(JOURNAL_ENTRIES);
  /** How many changes there have been. */
  journalEnd = 0;
  /** Changes with every change of any version. */
  revision = 0;
  readonly #free: number[] = [];
  #next = 0;

  /** A slot for a new account. */
  allot(): number {
    const slot = this.#free.pop() ?? this.#next++;
    if (slot >= this.inFlight.length) this.#grow();
    this.inFlight[slot] = 0;
    this.turns[slot] = 0;
    this.uses[slot] = 0;
    this.touch(slot); // whoever looked at the slot before must look again
    return slot;
  }

  /** The account is gone; its slot goes to the next one. */
  free(slot: number): void {
    this.#free.push(slot);
  }

  /** A call has begun or ended. What a choice has noted of the account's uses must stand before the call begins. */
  countInFlight(slot: number, change: 1 | -1): void {
    this.inFlight[slot] = (this.inFlight[slot] ?? 0) + change;
    this.journal[this.journalEnd % JOURNAL_ENTRIES] = slot;
    this.journalEnd += 1;
  }

  /** The account's cooldowns or low limits have changed. */
  touch(slot: number): void {
    this.versions[slot] = (this.versions[slot] ?? 0) + 1;
    this.revision += 1;
  }

  #grow(): void {
    const size = this.inFlight.length * 2;
    this.inFlight = grown(new Int32Array(size), this.inFlight);
    this.turns = grown(new Float64Array(size), this.turns);
    this.uses = grown(new Float64Array(size), this.uses);
    this.versions = grown(new Int32Array(size), this.versions);
  }
}

function grown<Column extends Int32Array | Float64Array>(column: Column, old: Column): Column {
  column.set(old);
  return column;
}
