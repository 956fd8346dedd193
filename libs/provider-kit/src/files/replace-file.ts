import { randomUUID } from 'node:crypto';
import { open, readdir, realpath, rename, stat, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** Only the owner reads what holds secrets. */
const OWNER_ONLY = 0o600;
/** Half a file that is older was left behind by a process that ended while it wrote; writing takes milliseconds. */
export const LEFTOVER_AGE_MS = 60_000;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const ENDING = '.tmp';

/**
 * Replaces a file as a whole and for good: after a crash, also of the machine, there is the old text or the new one. A symbolic
 * link stays one. What earlier crashes left half written beside it is removed.
 * @param nowMs default: the machine's clock
 * @throws what the file system throws; the file is then as it was
 */
export async function replaceFile(path: string, text: string, nowMs: () => number = Date.now): Promise<void> {
  const target = await realpath(path).catch(() => path); // it may not exist yet
  const folder = dirname(target);
  const prefix = `.${basename(target)}.`;
  const temporary = join(folder, `${prefix}${randomUUID()}${ENDING}`);
  await removeLeftovers(folder, prefix, nowMs());
  try {
    await writeThrough(temporary, text);
    await rename(temporary, target);
  } catch (error) {
    await unlink(temporary).catch(() => {}); // what went wrong first says more
    throw error;
  }
  await syncFolder(folder);
}

/** They hold secrets, and each crash would add one. A leftover that cannot be removed is no reason not to write. */
async function removeLeftovers(folder: string, prefix: string, nowMs: number): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    const isOurs =
      name.startsWith(prefix) && name.endsWith(ENDING) && UUID.test(name.slice(prefix.length, -ENDING.length));
    if (!isOurs) continue;
    const path = join(folder, name);
    const writtenAtMs = await stat(path).then(
      ({ mtimeMs }) => mtimeMs,
      () => nowMs,
    );
    if (nowMs - writtenAtMs >= LEFTOVER_AGE_MS) await unlink(path).catch(() => {}); // see above
  }
}

async function writeThrough(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx', OWNER_ONLY);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** The new name survives a power cut only then; some systems cannot sync a folder, and lose no more than this. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  if (handle === undefined) return;
  try {
    await handle.sync();
  } catch {
    // see above
  } finally {
    await handle.close();
  }
}
