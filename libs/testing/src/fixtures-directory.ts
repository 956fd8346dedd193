import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** How far up to look; deeper than any checkout. */
const MAX_LEVELS = 20;

/** Where recorded traffic lies: beside the checkout, not in it. */
const FIXTURES_FOLDER = join('shared', 'fixtures');

/**
 * The folder of recorded traffic: the first `shared/fixtures` with a manifest beside this file, beside the checkout, or
 * further up. `undefined` when there is none.
 */
export function findFixturesDirectory(startDirectory = dirname(fileURLToPath(import.meta.url))): string | undefined {
  let directory = startDirectory;
  for (let level = 0; level < MAX_LEVELS; level += 1) {
    const candidate = join(directory, FIXTURES_FOLDER);
    if (existsSync(join(candidate, 'manifest.json'))) return candidate;
    const parent = dirname(directory);
    if (parent === directory) return undefined;
    directory = parent;
  }
  return undefined;
}
