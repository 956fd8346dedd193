import { readdirSync } from 'node:fs';
import nx from '@nx/eslint-plugin';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import importX from 'eslint-plugin-import-x';
import * as jsonc from 'jsonc-eslint-parser';
import tseslint from 'typescript-eslint';

const SOURCE = ['**/*.ts', '**/*.tsx'];
const SPECS = ['**/*.spec.ts', '**/*.spec.tsx'];

/** Who may import whom. A row lists every layer that the layer may see; docs/architecture.md draws it. */
const LAYERS = {
  core: ['core'],
  protocol: ['core', 'protocol'],
  'plugin-kit': ['core', 'protocol'],
  plugin: ['core', 'protocol', 'plugin-kit'],
  domain: ['core', 'protocol', 'plugin-kit', 'domain'],
  dispatch: ['core', 'protocol', 'plugin-kit', 'domain'],
  infra: ['core', 'protocol', 'plugin-kit', 'domain', 'dispatch', 'infra'],
  distribution: ['plugin'],
  mock: ['core', 'protocol'],
  testing: ['core'],
  app: ['core', 'protocol', 'plugin-kit', 'domain', 'dispatch', 'infra', 'distribution', 'mock', 'app'],
  tool: ['core', 'protocol', 'plugin-kit', 'domain', 'plugin', 'distribution', 'mock', 'app'],
};

/** What a spec may use in addition: test tools, scripted vendors and, above the plug-ins, the shipped plug-ins. */
const SPEC_EXTRAS = {
  core: [],
  protocol: ['testing'],
  'plugin-kit': ['testing', 'mock'],
  plugin: ['testing', 'mock'],
  domain: ['testing'],
  dispatch: ['testing', 'mock', 'distribution'],
  infra: ['testing'],
  distribution: ['plugin-kit'],
  mock: ['testing'],
  testing: [],
  app: ['testing'],
  tool: ['testing'],
};

const STAR_EXPORT = {
  selector: 'ExportAllDeclaration',
  message: 'Export by name: a line in index.ts is an API decision.',
};
const FRAMEWORK = {
  group: ['@nestjs/*'],
  message: 'Only modules, guards, filters and controllers import the framework.',
};
const DATABASE = { group: ['typeorm'], message: 'Only libs/persistence speaks to the database.' };

const boundaries = (extras) => [
  'error',
  {
    enforceBuildableLibDependency: true,
    allowCircularSelfDependency: true,
    allow: [],
    depConstraints: Object.entries(LAYERS).map(([layer, allowed]) => ({
      sourceTag: `layer:${layer}`,
      onlyDependOnLibsWithTags: [...new Set([...allowed, ...(extras[layer] ?? [])])].map((name) => `layer:${name}`),
    })),
  },
];

/** A dynamic import may name a package that is no plug-in of ours, or a file below; anything else, also a computed name, may lead around the wall. */
const DYNAMIC_WAY_OUT = {
  selector:
    'ImportExpression:not([source.value=/^(?:\\.\\/(?!.*\\.\\.)|(?!@sluice\\/(?:translators|providers))[@a-z])/])',
  message: 'No dynamic way around the wall.',
};

/** One wall per plug-in folder, generated, so that a new folder is covered: it may import its own files, its kit and packages, never a sibling folder. */
const siblingWalls = [
  { lib: 'translators', foreignKit: 'provider-kit' },
  { lib: 'providers', foreignKit: 'translator-kit' },
].flatMap(({ lib, foreignKit }) => {
  const folders = readdirSync(new URL(`libs/${lib}/src`, import.meta.url), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
  return folders.map((folder) => {
    const siblings = folders.filter((name) => name !== folder).join('|');
    const relative = `^(?=\\.)(?:.*/)?\\.\\./(?:.*/)?(?:${siblings})(?:/|$)`;
    const byName = `^@sluice/(?:${lib}/(?:${siblings})|${foreignKit})(?:/|$)`;
    return {
      files: [`libs/${lib}/src/${folder}/**/*.ts`],
      rules: {
        'no-restricted-imports': [
          'error',
          {
            patterns: [
              { regex: `${relative}|${byName}`, message: `${folder} sees only its kit; move what both need there.` },
            ],
          },
        ],
        'no-restricted-syntax': ['error', STAR_EXPORT, DYNAMIC_WAY_OUT],
      },
    };
  });
});

export default [
  { ignores: ['**/dist/**', '**/node_modules/**', '.nx/**', '**/__fixtures__/**'] },
  ...tseslint.configs.recommended.map((config) => ({ ...config, files: SOURCE })),
  {
    files: SOURCE,
    plugins: { '@nx': nx, 'import-x': importX },
    settings: {
      'import-x/extensions': ['.ts', '.tsx'],
      'import-x/parsers': { '@typescript-eslint/parser': ['.ts', '.tsx'] },
      'import-x/resolver-next': [
        createTypeScriptImportResolver({
          project: 'tsconfig.base.json',
          conditionNames: ['@sluice/source', 'types', 'import'],
        }),
      ],
    },
    rules: {
      'import-x/no-cycle': ['error', { maxDepth: 10, ignoreExternal: true }],
      'no-restricted-syntax': ['error', STAR_EXPORT],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@nx/enforce-module-boundaries': boundaries({}),
    },
  },
  { files: SPECS, rules: { '@nx/enforce-module-boundaries': boundaries(SPEC_EXTRAS) } },
  ...siblingWalls,
  {
    files: SOURCE,
    ignores: ['libs/persistence/**'],
    rules: { '@typescript-eslint/no-restricted-imports': ['error', { patterns: [DATABASE] }] },
  },
  {
    // only these files may speak to the framework; everything else is constructible with `new` in a test
    files: ['libs/**/src/**/*.ts'],
    ignores: [
      '**/*.{module,guard,interceptor,filter,controller,strategy,registry,plugin,spec}.ts',
      'libs/express-adapter/src/**',
    ],
    rules: {
      '@typescript-eslint/no-restricted-imports': ['error', { patterns: [FRAMEWORK, DATABASE] }],
    },
  },
  {
    files: ['{apps,libs,tools}/*/package.json'],
    languageOptions: { parser: jsonc },
    plugins: { '@nx': nx },
    rules: {
      '@nx/dependency-checks': [
        'error',
        { ignoredFiles: ['**/*.spec.ts', '**/*.bench.ts'], checkVersionMismatches: false },
      ],
    },
  },
];
