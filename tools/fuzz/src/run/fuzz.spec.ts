import type { Cell } from '../cells/cell.js';
import { FuzzFault } from '../fuzz-fault.js';
import { fuzz } from './fuzz.js';

/** Inputs of random bytes; a check that cannot stand an X, and another that cannot stand a 0xff. */
const cell: Cell = {
  name: 'frames/test/x',
  campaign: 'frames',
  make: (random) => ({
    bytes: Buffer.from(Array.from({ length: 64 }, () => random.below(256))),
    cuts: [3],
    variant: 1,
  }),
  check: ({ bytes }) => {
    if (bytes.includes('X')) throw new FuzzFault('an X', `at ${bytes.indexOf('X')}`);
    if (bytes.includes(0xff)) throw new TypeError('no 0xff');
  },
};

describe('fuzz', () => {
  it('tells each defect once, with the smallest input that shows it', () => {
    const findings = fuzz({ cells: [cell], seed: 1, iterations: 200 });

    expect(findings.map(({ input }) => input)).toEqual(
      expect.arrayContaining([
        { bytes: Buffer.from('X'), cuts: [], variant: 1 },
        { bytes: Buffer.from([0xff]), cuts: [], variant: 1 },
      ]),
    );
    expect(findings).toHaveLength(2);
  });

  it('repeats itself, also when it begins in the middle', () => {
    const [first] = fuzz({ cells: [cell], seed: 1, iterations: 200 });
    const iteration = first?.iteration ?? -1;

    const [again] = fuzz({ cells: [cell], seed: 1, from: iteration, iterations: iteration + 1 });

    expect({ ...again, message: '' }).toEqual({ ...first, message: '' });
    expect(again?.signature).toBe('an X');
  });

  it('passes over what is written down already', () => {
    const findings = fuzz({ cells: [cell], seed: 1, iterations: 200, known: new Set(['an X']) });

    expect(findings.map(({ message }) => message)).toEqual([expect.stringContaining('no 0xff')]);
  });
});
