import type { KeptCooldown } from './kept-cooldown.js';

/** Rests and low limits that are kept together; those that end first are left out. */
export const MAX_KEPT_COOLDOWNS = 10_000;
/** Of all of them as JSON: with what stands around them, a file of 1 MiB. */
export const MAX_KEPT_BYTES = 1024 * 1024 - 1024;

/** A comma behind each. */
const SEPARATOR_BYTES = 1;

/** As many as may be kept, those first that end last. */
export function withinBounds(cooldowns: readonly KeptCooldown[]): readonly KeptCooldown[] {
  const sorted = cooldowns.toSorted((one, other) => other.untilMs - one.untilMs);
  let bytes = 0;
  let count = 0;
  for (const cooldown of sorted) {
    bytes += Buffer.byteLength(JSON.stringify(cooldown)) + SEPARATOR_BYTES;
    if (count >= MAX_KEPT_COOLDOWNS || bytes > MAX_KEPT_BYTES) break;
    count += 1;
  }
  return sorted.slice(0, count);
}
