import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { readManifest } from '../workspace/projects.js';
import { ROOT } from '../workspace/root.js';
import { linkInstalledPackages } from './link-packages.js';

export interface PackedLib {
  /** `core`, as in `libs/core`. */
  readonly lib: string;
  /** The tarball. */
  readonly file: string;
  /** What is in it, from the package's root. */
  readonly paths: readonly string[];
}

interface NpmPackReport {
  readonly name: string;
  readonly filename: string;
  readonly files: readonly { readonly path: string }[];
}

/**
 * Builds copies of some libs and packs them, as a release would. It happens in a folder of its own, so that nothing stale is
 * packed and no build of the workspace is disturbed.
 * @param libs with everything they depend on, the used before their users
 */
export function packLibs(libs: readonly string[], folder: string): readonly PackedLib[] {
  copySources(libs, folder);
  const directories = libs.map((lib) => `libs/${lib}`);
  run(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), '-b', ...directories], folder);

  const packages = directories.map((directory) => `./${directory}`);
  const report = run('npm', ['pack', '--ignore-scripts', '--offline', '--json', '--silent', ...packages], folder);
  const packed = JSON.parse(report) as readonly NpmPackReport[]; // what `npm pack --json` prints
  return libs.map((lib) => {
    const { filename = '', files = [] } = packed.find(({ name }) => name === `@sluice/${lib}`) ?? {};
    return { lib, file: join(folder, filename), paths: files.map(({ path }) => path) };
  });
}

function copySources(libs: readonly string[], folder: string): void {
  cpSync(join(ROOT, 'tsconfig.base.json'), join(folder, 'tsconfig.base.json'));
  mkdirSync(join(folder, 'node_modules/@sluice'), { recursive: true });
  const external = new Set(['@types/node']);
  for (const lib of libs) {
    const directory = join(folder, 'libs', lib);
    cpSync(join(ROOT, 'libs', lib), directory, { recursive: true, filter: isSource });
    symlinkSync(directory, join(folder, 'node_modules/@sluice', lib), 'dir');
    const { dependencies = {} } = readManifest(`libs/${lib}/package.json`);
    Object.keys(dependencies).forEach((name) => external.add(name));
  }
  linkInstalledPackages([...external].filter(isExternal), folder);
}

function isSource(path: string): boolean {
  return !/[\\/](dist|node_modules)$/.test(path);
}

export function isExternal(name: string): boolean {
  return !name.startsWith('@sluice/');
}

/** @returns what the command printed @throws with what it printed when it fails */
function run(command: string, args: readonly string[], cwd: string): string {
  return execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}
