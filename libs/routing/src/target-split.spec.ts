import fc from 'fast-check';
import type { Target } from './route.js';
import { TargetSplit } from './target-split.js';

const DRAWS = 10_000;
const TOLERANCE = 0.02;

const targetsOf = (count: number): readonly Target[] => Array.from({ length: count }, () => ({ candidates: [] }));

/** How often each target came first, as a share. */
function sharesOf(targets: readonly Target[], draw: (at: number) => readonly Target[]): readonly number[] {
  const counts = new Map<Target | undefined, number>();
  for (let at = 0; at < DRAWS; at += 1) {
    const [first] = draw(at);
    counts.set(first, (counts.get(first) ?? 0) + 1);
  }
  return targets.map((target) => (counts.get(target) ?? 0) / DRAWS);
}

describe('TargetSplit', () => {
  const weights = fc.array(fc.integer({ min: 1, max: 1_000 }), { minLength: 1, maxLength: 6 });
  const shares = (list: readonly number[]): readonly number[] =>
    list.map((weight) => weight / list.reduce((sum, one) => sum + one, 0));

  it('splits requests as the weights say', () => {
    fc.assert(
      fc.property(weights, (list) => {
        const targets = targetsOf(list.length);
        const split = new TargetSplit(targets, list);

        const found = sharesOf(targets, () => split.next());

        shares(list).forEach((share, at) => expect(Math.abs((found[at] ?? 0) - share)).toBeLessThanOrEqual(TOLERANCE));
      }),
      { numRuns: 25, seed: 1 },
    );
  });

  it('splits conversations as the weights say', () => {
    fc.assert(
      fc.property(weights, fc.string({ maxLength: 20 }), (list, prefix) => {
        const targets = targetsOf(list.length);
        const split = new TargetSplit(targets, list);

        const found = sharesOf(targets, (at) => split.forSession(`key:${prefix} ${at}`));

        shares(list).forEach((share, at) => expect(Math.abs((found[at] ?? 0) - share)).toBeLessThanOrEqual(TOLERANCE));
      }),
      { numRuns: 25, seed: 2 },
    );
  });

  it('splits a short run too', () => {
    const [often, seldom] = targetsOf(2) as [Target, Target];
    const split = new TargetSplit([often, seldom], [3, 1]);

    const firsts = Array.from({ length: 8 }, () => split.next()[0]);

    expect(firsts.filter((first) => first === seldom)).toHaveLength(2);
  });

  it('keeps a conversation on its target', () => {
    const split = new TargetSplit(targetsOf(5), [1, 1, 1, 1, 1]);

    expect(split.forSession('one')).toBe(split.forSession('one'));
  });

  it('lets the others stand in, in their order', () => {
    const [a, b, c] = targetsOf(3) as [Target, Target, Target];
    const split = new TargetSplit([a, b, c], [1, 1, 2]);

    expect([0, 0.24, 0.25, 0.49, 0.5, 0.999].map((draw) => split.at(draw))).toEqual([
      [a, b, c],
      [a, b, c],
      [b, a, c],
      [b, a, c],
      [c, a, b],
      [c, a, b],
    ]);
    expect(split.at(0.3)[0]).toBe(b);
    expect(split.at(0.7)[0]).toBe(c);
  });
});
