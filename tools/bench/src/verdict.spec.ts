import { type Goal } from './goals.js';
import { Samples } from './samples.js';
import { judge, skipKey } from './verdict.js';

const BASE = {
  id: 'x',
  title: 'x',
  metric: 'cpuPerRequestUs',
  subject: 'sluice',
  direction: 'at-most',
  must: 1.2,
  wanted: 1.0,
} as const;
const GOAL: Goal = { ...BASE, phase: 'json', against: 'raw' };
const NOTHING_SKIPPED = new Map<string, string>();

function samplesOf(figures: Readonly<Record<string, readonly number[]>>): Samples {
  const samples = new Samples();
  for (const [target, values] of Object.entries(figures)) {
    values.forEach((cpuPerRequestUs, round) => samples.add({ phase: 'json', target, round }, { cpuPerRequestUs }));
  }
  return samples;
}

describe('judge', () => {
  it.each([
    [[50], 'wanted'],
    [[100], 'wanted'],
    [[110], 'must'],
    [[121], 'missed'],
  ])('compares %j with raw 100: %s', (sluice, outcome) => {
    expect(judge(GOAL, samplesOf({ sluice, raw: [100] }), NOTHING_SKIPPED).outcome).toBe(outcome);
  });

  it('turns the comparison around where more is better', () => {
    const goal: Goal = { ...GOAL, direction: 'at-least', must: 12, wanted: 18 };

    expect(judge(goal, samplesOf({ sluice: [130], raw: [10] }), NOTHING_SKIPPED).outcome).toBe('must');
  });

  it('takes the ratio within each round before the median, so that a slow round does not count', () => {
    const verdict = judge(GOAL, samplesOf({ sluice: [50, 500, 60], raw: [100, 1000, 100] }), NOTHING_SKIPPED);

    expect(verdict).toMatchObject({ value: 0.5, lowest: 0.5, highest: 0.6 });
  });

  it('subtracts the direct path on both sides', () => {
    const verdict = judge(
      { ...GOAL, addedTo: 'direct' },
      samplesOf({ sluice: [130], raw: [120], direct: [100] }),
      NOTHING_SKIPPED,
    );

    expect(verdict.value).toBe(1.5);
  });

  it('judges an absolute figure without a reference', () => {
    const absolute: Goal = { ...BASE, phase: 'json', must: 40, wanted: 30 };

    expect(judge(absolute, samplesOf({ sluice: [35] }), NOTHING_SKIPPED)).toMatchObject({
      value: 35,
      outcome: 'must',
    });
  });

  it('says which target was missing', () => {
    const skipped = new Map([[skipKey('json', 'raw'), 'not installed']]);

    expect(judge(GOAL, samplesOf({ sluice: [35] }), skipped)).toEqual({
      goal: GOAL,
      outcome: 'not measured',
      reason: 'raw: not installed',
    });
  });
});
