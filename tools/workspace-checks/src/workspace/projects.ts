import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './root.js';

/** The members of a package.json that the specs look at. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly description?: string;
  readonly license?: string;
  readonly type?: string;
  readonly exports?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly bin?: Readonly<Record<string, string>>;
  readonly files?: readonly string[];
  readonly nx?: { readonly tags?: readonly string[] };
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

export interface Project {
  /** From the root, as in `libs/core`. */
  readonly directory: string;
  readonly manifest: Manifest;
}

const FOLDERS = ['apps', 'libs', 'tools'];

/** Every project of the workspace, sorted by folder. */
export function readProjects(): readonly Project[] {
  return FOLDERS.flatMap((folder) => readdirSync(join(ROOT, folder)).map((name) => `${folder}/${name}`))
    .filter((directory) => existsSync(join(ROOT, directory, 'package.json')))
    .sort()
    .map((directory) => ({ directory, manifest: readManifest(`${directory}/package.json`) }));
}

/** @param file from the root */
export function readManifest(file: string): Manifest {
  return readJson(file) as Manifest; // ours, and typed by what the specs then check
}

/** @param file from the root */
export function readJson(file: string): unknown {
  return JSON.parse(readFileSync(join(ROOT, file), 'utf8'));
}
