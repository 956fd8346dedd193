import type { Usage } from '@sluice/core';

const COUNTS = [
  'input',
  'output',
  'cacheRead',
  'cacheWrite5m',
  'cacheWrite1h',
  'reasoning',
  'audioInput',
  'audioOutput',
  'credits',
] as const satisfies readonly (keyof Usage)[];

/** What two calls consumed together. A number that only one of them reported stands as it is; the vendors' own words are left out. */
export function sumUsage(first: Usage | undefined, second: Usage | undefined): Usage | undefined {
  if (first === undefined || second === undefined) return first ?? second;
  const sum: { -readonly [Count in (typeof COUNTS)[number]]?: number } = {};
  for (const count of COUNTS) {
    const one = first[count];
    const other = second[count];
    if (one !== undefined || other !== undefined) sum[count] = (one ?? 0) + (other ?? 0);
  }
  return { ...sum, source: first.source === second.source ? first.source : 'mixed' };
}
