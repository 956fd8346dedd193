import { readdir, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { temporaryFolder } from '../__fixtures__/temporary-folder.js';
import { FileLockError, LOCK_STALE_MS, withFileLock } from './file-lock.js';

/** Larger than any process id of Linux. */
const NOBODY = 2 ** 22 + 1;
const NOW_MS = Date.UTC(2026, 0, 1);

describe('withFileLock', () => {
  const folder = temporaryFolder();
  const lock = () => folder.file('a.lock');

  it('lets one in at a time, and cleans up', async () => {
    const steps: string[] = [];
    const enter = (name: string) =>
      withFileLock(lock(), async () => {
        steps.push(`${name} in`);
        await new Promise(setImmediate);
        steps.push(`${name} out`);
      });

    await Promise.all([enter('a'), enter('b'), enter('c')]);

    const pairs = [steps.slice(0, 2), steps.slice(2, 4), steps.slice(4, 6)];
    for (const [first = '', second] of pairs) expect(second).toBe(first.replace('in', 'out'));
    expect(await readdir(folder.path)).toEqual([]);
  });

  it('gives the lock back when the action fails', async () => {
    await expect(withFileLock(lock(), () => Promise.reject(new Error('no')))).rejects.toThrow('no');

    expect(await withFileLock(lock(), async () => 'in')).toBe('in');
  });

  it('waits no longer than it may for somebody who lives', async () => {
    await writeFile(lock(), JSON.stringify({ token: 't', pid: process.ppid, host: hostname() }));
    await utimes(lock(), NOW_MS / 1000, NOW_MS / 1000);
    let nowMs = NOW_MS;
    const pauses: number[] = [];
    const pause = async (ms: number) => {
      pauses.push(ms);
      nowMs += ms;
    };

    const waiting = withFileLock(lock(), async () => {}, { waitMs: 200, nowMs: () => nowMs, pause });

    await expect(waiting).rejects.toMatchObject({ code: 'busy' });
    expect(pauses.reduce((sum, ms) => sum + ms, 0)).toBe(200);
    expect(await readdir(folder.path)).toEqual(['a.lock']);
  });

  it.each([
    ['whose owner has gone', { token: 't', pid: NOBODY, host: hostname() }, 0],
    ['that is too old, wherever its owner is', { token: 't', pid: 1, host: 'elsewhere' }, LOCK_STALE_MS],
    ['that is too old and says nothing', {}, LOCK_STALE_MS],
  ])('takes over a lock %s', async (_name, owner, ageMs) => {
    await writeFile(lock(), JSON.stringify(owner));
    await utimes(lock(), (NOW_MS - ageMs) / 1000, (NOW_MS - ageMs) / 1000);

    const result = await withFileLock(lock(), async () => 'in', { nowMs: () => NOW_MS, waitMs: 0 });

    expect(result).toBe('in');
    expect(await readdir(folder.path)).toEqual([]);
  });

  it('says where no lock can be made', async () => {
    const failure = await withFileLock(folder.file('missing', 'a.lock'), async () => {}).catch(
      (error: unknown) => error,
    );

    expect(failure).toBeInstanceOf(FileLockError);
    expect(failure).toMatchObject({ code: 'unwritable' });
  });
});
