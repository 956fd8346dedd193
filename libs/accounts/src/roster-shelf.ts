import type { Candidate } from './candidate.js';
import type { Roster } from './roster.js';

/** How many seats are remembered over all rosters; beyond it the oldest rosters are made anew when they are needed (about 25 MB). */
export const MAX_REMEMBERED_SEATS = 200_000;
/** What a roster takes beside its seats, in seats. */
export const ROSTER_OVERHEAD_SEATS = 16;

/** Rosters by the list of candidates that they were made for. */
export class RosterShelf {
  readonly #rosters = new Map<readonly Candidate[], Roster>();
  #seats = 0;

  get(candidates: readonly Candidate[]): Roster | undefined {
    return this.#rosters.get(candidates);
  }

  put(candidates: readonly Candidate[], roster: Roster): void {
    this.#drop(candidates);
    this.#rosters.set(candidates, roster);
    this.#seats += sizeOf(roster);
    for (const oldest of this.#rosters.keys()) {
      if (this.#seats <= MAX_REMEMBERED_SEATS || oldest === candidates) return;
      this.#drop(oldest);
    }
  }

  clear(): void {
    this.#rosters.clear();
    this.#seats = 0;
  }

  #drop(candidates: readonly Candidate[]): void {
    const roster = this.#rosters.get(candidates);
    if (roster === undefined) return;
    this.#rosters.delete(candidates);
    this.#seats -= sizeOf(roster);
  }
}

function sizeOf({ seats }: Roster): number {
  return seats.length + ROSTER_OVERHEAD_SEATS;
}
