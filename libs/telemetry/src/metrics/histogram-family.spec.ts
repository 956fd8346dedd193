import fc from 'fast-check';
import { Histogram, Registry } from 'prom-client';
import { HistogramFamily } from './histogram-family.js';

const DEFINITION = {
  name: 'wait_seconds',
  help: 'How long.',
  labelNames: ['kind', 'size'] as const,
  buckets: [0.1, 1, 10],
};

describe('HistogramFamily', () => {
  it("renders what prom-client's own histogram renders", async () => {
    const observation = fc.record({
      labels: fc.record({ kind: fc.constantFrom('a', 'b "quoted"'), size: fc.constantFrom('s', 'l') }),
      value: fc.constantFrom(0, 0.1, 0.25, 1, 4, 10, 10.5, 1000),
    });

    await fc.assert(
      fc.asyncProperty(fc.array(observation), async (observations) => {
        const [ours, theirs] = [new Registry(), new Registry()];
        const family = new HistogramFamily({ registry: ours, ...DEFINITION });
        const oracle = new Histogram({ ...DEFINITION, registers: [theirs] });

        for (const { labels, value } of observations) {
          family.cell(labels).observe(value);
          oracle.observe(labels, value);
        }

        const sorted = (text: string): string[] =>
          text
            .replaceAll(/\{(.*)\}/g, (_, list: string) => list.split(',').sort().join())
            .split('\n')
            .sort();
        expect(sorted(await ours.metrics())).toEqual(sorted(await theirs.metrics()));
      }),
    );
  });

  it('gives the same cell for the same labels', () => {
    const family = new HistogramFamily({ registry: new Registry(), ...DEFINITION });

    expect(family.cell({ kind: 'a', size: 's' })).toBe(family.cell({ kind: 'a', size: 's' }));
    expect(family.cell({ kind: 'a', size: 's' })).not.toBe(family.cell({ kind: 'a', size: 'l' }));
  });
});
