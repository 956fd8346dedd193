import type { SelectionStrategy } from '@sluice/config';
import type { Candidate } from './candidate.js';
import type { LeaseOwner } from './lease-request.js';

/** A candidate's place: lower comes first, number by number. Equal places take turns. */
type Place = readonly number[];

/** Candidates in the order in which they are asked; `isFirstOfEquals` is true where a candidate ranks behind the one before it. */
export interface RankedCandidate {
  readonly candidate: Candidate;
  readonly isFirstOfEquals: boolean;
}

/**
 * The candidates that may serve somebody, in order: own accounts by the owner's order of providers, then the shared ones; within
 * that as the strategy says. Accounts of somebody else are left out.
 */
export function rankCandidates(
  candidates: readonly Candidate[],
  strategy: SelectionStrategy,
  owner: LeaseOwner | undefined,
): readonly RankedCandidate[] {
  const entries = candidates
    .filter(({ declaration }) => declaration.owner === undefined || declaration.owner === owner?.id)
    .map((candidate, at) => ({
      candidate,
      place: [ownPlace(candidate, owner), ...strategyPlace(candidate, strategy, at)],
    }));
  if (strategy === 'balanced') entries.sort((one, other) => byPriority(one.candidate, other.candidate)); // decides between equals
  entries.sort((one, other) => compare(one.place, other.place));
  return entries.map(({ candidate, place }, at) => {
    const before = entries[at - 1];
    return { candidate, isFirstOfEquals: before === undefined || compare(before.place, place) !== 0 };
  });
}

function ownPlace({ declaration }: Candidate, owner: LeaseOwner | undefined): number {
  if (declaration.owner === undefined || owner === undefined) return Infinity;
  const at = owner.providerOrder.indexOf(declaration.account.provider);
  return at < 0 ? owner.providerOrder.length : at;
}

function strategyPlace({ declaration: { priority } }: Candidate, strategy: SelectionStrategy, at: number): Place {
  switch (strategy) {
    case 'round-robin':
      return [priority];
    case 'priority':
      return [priority, at];
    case 'fill-first':
      return [at];
    case 'balanced':
      return [];
    default:
      return unknownStrategy(strategy);
  }
}

function byPriority(one: Candidate, other: Candidate): number {
  return one.declaration.priority - other.declaration.priority;
}

function compare(one: Place, other: Place): number {
  for (const [at, place] of one.entries()) {
    const otherPlace = other[at] ?? 0; // both are equally long
    if (place !== otherPlace) return place < otherPlace ? -1 : 1;
  }
  return 0;
}

function unknownStrategy(strategy: never): never {
  throw new TypeError(`unknown strategy ${String(strategy)}`);
}
