import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { readManifest } from '../workspace/projects.js';
import { linkInstalledPackages } from './link-packages.js';
import { isExternal, type PackedLib } from './pack-libs.js';

const FIXTURES = fileURLToPath(new URL('./__fixtures__/', import.meta.url));
/** Where the third party's own copy of the kit lies. */
const FOREIGN = 'node_modules/foreign-provider';

/** What the application printed. */
export interface ConsumerReport {
  readonly ids: readonly string[];
  /** The files that the application and the third party got for `@sluice/provider-kit`. */
  readonly kit: string;
  readonly foreignKit: string;
  readonly key: string;
}

/** An application outside of the workspace that has installed the packed libs, and what they declare, nothing else. */
export class ConsumerApp {
  private constructor(private readonly folder: string) {}

  static create(folder: string, packed: readonly PackedLib[]): ConsumerApp {
    const declared = packed.flatMap(({ lib }) =>
      Object.keys(readManifest(`libs/${lib}/package.json`).dependencies ?? {}),
    );
    linkInstalledPackages(new Set(declared.filter(isExternal)), folder);
    for (const { lib, file } of packed) unpack(file, join(folder, 'node_modules/@sluice', lib));
    cpSync(join(FIXTURES, 'app.mjs'), join(folder, 'app.mjs'));

    for (const { lib, file } of packed) unpack(file, join(folder, FOREIGN, 'node_modules/@sluice', lib));
    cpSync(join(FIXTURES, 'foreign-provider.mjs'), join(folder, FOREIGN, 'index.mjs'));
    writeFileSync(join(folder, FOREIGN, 'package.json'), '{"name":"foreign-provider","exports":"./index.mjs"}');
    return new ConsumerApp(folder);
  }

  /** Runs it with plain node: no source condition, no loader. @throws with what it printed when it fails */
  run(): ConsumerReport {
    const printed = execFileSync(process.execPath, ['app.mjs'], {
      cwd: this.folder,
      encoding: 'utf8',
      env: { ...process.env, NODE_OPTIONS: '' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return JSON.parse(printed) as ConsumerReport; // app.mjs prints exactly this
  }

  urlOf(path: string): string {
    return pathToFileURL(join(this.folder, path)).href;
  }
}

function unpack(tarball: string, folder: string): void {
  mkdirSync(folder, { recursive: true });
  execFileSync('tar', ['-xzf', tarball, '-C', folder, '--strip-components=1']);
}
