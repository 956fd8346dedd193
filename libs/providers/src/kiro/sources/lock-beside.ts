import { realpath } from 'node:fs/promises';
import { FileLockError, withFileLock } from '@sluice/provider-kit';

/**
 * Runs an action under a lock beside a file, whatever the name it was opened by. Where nothing can be created there nobody can
 * hold one either, and the action just runs.
 * @throws FileLockError `busy`; whatever the action throws
 */
export async function lockBeside<T>(path: string, name: string, action: () => Promise<T>): Promise<T> {
  const target = await realpath(path).catch(() => path); // it may not exist yet
  let isTaken = false;
  try {
    return await withFileLock(`${target}.${name}lock`, () => {
      isTaken = true;
      return action();
    });
  } catch (error) {
    if (isTaken || !(error instanceof FileLockError) || error.code === 'busy') throw error;
    return action();
  }
}
