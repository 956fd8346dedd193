import { Samples } from './samples.js';

describe('Samples', () => {
  it('keeps one value per round and gives their median', () => {
    const samples = new Samples();

    [30, 10, 20].forEach((p50Us, round) => samples.add({ phase: 'a', target: 'raw', round }, { p50Us }));

    expect(samples.median({ phase: 'a', target: 'raw', metric: 'p50Us' })).toBe(20);
    expect(samples.list()).toEqual([{ phase: 'a', target: 'raw', metric: 'p50Us', rounds: [30, 10, 20], median: 20 }]);
  });

  it('has no median for what was not measured', () => {
    expect(new Samples().median({ phase: 'a', target: 'raw', metric: 'p50Us' })).toBeUndefined();
  });
});
