/** The share of the window that compiles the code and is not counted. */
const WARM_UP_SHARE = 0.5;
/** Runs between two looks at the clock. */
const BATCH = 50;

/**
 * How often the work can be done in a second of CPU time, which what else runs on the machine hardly changes.
 * @param now CPU time in milliseconds
 * @throws Error when the work does not always give the same result
 */
export function measureRate(work: () => number, windowMs: number, now: () => number = cpuMs): number {
  const expected = work();
  repeat(work, expected, { untilMs: now() + windowMs * WARM_UP_SHARE, now });
  const startedMs = now();
  const runs = repeat(work, expected, { untilMs: startedMs + windowMs, now });
  return (1000 * runs) / (now() - startedMs);
}

function repeat(
  work: () => number,
  expected: number,
  { untilMs, now }: { readonly untilMs: number; readonly now: () => number },
): number {
  let runs = 0;
  while (now() < untilMs) {
    for (let run = 0; run < BATCH; run++) {
      if (work() !== expected) throw new Error('the work gave another result than before');
    }
    runs += BATCH;
  }
  return runs;
}

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
