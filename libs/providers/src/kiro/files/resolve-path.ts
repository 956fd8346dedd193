import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';

/** A path as people write it: `~` is their home, and a relative one counts from the configuration's folder. */
export function resolvePath(path: string, folder: string, home = homedir()): string {
  if (path === '~') return home;
  if (path.startsWith('~/')) return join(home, path.slice(2));
  return isAbsolute(path) ? path : resolve(folder, path);
}
