import { MAX_SAVED_RETRIES, RetryAllowance, RETRY_RESERVE_MS, SAVING_TERM_MS } from './retry-allowance.js';

const NOW_MS = 1_000_000;
const NO_RESERVE = { percent: 20, minPerSecond: 0 };
const ONLY_RESERVE = { percent: 0, minPerSecond: 2 };

/** How many repetitions are let through now, at most a given number. */
function spendAll(allowance: RetryAllowance, settings: typeof NO_RESERVE, nowMs = NOW_MS, atMost = 10_000): number {
  let spent = 0;
  while (spent < atMost && allowance.admits(settings, nowMs)) {
    allowance.spend(settings, nowMs);
    spent += 1;
  }
  return spent;
}

function earn(allowance: RetryAllowance, requests: number, nowMs = NOW_MS): void {
  for (let at = 0; at < requests; at += 1) allowance.earn(NO_RESERVE, nowMs);
}

describe('RetryAllowance', () => {
  it.each([
    [4, 0],
    [5, 1],
    [1_000, 200],
    [1_000_000, MAX_SAVED_RETRIES],
  ])('lets a fifth of %d requests be repeated: %d', (requests, repetitions) => {
    const allowance = new RetryAllowance();
    earn(allowance, requests);

    expect(spendAll(allowance, NO_RESERVE)).toBe(repetitions);
  });

  it('forgets what was saved long ago', () => {
    const allowance = new RetryAllowance();
    earn(allowance, 1_000);
    earn(allowance, 50, NOW_MS + SAVING_TERM_MS);

    expect(spendAll(allowance, NO_RESERVE, NOW_MS + SAVING_TERM_MS, 150)).toBe(150);
    expect(spendAll(allowance, NO_RESERVE, NOW_MS + 2 * SAVING_TERM_MS)).toBe(10);
    earn(allowance, 1_000, NOW_MS + 3 * SAVING_TERM_MS);
    expect(spendAll(allowance, NO_RESERVE, NOW_MS + 5 * SAVING_TERM_MS)).toBe(0);
  });

  it('lets a quiet gateway repeat, up to the reserve', () => {
    expect(spendAll(new RetryAllowance(), ONLY_RESERVE)).toBe((2 * RETRY_RESERVE_MS) / 1_000);
  });

  it('fills the reserve with time, and never above its size', () => {
    const allowance = new RetryAllowance();
    spendAll(allowance, ONLY_RESERVE);

    expect(spendAll(allowance, ONLY_RESERVE, NOW_MS + 499)).toBe(0);
    expect(spendAll(allowance, ONLY_RESERVE, NOW_MS + 1_500)).toBe(3);
    expect(spendAll(allowance, ONLY_RESERVE, NOW_MS + 10 * RETRY_RESERVE_MS)).toBe(20);
  });

  it('spends what requests have paid for before the reserve', () => {
    const allowance = new RetryAllowance();
    const both = { percent: 100, minPerSecond: 1 };
    allowance.earn(both, NOW_MS);

    expect(spendAll(allowance, both)).toBe(11);
    expect(spendAll(allowance, both, NOW_MS + 1_000)).toBe(1);
  });

  it('allows nothing where nothing is allowed', () => {
    expect(new RetryAllowance().admits({ percent: 0, minPerSecond: 0 }, NOW_MS)).toBe(false);
  });
});
