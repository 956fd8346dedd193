import { MAX_RUNS, minimise } from './minimise.js';

describe('minimise', () => {
  it('keeps only what shows it, wherever it stands', () => {
    const bytes = Buffer.from(`${'-'.repeat(300)}A${'-'.repeat(200)}B${'-'.repeat(100)}`);

    const smallest = minimise({ bytes, cuts: [1, 2], variant: 0 }, (input) => /A.*B/.test(input.bytes.toString()));

    expect(smallest).toEqual({ bytes: Buffer.from('AB'), cuts: [], variant: 0 });
  });

  it('leaves out units that bytes alone could not', () => {
    const units = ['<a>', '<b>', '<c>'].map((unit) => Buffer.from(unit));
    const isWhole = (bytes: Buffer): boolean => /^(<[abc]>)*$/.test(bytes.toString());
    const input = { bytes: Buffer.concat(units), cuts: [], variant: 0 };

    const smallest = minimise(
      input,
      ({ bytes }) => isWhole(bytes) && bytes.includes('b'),
      () => units,
    );

    expect(smallest.bytes.toString()).toBe('<b>');
  });

  it('keeps the cuts when they are what shows it', () => {
    const input = { bytes: Buffer.from('abc'), cuts: [1], variant: 0 };

    expect(minimise(input, ({ cuts }) => cuts.length > 0).cuts).toEqual([1]);
  });

  it('gives up after so many runs', () => {
    let runs = 0;

    minimise({ bytes: Buffer.alloc(4 * MAX_RUNS), cuts: [], variant: 0 }, () => {
      runs += 1;
      return false;
    });

    expect(runs).toBe(MAX_RUNS);
  });
});
