import { open, stat, unlink } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { CredentialStoreError } from './credential-store-error.js';

/** A store is read, changed and written within milliseconds; whoever holds it for longer has gone. */
export const LOCK_STALE_MS = 10_000;
/** How long a lock is waited for. */
export const LOCK_WAIT_MS = 15_000;
const LOOK_AGAIN_MS = 20;

/**
 * Runs an action while no other process changes the store.
 * @throws CredentialStoreError `busy`; whatever the action throws
 */
export async function withStoreLock<T>(path: string, action: () => Promise<T>): Promise<T> {
  for (let waitedMs = 0; !(await take(path)); waitedMs += LOOK_AGAIN_MS) {
    if (waitedMs >= LOCK_WAIT_MS) {
      throw new CredentialStoreError('busy', `The lock ${path} is held. If no other Sluice runs, delete it.`);
    }
    await sleep(LOOK_AGAIN_MS);
  }
  try {
    return await action();
  } finally {
    await unlink(path).catch(() => {}); // it goes stale in time
  }
}

async function take(path: string): Promise<boolean> {
  try {
    await (await open(path, 'wx', 0o600)).close();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error; // node's errors carry a code
  }
  const taken = await stat(path).catch(() => undefined);
  if (taken !== undefined && Date.now() - taken.mtimeMs > LOCK_STALE_MS) await unlink(path).catch(() => {});
  return false;
}
