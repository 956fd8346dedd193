import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readJson, readManifest, readProjects } from './workspace/projects.js';
import { ROOT } from './workspace/root.js';
import { isExecutable } from './workspace/tracked-files.js';

const PROJECTS = readProjects();
const LIBRARIES = PROJECTS.filter(({ manifest }) => manifest.exports !== undefined);
const ROOT_MANIFEST = readManifest('package.json');
const PINNED: Readonly<Record<string, string>> = { ...ROOT_MANIFEST.devDependencies, ...ROOT_MANIFEST.dependencies };
const LAYER_TAG = /^layer:(core|protocol|plugin-kit|plugin|domain|dispatch|infra|distribution|mock|testing|app|tool)$/;

/** Folders whose package is not called like the folder. */
const OTHER_NAMES: Readonly<Record<string, string>> = { 'apps/sluice': '@sluice/cli' };

/** What a package may offer beside its main entry. A line here is an API decision. */
const ENTRIES: Readonly<Record<string, readonly string[]>> = {
  'libs/mock-upstream': ['.', './process'],
  'libs/provider-kit': ['.', './conformance'],
  'libs/providers': ['./*'],
  'libs/translator-kit': ['.', './laws'],
  'libs/translators': ['./*'],
};

const EDGES = PROJECTS.flatMap(({ directory, manifest }) =>
  Object.entries(manifest.dependencies ?? {}).map(([name, range]) => ({ directory, name, range })),
);
const INTERNAL = EDGES.filter(({ name }) => name.startsWith('@sluice/'));
const EXTERNAL = EDGES.filter(({ name }) => !name.startsWith('@sluice/'));

describe.each(PROJECTS)('package.json of $directory', ({ directory, manifest }) => {
  it('names, describes and licenses the package', () => {
    expect(manifest.name).toBe(OTHER_NAMES[directory] ?? `@sluice/${directory.replace(/^\w+\//, '')}`);
    expect(manifest.description).toMatch(/^[A-Z].{10,}\.$/);
    expect(manifest.license).toBe(ROOT_MANIFEST.license);
    expect(manifest.type).toBe('module');
  });

  it('stands in exactly one layer', () => {
    expect(manifest.nx?.tags).toEqual([expect.stringMatching(LAYER_TAG)]);
  });

  it('ships what was built and nothing else', () => {
    const shipped = manifest.bin === undefined ? [] : ['bin'];

    expect(manifest.files).toEqual([...shipped, 'dist', '!dist/**/*.tsbuildinfo']);
  });

  it('is built with the workspace', () => {
    const { references } = readJson('tsconfig.json') as { references: readonly { path: string }[] };

    expect(references.map(({ path }) => path)).toContain(`./${directory}`);
    expect(existsSync(join(ROOT, directory, 'tsconfig.json'))).toBe(true);
  });
});

describe.each(LIBRARIES)('exports of $directory', ({ directory, manifest }) => {
  it('are the entries that were decided on', () => {
    expect(Object.keys(manifest.exports ?? {})).toEqual(ENTRIES[directory] ?? ['.']);
  });

  it('lead to the sources in the workspace and to the built files elsewhere', () => {
    for (const [entry, conditions] of Object.entries(manifest.exports ?? {})) {
      const folder = entry === '.' ? '' : entry.replace('./', '');
      const file = folder === 'process' || folder === '' ? folder || 'index' : `${folder}/index`;

      expect(Object.entries(conditions)).toEqual([
        ['@sluice/source', `./src/${file}.ts`],
        ['types', `./dist/${file}.d.ts`],
        ['default', `./dist/${file}.js`],
      ]);
    }
  });

  it('exist', () => {
    const sources = Object.values(manifest.exports ?? {}).map((conditions) => conditions['@sluice/source'] ?? '');
    const fixed = sources.filter((file) => !file.includes('*'));

    expect(fixed.filter((file) => !existsSync(join(ROOT, directory, file)))).toEqual([]);
  });
});

describe('commands', () => {
  const shims = PROJECTS.flatMap(({ directory, manifest }) =>
    Object.values(manifest.bin ?? {}).map((file) => join(directory, file)),
  );

  it('are the one that we have', () => {
    expect(shims).toEqual(['apps/sluice/bin/sluice.js']);
  });

  it.each(shims)('%s can be executed as it was committed, so that npm can link it before the build', (shim) => {
    expect(isExecutable(shim)).toBe(true);
  });
});

describe('dependencies', () => {
  it.each(INTERNAL)('of $directory name $name at its own version', ({ name, range }) => {
    const target = PROJECTS.find(({ manifest }) => manifest.name === name);

    expect(range).toBe(target?.manifest.version);
  });

  it.each(EXTERNAL)('of $directory name $name at the version that the root pins', ({ name, range }) => {
    expect(range).toBe(`^${PINNED[name]}`);
  });

  it('of the root are pinned exactly', () => {
    expect(Object.entries(PINNED).filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });
});
