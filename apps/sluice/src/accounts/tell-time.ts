const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** From how much on a unit is used, and what it is called. Below two of a unit the smaller one says more. */
const UNITS = [
  { fromMs: 2 * DAY_MS, ms: DAY_MS, name: 'd' },
  { fromMs: 2 * HOUR_MS, ms: HOUR_MS, name: 'h' },
  { fromMs: MINUTE_MS, ms: MINUTE_MS, name: 'min' },
  { fromMs: 0, ms: 1_000, name: 's' },
] as const;

/** How far an instant is from now, for people: `in 24 min`, `3 d ago`. Both in milliseconds since the epoch. */
export function tellFromNow(instantMs: number, nowMs: number): string {
  const distanceMs = Math.abs(instantMs - nowMs);
  const { ms, name } = UNITS.find(({ fromMs }) => distanceMs >= fromMs) ?? UNITS[3];
  const amount = `${Math.floor(distanceMs / ms)} ${name}`;
  return instantMs < nowMs ? `${amount} ago` : `in ${amount}`;
}

/** An instant to the minute, as everybody everywhere reads it: `2026-01-01 00:24 UTC`. */
export function tellInstant(instantMs: number): string {
  return `${new Date(instantMs).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
