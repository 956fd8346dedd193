import { GOALS } from './goals.js';
import { PHASES } from './phases.js';

describe('GOALS', () => {
  it('has unique ids', () => {
    const ids = GOALS.map(({ id }) => id);

    expect(new Set(ids).size).toBe(ids.length);
  });

  it.each(GOALS)('$id names a phase that measures all its targets, or says what it waits for', (goal) => {
    const measured = PHASES.find(({ id }) => id === goal.phase)?.targets;
    const needed = [goal.subject, goal.against, goal.addedTo].filter((target) => target !== undefined);

    expect(measured ?? goal.waitsFor).toBeDefined();
    expect(needed.filter((target) => measured !== undefined && !measured.includes(target))).toEqual([]);
  });

  it.each(GOALS)('$id wants at least as much as it must', ({ direction, must, wanted }) => {
    expect(direction === 'at-most' ? wanted <= must : wanted >= must).toBe(true);
  });
});
