/** So many requests or chunks, so that the code is compiled even when the machine is busy; but no longer than this. */
export interface WarmUp {
  readonly units: number;
  readonly maxMs: number;
}

/** How long everything takes. All times in milliseconds. */
export interface BenchPace {
  readonly rounds: number;
  /** Load before the first measurement of a target in a phase, and before each later one. */
  readonly firstWarmUp: WarmUp;
  readonly warmUp: WarmUp;
  /** Length of one CPU measurement. CPU time comes in steps of 10 ms, so 1 s is exact to one per cent. */
  readonly windowMs: number;
  /** One client: at most so many exchanges, and at most so long. */
  readonly sequentialExchanges: number;
  readonly sequentialMs: number;
  readonly pacedWindowMs: number;
  /** Rest of a fresh process before its memory is read. */
  readonly settleMs: number;
  /** The whole run; what is not measured by then is left out. */
  readonly totalMs: number;
}

/** Many short rounds rather than a few long ones: the ratio is taken within a round, so drift of the machine cancels out. */
export const FULL_PACE: BenchPace = {
  rounds: 5,
  firstWarmUp: { units: 30_000, maxMs: 6000 },
  warmUp: { units: 3000, maxMs: 1000 },
  windowMs: 1000,
  sequentialExchanges: 2000,
  sequentialMs: 800,
  pacedWindowMs: 2500,
  settleMs: 800,
  totalMs: 12 * 60_000,
};

/** A sanity check in less than a minute: one round, short windows. Its ratios are good for 20 %, not for a verdict. */
export const QUICK_PACE: BenchPace = {
  rounds: 1,
  firstWarmUp: { units: 8000, maxMs: 1500 },
  warmUp: { units: 2000, maxMs: 500 },
  windowMs: 500,
  sequentialExchanges: 500,
  sequentialMs: 400,
  pacedWindowMs: 1000,
  settleMs: 300,
  totalMs: 55_000,
};
