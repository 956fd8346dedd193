import { GOALS } from './goals.js';
import { MICRO_PHASES } from './micro/micro-phases.js';
import { PHASES } from './phases.js';

describe('GOALS', () => {
  it('has unique ids', () => {
    const ids = GOALS.map(({ id }) => id);

    expect(new Set(ids).size).toBe(ids.length);
  });

  it.each(GOALS)('$id names a phase that measures all it compares', (goal) => {
    const measured = [...PHASES, ...MICRO_PHASES].find(({ id }) => id === goal.phase)?.targets;
    const needed = [goal.subject, goal.against, goal.addedTo].filter((target) => target !== undefined);

    expect(measured).toEqual(expect.arrayContaining(needed));
  });

  it.each(GOALS)('$id wants at least as much as it must', ({ direction, must, wanted }) => {
    expect(direction === 'at-most' ? wanted <= must : wanted >= must).toBe(true);
  });
});
