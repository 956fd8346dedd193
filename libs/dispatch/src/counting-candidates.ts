import type { Candidate } from '@sluice/accounts';
import type { SelectionStrategy } from '@sluice/config';
import type { FormatId } from '@sluice/core';
import type { ProviderRegistry } from '@sluice/provider-kit';
import type { Route } from '@sluice/routing';
import { nativeCandidates } from './native-candidates.js';

/** Candidates that can count, to be asked as the strategy says. */
export interface CountingList {
  readonly candidates: readonly Candidate[];
  readonly strategy: SelectionStrategy | undefined;
}

export interface CountingChoice {
  readonly route: Route;
  /** The client's format. */
  readonly format: FormatId;
  readonly providers: ProviderRegistry;
  canCount(candidate: Candidate): boolean;
}

/** By route and client format: what the pool derives from a list is found again. A route lives as long as its snapshot. */
const KNOWN = new WeakMap<Route, Map<FormatId, readonly CountingList[]>>();

/** Who is asked for a count, list after list: of each target first those that would be asked first for an answer. */
export function countingLists({ route, format, providers, canCount }: CountingChoice): readonly CountingList[] {
  const byFormat = KNOWN.get(route) ?? new Map<FormatId, readonly CountingList[]>();
  KNOWN.set(route, byFormat);
  const known = byFormat.get(format);
  if (known !== undefined) return known;
  const lists = route.targets.flatMap((target): readonly CountingList[] => {
    const { candidates, strategy } = target;
    // an owner's own accounts come first, whatever they speak
    const native = route.owner === undefined ? nativeCandidates(target, format, providers) : [];
    return [native, candidates]
      .map((list) => ({ candidates: list.filter(canCount), strategy }))
      .filter((list) => list.candidates.length > 0);
  });
  byFormat.set(format, lists);
  return lists;
}
