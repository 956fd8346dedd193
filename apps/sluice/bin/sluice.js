#!/usr/bin/env node
// Committed (mode 755) so that `npm ci` can link it before anything is built. In a checkout it builds what is stale first.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const isCheckout = existsSync(`${root}tsconfig.base.json`);
const wantsBuild = process.argv[2] === 'run' || !existsSync(new URL('../dist/main.js', import.meta.url));

if (isCheckout && wantsBuild && process.env.SLUICE_SKIP_BUILD === undefined) {
  const startedAt = Date.now();
  const isFirst = !existsSync(new URL('../dist/main.js', import.meta.url));
  if (isFirst) process.stderr.write('sluice: building (the first time takes a moment) …\n');
  const built = spawnSync(process.execPath, [`${root}node_modules/typescript/bin/tsc`, '-b', `${root}apps/sluice`], {
    cwd: root,
    stdio: 'inherit',
  });
  if (built.status !== 0) process.exit(built.status ?? 1);
  if (isFirst) process.stderr.write(`sluice: built in ${Math.round((Date.now() - startedAt) / 1000)} s\n`);
}
await import('../dist/main.js');
