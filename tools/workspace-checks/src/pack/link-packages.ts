import { mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT } from '../workspace/root.js';

/** Makes packages that the workspace has installed resolvable below a folder. Nothing is downloaded. */
export function linkInstalledPackages(names: Iterable<string>, folder: string): void {
  for (const name of names) {
    const link = join(folder, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules', name), link, 'dir');
  }
}
