import { randomUUID } from 'node:crypto';
import { open, realpath, rename, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** Only the owner reads what holds secrets. */
const OWNER_ONLY = 0o600;

/**
 * Replaces a file as a whole: after a crash there is the old text or the new one. A symbolic link stays one.
 * @throws what the file system throws; the file is then as it was
 */
export async function replaceFile(path: string, text: string): Promise<void> {
  const target = await realpath(path).catch(() => path); // it may not exist yet
  const folder = dirname(target);
  const temporary = join(folder, `.${basename(target)}.${randomUUID()}.tmp`);
  try {
    await writeThrough(temporary, text);
    await rename(temporary, target);
  } catch (error) {
    await unlink(temporary).catch(() => {}); // what went wrong first says more
    throw error;
  }
  await syncFolder(folder);
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
