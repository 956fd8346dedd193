import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LintProcess } from './lint/lint-process.js';
import { ROOT } from './workspace/root.js';

const START_TIMEOUT_MS = 120_000;
const LINT_TIMEOUT_MS = 60_000;

/** A folder of each layer in which the virtual files stand. */
const HOMES = {
  core: 'libs/core/src',
  protocol: 'libs/streaming/src',
  'plugin-kit': 'libs/translator-kit/src',
  plugin: 'libs/translators/src/openai-chat',
  domain: 'libs/routing/src',
  dispatch: 'libs/dispatch/src',
  infra: 'libs/telemetry/src',
  distribution: 'libs/distribution/src',
  mock: 'libs/mock-upstream/src',
  testing: 'libs/testing/src',
  app: 'apps/sluice/src',
  tool: 'tools/workspace-checks/src',
};
type Layer = keyof typeof HOMES;

/** What they import, one package of each layer; line n of a virtual file imports the nth. */
const IMPORTED: Readonly<Record<Layer, string>> = {
  core: '@sluice/core',
  protocol: '@sluice/event-stream',
  'plugin-kit': '@sluice/provider-kit',
  plugin: '@sluice/providers/openai',
  domain: '@sluice/usage',
  dispatch: '@sluice/dispatch',
  infra: '@sluice/telemetry',
  distribution: '@sluice/distribution',
  mock: '@sluice/mock-upstream',
  testing: '@sluice/testing',
  app: '@sluice/gateway',
  tool: '@sluice/bench',
};

/** The arrows: what files of a layer may import, and what its specs may import in addition. Everything else is forbidden. */
const ARROWS: readonly (readonly [Layer, readonly Layer[], readonly Layer[]])[] = [
  ['core', ['core'], []],
  ['protocol', ['core', 'protocol'], ['testing']],
  ['plugin-kit', ['core', 'protocol'], ['mock', 'testing']],
  ['plugin', ['core', 'protocol', 'plugin-kit'], ['mock', 'testing']],
  ['domain', ['core', 'protocol', 'plugin-kit', 'domain'], ['testing']],
  ['dispatch', ['core', 'protocol', 'plugin-kit', 'domain', 'dispatch'], ['distribution', 'mock', 'testing']],
  ['infra', ['core', 'protocol', 'plugin-kit', 'domain', 'dispatch', 'infra'], ['testing']],
  ['distribution', ['plugin', 'distribution'], ['plugin-kit']],
  ['mock', ['core', 'protocol', 'mock'], ['testing']],
  ['testing', ['core', 'testing'], []],
  [
    'app',
    ['core', 'protocol', 'plugin-kit', 'domain', 'dispatch', 'infra', 'distribution', 'mock', 'app'],
    ['testing'],
  ],
  ['tool', ['core', 'protocol', 'plugin-kit', 'plugin', 'domain', 'distribution', 'mock', 'app'], ['testing']],
];

const LAYERS = Object.keys(IMPORTED) as readonly Layer[]; // the keys of a record of layers
/** Line n imports a package of the nth layer. */
const IMPORTS_OF_EVERY_LAYER = LAYERS.map((layer) => `export { a as ${toName(layer)} } from '${IMPORTED[layer]}';`);

const BOUNDARIES = '@nx/enforce-module-boundaries';
const FORBIDDEN_ARROW = /^A project tagged with "layer:[a-z-]+" can only depend on libs tagged with "layer:/;

function toName(layer: Layer): string {
  return layer.replace('-', '');
}

function byLayer(layers: readonly Layer[]): readonly Layer[] {
  return LAYERS.filter((layer) => layers.includes(layer));
}

describe('boundaries', () => {
  let linter: LintProcess;

  beforeAll(async () => {
    linter = await LintProcess.start();
    await linter.lint('libs/core/src/virtual.ts', 'export const first = 1;\n'); // loads the configuration
  }, START_TIMEOUT_MS);
  afterAll(() => linter.stop());

  async function importable(file: string): Promise<readonly Layer[]> {
    const findings = await linter.lint(file, `${IMPORTS_OF_EVERY_LAYER.join('\n')}\n`);
    const unexpected = findings.filter(({ rule, message }) => rule !== BOUNDARIES || !FORBIDDEN_ARROW.test(message));
    expect(unexpected).toEqual([]);
    return LAYERS.filter((_, index) => findings.every(({ line }) => line !== index + 1));
  }

  describe('layers', () => {
    it.each(ARROWS)(
      'let files of %s import %j and nothing else',
      async (layer, allowed) => {
        expect(await importable(`${HOMES[layer]}/virtual.ts`)).toEqual(byLayer(allowed));
      },
      LINT_TIMEOUT_MS,
    );

    it.each(ARROWS)(
      'let specs of %s import %j and %j, and nothing else',
      async (layer, allowed, inSpecs) => {
        expect(await importable(`${HOMES[layer]}/virtual.spec.ts`)).toEqual(byLayer([...allowed, ...inSpecs]));
      },
      LINT_TIMEOUT_MS,
    );
  });

  describe('rules', () => {
    const TRANSLATOR = 'libs/translators/src/openai-chat/virtual.ts';
    const PROVIDER = 'libs/providers/src/openai/virtual.ts';
    const LOGIC = 'libs/routing/src/virtual.ts';
    const NEST = "export { Module } from '@nestjs/common';";
    const TYPEORM = "export { Entity } from 'typeorm';";
    const STAR = "export * from './json.js';";
    const WALL = /sees only its kit/;
    const DYNAMIC = /No dynamic way around the wall/;
    const FRAMEWORK = /Only modules, guards, filters and controllers import the framework/;
    const DATABASE = /Only libs\/persistence speaks to the database/;
    const BY_NAME = /Export by name/;

    it.each([
      ['a format of its sibling', TRANSLATOR, "export { x } from '../anthropic-messages/format.js';", WALL],
      [
        'a format of its sibling by a detour',
        TRANSLATOR,
        "export { x } from './../anthropic-messages/format.js';",
        WALL,
      ],
      [
        'a format of its sibling by name',
        TRANSLATOR,
        "export { x } from '@sluice/translators/anthropic-messages';",
        WALL,
      ],
      [
        'a format of its sibling from below',
        'libs/translators/src/openai-chat/deep/virtual.ts',
        "export { x } from '../../anthropic-messages/format.js';",
        WALL,
      ],
      ['a format of the other kit', TRANSLATOR, "export { x } from '@sluice/provider-kit';", WALL],
      [
        'a spec of a sibling',
        'libs/translators/src/openai-chat/virtual.spec.ts',
        "export { x } from '../anthropic-messages/format.js';",
        WALL,
      ],
      ['a provider of its sibling', PROVIDER, "export { x } from '../anthropic/index.js';", WALL],
      ['a provider of its sibling by name', PROVIDER, "export { x } from '@sluice/providers/openai-compatible';", WALL],
      ['a provider of the other kit', PROVIDER, "export { x } from '@sluice/translator-kit';", WALL],
      [
        'a dynamic import of a sibling',
        TRANSLATOR,
        "export const x = import('../anthropic-messages/format.js');",
        DYNAMIC,
      ],
      [
        'a dynamic import by a detour',
        TRANSLATOR,
        "export const x = import('./../anthropic-messages/format.js');",
        DYNAMIC,
      ],
      ['a dynamic import by name', PROVIDER, "export const x = import('@sluice/providers/anthropic');", DYNAMIC],
      ['a dynamic import of a computed name', PROVIDER, 'export const x = import(`../anthropic/index.js`);', DYNAMIC],
      ['a provider of a format', PROVIDER, "export { x } from '@sluice/translators/openai-chat';", FORBIDDEN_ARROW],
      ['logic of the framework', LOGIC, NEST, FRAMEWORK],
      ["logic of the framework's insides", LOGIC, "export { x } from '@nestjs/core/injector';", FRAMEWORK],
      ["a provider's logic of the framework", PROVIDER, NEST, FRAMEWORK],
      ['logic of the database', LOGIC, TYPEORM, DATABASE],
      ['a module of the database', 'libs/routing/src/virtual.module.ts', TYPEORM, DATABASE],
      ['an app of the database', 'apps/gateway/src/virtual.ts', TYPEORM, DATABASE],
      [
        'a project of another by its path',
        LOGIC,
        "export { x } from '../../core/src/json.js';",
        /cannot be imported by a relative or absolute path/,
      ],
      [
        'a file of one that imports it',
        'libs/core/src/gateway-error-kind.ts',
        "import { GatewayError } from './gateway-error.js';\nexport const x = GatewayError;",
        /Dependency cycle detected/,
      ],
    ])(
      'forbid an import: %s',
      async (_case, file, text, message) => {
        const findings = await linter.lint(file, `${text}\n`);

        expect(findings).toEqual([expect.objectContaining({ message: expect.stringMatching(message) })]);
      },
      LINT_TIMEOUT_MS,
    );

    it.each([
      ['export *', 'libs/core/src/virtual.ts', STAR, 'no-restricted-syntax', BY_NAME],
      ['export * of a format', TRANSLATOR, STAR, 'no-restricted-syntax', BY_NAME],
      ['export * of an app', 'apps/gateway/src/virtual.ts', STAR, 'no-restricted-syntax', BY_NAME],
      ['any', LOGIC, 'export const x: any = 1;', '@typescript-eslint/no-explicit-any', /Unexpected any/],
      [
        'any in a spec',
        'libs/routing/src/virtual.spec.ts',
        'export const x: any = 1;',
        '@typescript-eslint/no-explicit-any',
        /Unexpected any/,
      ],
      [
        'types imported as values',
        LOGIC,
        "import { Route } from './route.js';\nexport type X = Route;",
        '@typescript-eslint/consistent-type-imports',
        /only used as types/,
      ],
    ])(
      'forbid %s',
      async (_case, file, text, rule, message) => {
        const findings = await linter.lint(file, `${text}\n`);

        expect(findings).toEqual([expect.objectContaining({ rule, message: expect.stringMatching(message) })]);
      },
      LINT_TIMEOUT_MS,
    );

    it.each([
      [
        'a format of its own files and its kit',
        TRANSLATOR,
        "export { x } from './format.js';\nexport { y } from '@sluice/translator-kit';",
      ],
      [
        'a format of its own folder from below',
        'libs/translators/src/openai-chat/deep/virtual.ts',
        "export { x } from '../format.js';",
      ],
      ['a dynamic import of a package', PROVIDER, "export const x = import('undici');"],
      ['a module of the framework', 'libs/routing/src/virtual.module.ts', NEST],
      ["a provider's module of the framework", 'libs/providers/src/openai/virtual.module.ts', NEST],
      ['a spec of the framework', 'libs/routing/src/virtual.spec.ts', NEST],
      ['an app of the framework', 'apps/gateway/src/virtual.ts', NEST],
      ['a project of another by its name', LOGIC, "export { GatewayError } from '@sluice/core';"],
      [
        'a file of its neighbour',
        'libs/core/src/gateway-error-kind.ts',
        "export type { JsonObject } from './json.js';",
      ],
      ['types as types', LOGIC, "import type { Route } from './route.js';\nexport type X = Route;"],
      ['unknown', LOGIC, 'export const x: unknown = 1;'],
    ])(
      'allow an import: %s',
      async (_case, file, text) => {
        expect(await linter.lint(file, `${text}\n`)).toEqual([]);
      },
      LINT_TIMEOUT_MS,
    );
  });

  describe('dependencies in package.json', () => {
    const MANIFEST = 'libs/streaming/package.json';
    const manifest = readFileSync(join(ROOT, MANIFEST), 'utf8');

    it(
      'are what the sources import',
      async () => {
        expect(await linter.lint(MANIFEST, manifest)).toEqual([]);
      },
      LINT_TIMEOUT_MS,
    );

    it.each([
      ['one is missing', '', /missing from "dependencies":\s+- @sluice\/core/],
      ['one is too many', '"@sluice/core": "0.1.0", "zod": "^4.6.7"', /"zod" package is not used/],
    ])(
      'are refused when %s',
      async (_case, declared, message) => {
        const findings = await linter.lint(MANIFEST, manifest.replace('"@sluice/core": "0.1.0"', declared));

        expect(findings).toEqual([
          expect.objectContaining({ rule: '@nx/dependency-checks', message: expect.stringMatching(message) }),
        ]);
      },
      LINT_TIMEOUT_MS,
    );
  });
});
