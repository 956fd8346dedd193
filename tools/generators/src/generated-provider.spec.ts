import { jest } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generateProvider } from './generate-provider.js';

/** The compiler and the tests of the generated folder run in processes of their own. */
jest.setTimeout(120_000);

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const MODULES = join(ROOT, 'node_modules');

/** What `jest.config.mjs` of the root says, for one folder elsewhere. */
const JEST_CONFIG = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  testEnvironmentOptions: { customExportConditions: ['@sluice/source', 'node', 'node-addons'] },
  transform: {
    '^.+\\.ts$': [
      join(MODULES, '@swc/jest'),
      {
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
          keepClassNames: true,
        },
        module: { type: 'es6' },
      },
    ],
  },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
};

describe('a generated provider', () => {
  let root: string;
  let folder: string;

  beforeAll(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), 'sluice-generated-')));
    generateProvider(['open-acme-4', 'https://api.acme.example/openai/v1'], root);
    folder = join(root, 'libs/providers/src/open-acme-4');
    symlinkSync(MODULES, join(root, 'node_modules'), 'dir');
    cpSync(join(ROOT, 'tsconfig.base.json'), join(root, 'tsconfig.base.json'));
    cpSync(join(ROOT, '.prettierrc.json'), join(root, '.prettierrc.json'));
    writeFileSync(join(root, 'package.json'), '{"type":"module"}');
    writeFileSync(join(root, 'jest.config.json'), JSON.stringify(JEST_CONFIG));
    writeFileSync(
      join(root, 'tsconfig.json'),
      JSON.stringify({
        extends: './tsconfig.base.json',
        compilerOptions: {
          noEmit: true,
          composite: false,
          declaration: false,
          declarationMap: false,
          types: ['node', 'jest'],
        },
        include: ['libs'],
      }),
    );
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  function run(bin: string, ...args: readonly string[]): string {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(MODULES, bin), ...args], {
      cwd: root,
      encoding: 'utf8',
      env: { ...process.env, NODE_OPTIONS: '--experimental-vm-modules --disable-warning=ExperimentalWarning' },
    });
    return status === 0 ? 'passed' : `${stdout}\n${stderr}`;
  }

  it('passes the compiler, sources and specs', () => {
    expect(run('typescript/bin/tsc', '-p', 'tsconfig.json')).toBe('passed');
  });

  it('is formatted as we format', () => {
    expect(run('prettier/bin/prettier.cjs', '--check', folder)).toBe('passed');
  });

  it('passes its own tests, the conformance suite among them', () => {
    expect(run('jest/bin/jest.js', '--runInBand')).toBe('passed');
  });

  it('has files that the providers we have have, too', () => {
    const shape = (directory: string, id: string): string[] =>
      readdirSync(directory).map((file) => file.replace(id, '<id>'));

    const existing = shape(join(ROOT, 'libs/providers/src/openai-compatible'), 'openai-compatible');
    expect(existing).toEqual(expect.arrayContaining(shape(folder, 'open-acme-4')));
  });
});
