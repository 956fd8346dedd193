#!/usr/bin/env node
// Committed (mode 755) so that `npm ci` can link it before anything is built. In a checkout it builds what is stale first.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A look that finds nothing stale takes less than this, in milliseconds, and is not worth a word. */
const QUIET_MS = 2_500;

const root = fileURLToPath(new URL('../../../', import.meta.url));
const isCheckout = existsSync(`${root}tsconfig.base.json`);
const isFirst = !existsSync(new URL('../dist/main.js', import.meta.url));
const wantsBuild = process.argv[2] === 'run' || isFirst;

if (isCheckout && wantsBuild && process.env.SLUICE_SKIP_BUILD === undefined) {
  const startedAt = Date.now();
  let hasTold = false;
  const tell = (text) => {
    process.stderr.write(text);
    hasTold = true;
  };
  if (isFirst) tell('sluice: building (the first time takes a minute or so) …\n');
  const later = setTimeout(() => hasTold || tell('sluice: building what has changed …\n'), QUIET_MS);
  const compiler = `${root}node_modules/typescript/bin/tsc`;
  const child = spawn(process.execPath, [compiler, '-b', `${root}apps/sluice`], { cwd: root, stdio: 'inherit' });
  const status = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
  clearTimeout(later);
  if (status !== 0) {
    process.stderr.write('sluice: the sources do not compile, so nothing was started; npm ci brings what is missing\n');
    process.exit(status);
  }
  if (hasTold) process.stderr.write(`sluice: built in ${Math.round((Date.now() - startedAt) / 1000)} s\n`);
}
await import('../dist/main.js');
