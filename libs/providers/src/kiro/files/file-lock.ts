import { randomUUID } from 'node:crypto';
import { link, open, readFile, rename, stat, unlink } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { systemErrorCode } from './system-error-code.js';

/** How long a lock is waited for: longer than a renewal may take that somebody else runs under it. */
export const LOCK_WAIT_MS = 35_000;
/** A lock that is older was left behind by a process that ended without cleaning up. */
export const LOCK_STALE_MS = 60_000;
/** Between two looks at a lock that is held. */
const LOOK_AGAIN_MS = 50;

/** Codes of a place that cannot be written to at all: read-only, forbidden, or not there. */
const UNWRITABLE: ReadonlySet<string | undefined> = new Set(['EROFS', 'EACCES', 'EPERM', 'ENOENT', 'ENOTDIR']);

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
}

/** What stands in a lock: enough to tell whether its owner still lives. */
interface LockOwner {
  readonly token: string;
  readonly pid: number;
  readonly host: string;
}

/**
 * Runs an action while no other process that keeps to the lock runs one. The lock is a file that only one can create.
 * @throws FileLockError; whatever the action throws
 */
export async function withFileLock<T>(
  path: string,
  action: () => Promise<T>,
  { waitMs = LOCK_WAIT_MS, nowMs = Date.now, pause = sleep }: FileLockOptions = {},
): Promise<T> {
  const owner: LockOwner = { token: randomUUID(), pid: process.pid, host: hostname() };
  const deadlineMs = nowMs() + waitMs;
  while (!(await take(path, owner))) {
    if (await removeIfStale(path, nowMs())) continue;
    if (nowMs() >= deadlineMs) throw new FileLockError('busy', path);
    await pause(LOOK_AGAIN_MS);
  }
  try {
    return await action();
  } finally {
    await release(path, owner);
  }
}

async function take(path: string, owner: LockOwner): Promise<boolean> {
  try {
    const file = await open(path, 'wx', 0o600);
    try {
      await file.writeFile(JSON.stringify(owner));
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

/** Somebody who took the lock for stale may hold one of their own by now. */
async function release(path: string, owner: LockOwner): Promise<void> {
  const text = await readFile(path, 'utf8').catch(() => '');
  if (text === JSON.stringify(owner)) await unlink(path).catch(() => {}); // it goes stale in time
}

/** @returns whether it is worth trying at once */
async function removeIfStale(path: string, nowMs: number): Promise<boolean> {
  let text: string;
  let takenAtMs: number;
  try {
    [text, takenAtMs] = await Promise.all([readFile(path, 'utf8'), stat(path).then(({ mtimeMs }) => mtimeMs)]);
  } catch (error) {
    return systemErrorCode(error) === 'ENOENT';
  }
  if (nowMs - takenAtMs < LOCK_STALE_MS && !isOwnerGone(text)) return false;
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
function isOwnerGone(text: string): boolean {
  const owner = readOwner(text);
  if (owner === undefined || owner.host !== hostname() || owner.pid === process.pid) return false;
  try {
    process.kill(owner.pid, 0);
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
