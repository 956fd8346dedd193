/**
 * Bundles what `tsc -b` made of our server apps: apps/<app>/dist/main.js → dist/apps/<app>/main.js (ESM, with chunks for lazy imports).
 * It starts from tsc's output because esbuild alone drops decorator metadata, without which Nest cannot inject.
 * Not minified: stack traces stay readable and start-up does not gain from it.
 */
import { existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const SERVER_APPS = ['gateway', 'admin-api'];

/** Packages that Nest, pino or ws load only when they are there. They are bundled only for an app that declares them, itself or through a lib. */
const OPTIONAL_PEERS = [
  '@fastify/static',
  '@grpc/grpc-js',
  '@nestjs/microservices',
  '@nestjs/platform-socket.io',
  '@nestjs/platform-ws',
  '@nestjs/websockets',
  'class-transformer',
  'class-validator',
  'ioredis',
  'pino-pretty',
  'typeorm',
];

/** Packages with a binary or a wasm file beside their code: they stay in node_modules. */
const NATIVE = [
  '*.node',
  '@electric-sql/pglite',
  '@node-rs/*',
  'bufferutil',
  'node-sqlite3-wasm',
  'pg-native',
  'utf-8-validate',
];

/** CommonJS packages in an ESM bundle need these three. Our own names: a bundled module may declare `createRequire` itself. */
const BANNER = [
  "import { createRequire as sluiceBundleRequire } from 'node:module';",
  'const require = sluiceBundleRequire(import.meta.url);',
  'const __filename = import.meta.filename;',
  'const __dirname = import.meta.dirname;',
].join('\n');

let failed = false;
for (const app of SERVER_APPS) {
  const entry = `${ROOT}apps/${app}/dist/main.js`;
  if (!existsSync(`${ROOT}apps/${app}/src/main.ts`)) {
    console.log(`bundle ${app}: skipped, there is no apps/${app}/src/main.ts`);
  } else if (!existsSync(entry)) {
    console.error(`bundle ${app}: apps/${app}/dist/main.js is missing; run tsc -b first`);
    failed = true;
  } else {
    failed = !(await bundle(app, entry)) || failed;
  }
}
process.exitCode = failed ? 1 : 0;

async function bundle(app, entry) {
  const startedAt = performance.now();
  const outdir = `${ROOT}dist/apps/${app}`;
  rmSync(outdir, { recursive: true, force: true });
  const declared = declaredPackages(`@sluice/${app}`, `${ROOT}apps/${app}/package.json`);
  const leftOut = new Set();
  try {
    await build({
      entryPoints: { main: entry },
      outdir,
      chunkNames: 'chunks/[name]-[hash]',
      bundle: true,
      splitting: true,
      format: 'esm',
      platform: 'node',
      target: 'node20',
      sourcemap: 'linked',
      external: NATIVE,
      plugins: [
        leaveOut(
          OPTIONAL_PEERS.filter((name) => !declared.has(name)),
          leftOut,
        ),
      ],
      banner: { js: BANNER },
      logLevel: 'warning',
    });
  } catch {
    return false; // esbuild has printed why
  }
  const kilobytes = Math.round(statSync(`${outdir}/main.js`).size / 1024);
  const note = leftOut.size > 0 ? ` (left out: ${[...leftOut].sort().join(', ')})` : '';
  console.log(`bundle ${app}: main.js ${kilobytes} kB in ${Math.round(performance.now() - startedAt)} ms${note}`);
  return true;
}

/** The names in `dependencies` of a workspace package and of every @sluice package below it. */
function declaredPackages(name, packageFile, seen = new Set()) {
  seen.add(name);
  const { dependencies = {} } = JSON.parse(readFileSync(packageFile, 'utf8'));
  for (const dependency of Object.keys(dependencies)) {
    if (seen.has(dependency)) continue;
    if (!dependency.startsWith('@sluice/')) seen.add(dependency);
    else declaredPackages(dependency, `${ROOT}node_modules/${dependency}/package.json`, seen);
  }
  return seen;
}

/** Makes undeclared optional peers external, and so what a lazy import or require names but nobody has installed. A missing static import stays an error. */
function leaveOut(peers, leftOut) {
  const isPeer = (path) => peers.some((name) => path === name || path.startsWith(`${name}/`));
  const probing = Symbol('probing');
  return {
    name: 'leave-out-optional-peers',
    setup(esbuild) {
      esbuild.onResolve({ filter: /^[^./]/ }, async ({ path, kind, resolveDir, importer, pluginData }) => {
        if (pluginData === probing || path.startsWith('node:') || builtinModules.includes(path)) return undefined;
        const isLazy = kind === 'require-call' || kind === 'dynamic-import' || kind === 'require-resolve';
        if (!isLazy) return undefined;
        const found =
          !isPeer(path) && (await esbuild.resolve(path, { kind, resolveDir, importer, pluginData: probing }));
        if (found && found.errors.length === 0) return undefined;
        leftOut.add(path);
        return { path, external: true };
      });
    },
  };
}
