import { HoldUntilCommit } from './hold-until-commit.js';

describe('HoldUntilCommit', () => {
  it('keeps items back until one commits, then lets everything through in order', () => {
    const { hold, items, emit } = holdBench();

    hold.push('start', emit);
    hold.push('ping', emit);
    expect(items).toEqual([]);
    expect(hold.hasCommitted).toBe(false);
    hold.push('CONTENT', emit);
    hold.push('ping', emit);

    expect(items).toEqual(['start', 'ping', 'CONTENT', 'ping']);
    expect(hold.hasCommitted).toBe(true);
  });

  it('lets go when there is one more than may be held', () => {
    const { hold, items, emit } = holdBench(2);

    hold.push('a', emit);
    hold.push('b', emit);
    expect(items).toEqual([]);
    hold.push('c', emit);

    expect(items).toEqual(['a', 'b', 'c']);
  });

  it('emits nothing at the end of what never committed', () => {
    const { hold, items, emit } = holdBench();
    hold.push('start', emit);

    hold.finish();

    expect(items).toEqual([]);
    expect(hold.hasCommitted).toBe(false);
  });

  it('can be released', () => {
    const { hold, items, emit } = holdBench();
    hold.push('start', emit);

    hold.release(emit);
    hold.push('next', emit);

    expect(items).toEqual(['start', 'next']);
  });
});

function holdBench(maxHeldItems = 16) {
  const items: string[] = [];
  const hold = new HoldUntilCommit<string>({ isCommit: (item) => item === item.toUpperCase(), maxHeldItems });
  return { hold, items, emit: (item: string) => void items.push(item) };
}
