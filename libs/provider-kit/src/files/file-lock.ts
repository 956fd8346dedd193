import { randomUUID } from 'node:crypto';
import { link, open, readFile, rename, stat, unlink, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { systemErrorCode } from './system-error-code.js';

/** How long a lock is waited for: longer than a renewal may take that somebody else runs under it, or a dead owner's lock stands. */
export const LOCK_WAIT_MS = 35_000;
/** A lock that nobody has touched for so long was left behind by a process that ended without cleaning up. */
export const LOCK_STALE_MS = 30_000;
/** The same for one that does not say whose it is: its owner ended, or ran out of disk, before it could. */
export const UNSIGNED_STALE_MS = 5_000;
/** Its owner touches a lock so often. */
export const LOCK_TOUCH_MS = 5_000;
/** Between two looks at a lock that is held. */
const LOOK_AGAIN_MS = 50;

/** Codes of a place that cannot be written to at all: read-only, forbidden, not there, or full. */
const UNWRITABLE: ReadonlySet<string | undefined> = new Set([
  'EROFS',
  'EACCES',
  'EPERM',
  'ENOENT',
  'ENOTDIR',
  'ENOSPC',
  'EDQUOT',
  'EFBIG',
]);

/** `busy`: held by somebody else for all of the wait. `unwritable`: no lock can be made here, so nobody else makes one either. */
export class FileLockError extends Error {
  override readonly name = 'FileLockError';

  constructor(
    readonly code: 'busy' | 'unwritable',
    path: string,
    cause?: unknown,
  ) {
    const what = code === 'busy' ? 'is held by another process' : 'cannot be made';
    super(`The lock ${path} ${what}.`, cause === undefined ? undefined : { cause });
  }
}

export interface FileLockOptions {
  /** Default {@link LOCK_WAIT_MS}. */
  readonly waitMs?: number;
  /** Default: the machine's clock. */
  readonly nowMs?: () => number;
  /** Default: a timer. */
  readonly pause?: (ms: number) => Promise<unknown>;
  /** Calls something again and again until the returned function is called. Default: a timer that keeps no process alive. */
  readonly every?: (ms: number, call: () => void) => () => void;
}

/** What stands in a lock: enough to tell whether its owner still lives. */
interface LockOwner {
  readonly token: string;
  readonly pid: number;
  readonly host: string;
}

/**
 * What this process holds. In a container every process has the same number, and its name outlives it: only this tells a lock of
 * ours from one that an earlier life left behind.
 */
const heldTokens = new Set<string>();

/**
 * Runs an action while no other process that keeps to the lock runs one. The lock is a file that only one can create. One whose
 * owner died is taken over: at once when it was on this machine, else after {@link LOCK_STALE_MS}.
 * @throws FileLockError; whatever the action throws
 */
export async function withFileLock<T>(
  path: string,
  action: () => Promise<T>,
  { waitMs = LOCK_WAIT_MS, nowMs = Date.now, pause = sleep, every = everyWhileAlive }: FileLockOptions = {},
): Promise<T> {
  const owner: LockOwner = { token: randomUUID(), pid: process.pid, host: hostname() };
  const deadlineMs = nowMs() + waitMs;
  heldTokens.add(owner.token);
  try {
    while (!(await take(path, owner))) {
      if (await removeIfStale(path, nowMs())) continue;
      if (nowMs() >= deadlineMs) throw new FileLockError('busy', path);
      await pause(LOOK_AGAIN_MS);
    }
    const endTouching = every(LOCK_TOUCH_MS, () => void touch(path, nowMs()));
    try {
      return await action();
    } finally {
      endTouching();
      await release(path, owner);
    }
  } finally {
    heldTokens.delete(owner.token);
  }
}

async function take(path: string, owner: LockOwner): Promise<boolean> {
  try {
    const file = await open(path, 'wx', 0o600);
    try {
      await file.writeFile(JSON.stringify(owner));
    } catch (error) {
      await unlink(path).catch(() => {}); // nobody could tell whose it is
      throw error;
    } finally {
      await file.close();
    }
    return true;
  } catch (error) {
    if (systemErrorCode(error) === 'EEXIST') return false;
    if (UNWRITABLE.has(systemErrorCode(error))) throw new FileLockError('unwritable', path, error);
    throw error;
  }
}

/** So that an action may take longer than a lock lasts. */
async function touch(path: string, nowMs: number): Promise<void> {
  const now = new Date(nowMs);
  await utimes(path, now, now).catch(() => {}); // it goes stale in time
}

/** Somebody who took the lock for stale may hold one of their own by now. */
async function release(path: string, owner: LockOwner): Promise<void> {
  const text = await readFile(path, 'utf8').catch(() => '');
  if (text === JSON.stringify(owner)) await unlink(path).catch(() => {}); // it goes stale in time
}

/** @returns whether it is worth trying at once */
async function removeIfStale(path: string, nowMs: number): Promise<boolean> {
  let text: string;
  let touchedAtMs: number;
  try {
    [text, touchedAtMs] = await Promise.all([readFile(path, 'utf8'), stat(path).then(({ mtimeMs }) => mtimeMs)]);
  } catch (error) {
    return systemErrorCode(error) === 'ENOENT';
  }
  const owner = readOwner(text);
  const lastsMs = owner === undefined ? UNSIGNED_STALE_MS : LOCK_STALE_MS;
  if (nowMs - touchedAtMs < lastsMs && !(owner !== undefined && hasGone(owner))) return false;
  const aside = `${path}.${randomUUID()}`;
  try {
    await rename(path, aside);
  } catch {
    return true; // another one was faster
  }
  // between looking and renaming somebody else may have put a fresh lock there: it gets its place back
  if ((await readFile(aside, 'utf8').catch(() => text)) !== text) await link(aside, path).catch(() => {});
  await unlink(aside).catch(() => {});
  return true;
}

/** Only of a process on this machine can it be known. */
function hasGone({ token, pid, host }: LockOwner): boolean {
  if (host !== hostname()) return false;
  if (pid === process.pid) return !heldTokens.has(token);
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return systemErrorCode(error) === 'ESRCH';
  }
}

/** Undefined while it is being written, or when it is not ours. */
function readOwner(text: string): LockOwner | undefined {
  try {
    const { token, pid, host } = JSON.parse(text) as Partial<LockOwner>; // checked in the next line
    return typeof token === 'string' && typeof pid === 'number' && typeof host === 'string'
      ? { token, pid, host }
      : undefined;
  } catch {
    return undefined;
  }
}

function everyWhileAlive(ms: number, call: () => void): () => void {
  const timer = setInterval(call, ms).unref();
  return () => clearInterval(timer);
}
