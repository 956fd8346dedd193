import { JOURNAL_ENTRIES } from './account-ledger.js';
import type { Level, Roster } from './roster.js';

const NONE = -1;

export interface SeatTreeOptions {
  /** Whether the least loaded come before the least used. */
  readonly regardsLoad: boolean;
}

/**
 * Knows the seat whose turn it is of very many, without looking at all of them: a tournament, in which two neighbours play, then
 * the winners, and so on. When something changes about one seat, only its own games are played again.
 *
 * ```text
 *            0              the winner: a usable seat of the first equals, least loaded, least used
 *        0       2
 *      0   1   2   3        seats
 * ```
 */
export class SeatTree {
  readonly #roster: Roster;
  readonly #regardsLoad: boolean;
  /** How many leaves: a power of two. The winner of a game stands at half the number of its players. */
  readonly #leaves: number;
  readonly #winners: Int32Array;
  readonly #seatOfSlot = new Map<number, number>();
  #level: Level = 0;
  #playedAtMs = Infinity;
  /** When the first seat that rests now does so no longer. */
  #wakeAtMs = -Infinity;
  #readUpTo = 0;

  constructor(roster: Roster, { regardsLoad }: SeatTreeOptions) {
    this.#roster = roster;
    this.#regardsLoad = regardsLoad;
    this.#leaves = 2 ** Math.ceil(Math.log2(Math.max(2, roster.slots.length)));
    this.#winners = new Int32Array(2 * this.#leaves);
    roster.slots.forEach((slot, at) => this.#seatOfSlot.set(slot, at));
  }

  /** Whether each account has one seat: otherwise changes of an account could not be followed. */
  get isExact(): boolean {
    return this.#seatOfSlot.size === this.#roster.slots.length;
  }

  /** The account of this seat has other cooldowns or limits than before. */
  noteChange(): void {
    this.#wakeAtMs = -Infinity;
  }

  /** The seat whose turn it is among all that may be asked on a level, or -1. */
  best(nowMs: number, level: Level): number {
    const { ledger } = this.#roster;
    const isBehind = ledger.journalEnd - this.#readUpTo > JOURNAL_ENTRIES;
    if (isBehind || level !== this.#level || nowMs < this.#playedAtMs || nowMs >= this.#wakeAtMs) {
      this.#playAll(nowMs, level);
    } else {
      for (let entry = this.#readUpTo; entry < ledger.journalEnd; entry += 1) {
        const at = this.#seatOfSlot.get(ledger.journal[entry % JOURNAL_ENTRIES] as number); // it is written in a ring
        if (at !== undefined) this.#play(at, nowMs);
      }
    }
    this.#readUpTo = ledger.journalEnd;
    return this.#winners[1] as number; // there are two leaves or more
  }

  #playAll(nowMs: number, level: Level): void {
    const winners = this.#winners;
    const untilMs = this.#roster.untilMs[level];
    const size = this.#roster.slots.length;
    this.#level = level;
    this.#playedAtMs = nowMs;
    this.#wakeAtMs = Infinity;
    for (let at = 0; at < this.#leaves; at += 1) {
      winners[this.#leaves + at] = at < size && this.#isUsable(at, nowMs) ? at : NONE;
      const restsUntilMs = at < size ? (untilMs[at] as number) : 0;
      if (restsUntilMs > nowMs && restsUntilMs < this.#wakeAtMs) this.#wakeAtMs = restsUntilMs;
    }
    for (let game = this.#leaves - 1; game > 0; game -= 1) winners[game] = this.#winnerOf(game);
  }

  #play(at: number, nowMs: number): void {
    const winners = this.#winners;
    winners[this.#leaves + at] = this.#isUsable(at, nowMs) ? at : NONE;
    for (let game = (this.#leaves + at) >> 1; game > 0; game >>= 1) winners[game] = this.#winnerOf(game);
  }

  #isUsable(at: number, nowMs: number): boolean {
    const { untilMs, ledger, slots, limits } = this.#roster;
    if ((untilMs[this.#level][at] as number) > nowMs) return false;
    return (ledger.inFlight[slots[at] as number] as number) < (limits[at] as number);
  }

  #winnerOf(game: number): number {
    const one = this.#winners[2 * game] as number;
    const other = this.#winners[2 * game + 1] as number;
    if (one === NONE || other === NONE) return one === NONE ? other : one;
    return this.#isBefore(other, one) ? other : one;
  }

  /** Whether it is `other`'s turn; of equals the seat in front, which is `one`, keeps it. */
  #isBefore(other: number, one: number): boolean {
    const { starts, slots, weights, ledger } = this.#roster;
    const equalsOfOther = starts[other] as number;
    const equalsOfOne = starts[one] as number;
    if (equalsOfOther !== equalsOfOne) return equalsOfOther < equalsOfOne;
    const slotOfOther = slots[other] as number;
    const slotOfOne = slots[one] as number;
    if (this.#regardsLoad) {
      const loadOfOther = (ledger.inFlight[slotOfOther] as number) / (weights[other] as number);
      const loadOfOne = (ledger.inFlight[slotOfOne] as number) / (weights[one] as number);
      if (loadOfOther !== loadOfOne) return loadOfOther < loadOfOne;
    }
    return (ledger.uses[slotOfOther] as number) < (ledger.uses[slotOfOne] as number);
  }
}
