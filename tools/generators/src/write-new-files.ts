import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Writes files into a folder that does not exist yet.
 * @throws Error when it does, before anything is written
 */
export function writeNewFiles(folder: string, files: ReadonlyMap<string, string>): void {
  if (existsSync(folder)) throw new Error(`${folder} exists already; nothing was written.`);
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of files) writeFileSync(join(folder, name), text, { flag: 'wx' });
}
