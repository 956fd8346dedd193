import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './root.js';

/** What a checkout has and git does not: needed only where the sources came without git. */
const UNTRACKED_FOLDERS: ReadonlySet<string> = new Set(['node_modules', 'dist', '.git', '.nx', '.sluice']);
const EXECUTABLE_BITS = 0o111;

/** The files that are, or would be, committed: paths from the root. */
export function trackedFiles(): readonly string[] {
  const listed = git('ls-files', '-z', '--cached', '--others', '--exclude-standard');
  const files = listed === undefined ? walk('') : listed.split('\0').filter((file) => file !== '');
  return files.filter((file) => existsSync(join(ROOT, file))).sort();
}

/** Whether a file is executable for whoever clones: as git has it, else as it is here. @param file from the root */
export function isExecutable(file: string): boolean {
  const entry = git('ls-files', '--stage', '--', file);
  if (entry) return entry.startsWith('100755');
  return (statSync(join(ROOT, file)).mode & EXECUTABLE_BITS) === EXECUTABLE_BITS;
}

/** @returns what git printed; undefined = there is no git, or this is no checkout */
function git(...args: readonly string[]): string | undefined {
  const { status, stdout } = spawnSync('git', args, { cwd: ROOT, encoding: 'utf8' });
  return status === 0 ? stdout : undefined;
}

function walk(folder: string): readonly string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (!entry.isDirectory()) return [path];
    return UNTRACKED_FOLDERS.has(entry.name) ? [] : walk(path);
  });
}
