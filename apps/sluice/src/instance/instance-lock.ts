/** A lock that its holder has not renewed for so long has none: the process was killed. */
export const LOCK_STALE_MS = 5_000;
/** How often the holder renews it. */
const LOCK_RENEWAL_MS = 1_000;

// the pid file need not exist, and is never opened for it: the lock is a directory beside it
const OPTIONS = { stale: LOCK_STALE_MS, realpath: false } as const;

/**
 * Takes the lock of a pid file and keeps it until it is released or the process ends.
 * @param onLost called when somebody has taken it away
 * @returns what releases it; undefined = somebody has it
 * @throws the system's error
 */
export async function takeInstanceLock(
  pidFile: string,
  onLost: (error: Error) => void,
): Promise<(() => Promise<void>) | undefined> {
  const lockfile = await loadLockfile();
  try {
    return await lockfile.lock(pidFile, { ...OPTIONS, update: LOCK_RENEWAL_MS, onCompromised: onLost });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ELOCKED') return undefined; // the package's errors carry one
    throw error;
  }
}

/** Whether a process that lives holds it. A process number alone proves nothing: numbers are given again. */
export async function isInstanceLocked(pidFile: string): Promise<boolean> {
  return (await loadLockfile()).check(pidFile, OPTIONS);
}

/** Only when it is needed: it listens to the signals and the end of the process from its first moment. */
async function loadLockfile() {
  return (await import('proper-lockfile')).default;
}
