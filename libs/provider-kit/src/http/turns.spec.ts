import { Turns } from './turns.js';

const NEVER = new AbortController().signal;

describe('Turns', () => {
  it('lets so many in and the next one when one leaves, in order', async () => {
    const turns = new Turns(1, 2);
    const seen: string[] = [];
    const leave = await turns.take(NEVER);
    const second = turns.take(NEVER).then((done) => (seen.push('second'), done));
    const third = turns.take(NEVER).then(() => seen.push('third'));

    await Promise.resolve();
    expect(seen).toEqual([]);
    leave?.();
    (await second)?.();
    await third;
    expect(seen).toEqual(['second', 'third']);
  });

  it('refuses who would wait behind too many', async () => {
    const turns = new Turns(1, 1);
    await turns.take(NEVER);
    void turns.take(NEVER);

    expect(await turns.take(NEVER)).toBeUndefined();
  });

  it('hands a turn over, so that nobody slips in between', async () => {
    const turns = new Turns(1, 1);
    const leave = await turns.take(NEVER);
    const waiting = turns.take(NEVER);
    leave?.();
    const late = turns.take(NEVER);
    const winner = await Promise.race([waiting.then(() => 'waiting'), late.then(() => 'late')]);

    expect(winner).toBe('waiting');
  });

  it('forgets who gave up waiting', async () => {
    const turns = new Turns(1, 1);
    const leave = await turns.take(NEVER);
    const stop = new AbortController();
    const waiting = turns.take(stop.signal);
    stop.abort(new Error('gone'));

    await expect(waiting).rejects.toThrow('gone');
    leave?.();
    expect(await turns.take(NEVER)).toBeDefined();
    await expect(turns.take(stop.signal)).rejects.toThrow('gone');
  });
});
