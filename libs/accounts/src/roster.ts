import type { SelectionStrategy } from '@sluice/config';
import type { AccountLedger } from './account-ledger.js';
import type { AccountState } from './account-state.js';
import type { Candidate } from './candidate.js';
import type { LeaseOwner } from './lease-request.js';
import { rankCandidates, type RankedCandidate } from './roster-order.js';
import { SeatTree } from './seat-tree.js';
import type { VendorHealth } from './vendor-health.js';

/** One place of a roster. */
export interface Seat {
  readonly candidate: Candidate;
  readonly state: AccountState;
  /** Undefined = the vendor is always asked. */
  readonly vendor: VendorHealth | undefined;
}

export interface RosterOptions {
  readonly candidates: readonly Candidate[];
  readonly strategy: SelectionStrategy;
  readonly owner: LeaseOwner | undefined;
  readonly ledger: AccountLedger;
  seatOf(candidate: Candidate): Seat;
}

/** Vendors are looked up by number; this one is always asked. */
const ALWAYS_ASKED = -1;
const UNLIMITED = 2 ** 31 - 1;
/**
 * More equals than this are not all looked at to find the next one: those of one weight go round without counting, the others'
 * turns are kept in a tree.
 */
export const MAX_COUNTED_EQUALS = 64;
/** Their turns are counted. */
export const COUNTED = -1;

/**
 * How far down a pick goes: well; then also those whose limits run low; then also those with a passing fault; then also those whose
 * vendor, with a passing fault, said when to come back.
 */
export const LEVELS = [0, 1, 2, 3] as const;
export type Level = (typeof LEVELS)[number];
/** The level that everybody reaches who may be asked at all. */
export const LAST_LEVEL = 3;

/**
 * The candidates of one route in the order in which they are asked, as columns of numbers that a pick runs through. What the
 * columns say of an account is renewed when the ledger shows another version of it. The columns are equally long, so reading one
 * at a seat's number always finds a value.
 */
export class Roster {
  readonly seats: readonly Seat[];
  readonly vendors: readonly VendorHealth[];
  readonly ledger: AccountLedger;
  readonly strategy: SelectionStrategy;
  readonly owner: LeaseOwner | undefined;
  /** By seat: the account's place in the ledger. */
  readonly slots: Int32Array;
  /** By seat: the first one that takes turns with it. */
  readonly starts: Int32Array;
  /** By seat: behind the last one that takes turns with it. */
  readonly ends: Int32Array;
  /** By first seat of equals: the seat to begin with when they simply go round; -1 = their turns are counted. */
  readonly cursors: Int32Array;
  /** By priority: the seat that serves until it cannot for long. */
  kept = 0;
  readonly weights: Float64Array;
  /** By seat: calls at once. */
  readonly limits: Int32Array;
  /** By seat: a number of `vendors`, or -1. */
  readonly vendorNumbers: Int32Array;
  /** By level and seat: until when the account does not reach the level. Milliseconds since the epoch. */
  readonly untilMs: Readonly<Record<Level, Float64Array>>;
  /** Finds the next one of very many whose turns are counted; undefined = there are few, and all are looked at. */
  readonly tree: SeatTree | undefined;
  /** The least weight, and the most that a seat has been used, as the tree has chosen. */
  readonly leastWeight: number;
  mostUses = 0;
  /** By level: when the first account reaches it; in the past = one does. */
  readonly firstFreeMs: Record<Level, number> = { 0: 0, 1: 0, 2: 0, 3: 0 };
  readonly #seen: Int32Array;
  #seenRevision = -1;
  #seatNumbers: ReadonlyMap<string, number> | undefined;

  constructor({ candidates, strategy, owner, ledger, seatOf }: RosterOptions) {
    const ranked = rankCandidates(candidates, strategy, owner);
    const size = ranked.length;
    this.ledger = ledger;
    this.strategy = strategy;
    this.owner = owner;
    this.seats = ranked.map(({ candidate }) => seatOf(candidate));
    this.vendors = [...new Set(this.seats.flatMap(({ vendor }) => vendor ?? []))];
    this.slots = Int32Array.from(this.seats, ({ state }) => state.slot);
    this.weights = Float64Array.from(this.seats, ({ candidate }) => candidate.declaration.weight);
    this.limits = Int32Array.from(this.seats, ({ candidate }) => candidate.declaration.maxConcurrency ?? UNLIMITED);
    this.vendorNumbers = Int32Array.from(this.seats, ({ vendor }) =>
      vendor === undefined ? ALWAYS_ASKED : this.vendors.indexOf(vendor),
    );
    this.starts = new Int32Array(size);
    this.ends = new Int32Array(size);
    this.cursors = new Int32Array(size).fill(COUNTED);
    for (let start = 0; start < size; start = this.ends[start] as number) this.#placeEquals(start, ranked);
    const column = (): Float64Array => new Float64Array(size);
    this.untilMs = { 0: column(), 1: column(), 2: column(), 3: column() };
    this.#seen = new Int32Array(size); // no account has the version 0
    this.leastWeight = this.weights.reduce((one, other) => Math.min(one, other), Infinity);
    const tree = this.#needsTree() ? new SeatTree(this, { regardsLoad: strategy === 'balanced' }) : undefined;
    this.tree = tree?.isExact === true ? tree : undefined;
  }

  #placeEquals(start: number, ranked: readonly RankedCandidate[]): void {
    let end = start + 1;
    while (ranked[end]?.isFirstOfEquals === false) end += 1;
    this.starts.fill(start, start, end);
    this.ends.fill(end, start, end);
    const isEven = this.weights.subarray(start, end).every((weight) => weight === this.weights[start]);
    if (isEven && end - start > MAX_COUNTED_EQUALS) this.cursors[start] = start;
  }

  #needsTree(): boolean {
    const isCounted = (start: number): boolean => this.strategy === 'balanced' || this.cursors[start] === COUNTED;
    return this.seats.some((_seat, at) => {
      const isFirst = this.starts[at] === at;
      return isFirst && (this.ends[at] as number) - at > MAX_COUNTED_EQUALS && isCounted(at); // both are equally long
    });
  }

  /** Whether it is in the order that is asked for. */
  fits(strategy: SelectionStrategy, owner: LeaseOwner | undefined): boolean {
    return this.strategy === strategy && (this.owner === owner || isSameOwner(this.owner, owner));
  }

  /** Brings the columns up to date. To be called before they are read; costs one comparison while no account has changed. */
  refresh(): void {
    const { revision, versions } = this.ledger;
    if (this.#seenRevision === revision) return;
    this.#seenRevision = revision;
    const { slots } = this;
    const seen = this.#seen;
    let hasChanged = false;
    for (let at = 0; at < slots.length; at += 1) {
      const version = versions[slots[at] as number] as number;
      if (seen[at] === version) continue;
      seen[at] = version;
      hasChanged = true;
      this.#read(at);
    }
    if (!hasChanged) return;
    this.tree?.noteChange();
    for (const level of LEVELS) this.firstFreeMs[level] = least(this.untilMs[level]);
  }

  #read(at: number): void {
    const { candidate, state } = this.seats[at] as Seat; // both are equally long
    const { declaration, model } = candidate;
    if (!declaration.cooldownEnabled) return;
    const hardMs = state.cooldowns.endMs(model, 'hard');
    const toldMs = Math.max(hardMs, state.cooldowns.endMs(model, 'told'));
    const restMs = Math.max(toldMs, state.cooldowns.endMs(model, 'soft'));
    this.untilMs[0][at] = Math.max(restMs, state.lowLimits.untilMs(model));
    this.untilMs[1][at] = restMs;
    this.untilMs[2][at] = toldMs;
    this.untilMs[3][at] = hardMs;
  }

  /** The seat of an account, by the account's id. */
  numberOf(accountId: string): number | undefined {
    this.#seatNumbers ??= new Map(this.seats.map(({ candidate }, at) => [candidate.declaration.account.id, at]));
    return this.#seatNumbers.get(accountId);
  }
}

function isSameOwner(one: LeaseOwner | undefined, other: LeaseOwner | undefined): boolean {
  if (one === undefined || other?.id !== one.id) return false;
  const { providerOrder } = other;
  return (
    providerOrder.length === one.providerOrder.length && providerOrder.every((id, at) => id === one.providerOrder[at])
  );
}

function least(column: Float64Array): number {
  let found = Infinity;
  for (let at = 0; at < column.length; at += 1) {
    const value = column[at] as number;
    if (value < found) found = value;
  }
  return found;
}
