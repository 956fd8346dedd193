import { measureRate } from './measure-rate.js';

/** A clock that the work itself moves. */
function workOf(msPerRun: number, results: (run: number) => number): { work: () => number; now: () => number } {
  let runs = 0;
  return { work: () => results(runs++), now: () => runs * msPerRun };
}

describe('measureRate', () => {
  it('counts runs per second of the clock', () => {
    const { work, now } = workOf(2, () => 7);

    expect(measureRate(work, 1000, now)).toBeCloseTo(500, 5);
  });

  it('refuses work that changes its result', () => {
    const { work, now } = workOf(2, (run) => (run > 300 ? 8 : 7));

    expect(() => measureRate(work, 1000, now)).toThrow('another result');
  });
});
