import { mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileLockError, LOCK_STALE_MS, LOCK_TOUCH_MS, UNSIGNED_STALE_MS, withFileLock } from './file-lock.js';

/** Larger than any process id of Linux. */
const NOBODY = 2 ** 22 + 1;
const NOW_MS = Date.UTC(2026, 0, 1);

describe('withFileLock', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sluice-lock-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const lock = (): string => join(folder, 'a.lock');
  async function leave(owner: unknown, ageMs: number): Promise<void> {
    await writeFile(lock(), typeof owner === 'string' ? owner : JSON.stringify(owner));
    await utimes(lock(), (NOW_MS - ageMs) / 1000, (NOW_MS - ageMs) / 1000);
  }

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
    expect(await readdir(folder)).toEqual([]);
  });

  it('gives the lock back when the action fails', async () => {
    await expect(withFileLock(lock(), () => Promise.reject(new Error('no')))).rejects.toThrow('no');

    expect(await withFileLock(lock(), async () => 'in')).toBe('in');
  });

  it('waits no longer than it may for somebody who lives', async () => {
    await leave({ token: 't', pid: process.ppid, host: hostname() }, 0);
    let nowMs = NOW_MS;
    const pauses: number[] = [];
    const pause = async (ms: number) => {
      pauses.push(ms);
      nowMs += ms;
    };

    const waiting = withFileLock(lock(), async () => {}, { waitMs: 200, nowMs: () => nowMs, pause });

    await expect(waiting).rejects.toMatchObject({ code: 'busy' });
    expect(pauses.reduce((sum, ms) => sum + ms, 0)).toBe(200);
    expect(await readdir(folder)).toEqual(['a.lock']);
  });

  it.each<[string, unknown, number]>([
    ['whose owner has gone', { token: 't', pid: NOBODY, host: hostname() }, 0],
    [
      'of an earlier life with the same number, as in a container',
      { token: 't', pid: process.pid, host: hostname() },
      0,
    ],
    ['that is too old, wherever its owner is', { token: 't', pid: 1, host: 'elsewhere' }, LOCK_STALE_MS],
    ['that says nothing, whose owner died before it could', '', UNSIGNED_STALE_MS],
  ])('takes over a lock %s', async (_name, owner, ageMs) => {
    await leave(owner, ageMs);

    const result = await withFileLock(lock(), async () => 'in', { nowMs: () => NOW_MS, waitMs: 0 });

    expect(result).toBe('in');
    expect(await readdir(folder)).toEqual([]);
  });

  it.each<[string, unknown, number]>([
    ['of another machine', { token: 't', pid: NOBODY, host: 'elsewhere' }, LOCK_STALE_MS - 1],
    ['that is just being written', '', UNSIGNED_STALE_MS - 1],
  ])('leaves a lock alone %s', async (_name, owner, ageMs) => {
    await leave(owner, ageMs);

    const waiting = withFileLock(lock(), async () => 'in', { nowMs: () => NOW_MS, waitMs: 0 });

    await expect(waiting).rejects.toMatchObject({ code: 'busy' });
    expect(await readdir(folder)).toEqual(['a.lock']);
  });

  it('keeps its lock fresh while the action takes longer than a lock lasts', async () => {
    let nowMs = NOW_MS;
    let touch = (): void => {};
    let touchesEnded = 0;
    const every = (ms: number, call: () => void) => {
      expect(ms).toBe(LOCK_TOUCH_MS);
      touch = call;
      return () => void (touchesEnded += 1);
    };

    await withFileLock(
      lock(),
      async () => {
        nowMs += LOCK_STALE_MS;
        touch();
        while ((await stat(lock())).mtimeMs !== nowMs) await new Promise(setImmediate);
        const other = withFileLock(lock(), async () => {}, { nowMs: () => nowMs, waitMs: 0 });
        await expect(other).rejects.toMatchObject({ code: 'busy' });
      },
      { nowMs: () => nowMs, every },
    );

    expect(touchesEnded).toBe(1);
  });

  it('does not give back what another one has taken meanwhile', async () => {
    await withFileLock(lock(), () => leave({ token: 'theirs', pid: process.ppid, host: hostname() }, 0));

    expect(JSON.parse(await readFile(lock(), 'utf8'))).toMatchObject({ token: 'theirs' });
  });

  it('says where no lock can be made', async () => {
    await mkdir(join(folder, 'sub'));
    const path = join(folder, 'sub', 'missing', 'a.lock');

    const failure = await withFileLock(path, async () => {}).catch((error: unknown) => error);

    expect(failure).toBeInstanceOf(FileLockError);
    expect(failure).toMatchObject({ code: 'unwritable' });
  });
});
