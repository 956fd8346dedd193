import { jest } from '@jest/globals';
import { ARROWS, HOMES, IMPORTED, type Layer } from './lint/layer-arrows.js';
import { LintProcess } from './lint/lint-process.js';
import { ALLOWED_CODE, FORBIDDEN_ARROW, FORBIDDEN_CODE, FORBIDDEN_IMPORTS } from './lint/rule-cases.js';
import { readManifest } from './workspace/projects.js';

/** Nx works out its graph first, and the machine may be busy. */
jest.setTimeout(120_000);

const LAYERS = Object.keys(IMPORTED) as readonly Layer[]; // the keys of a record of layers
/** Line n imports a package of the nth layer. */
const IMPORTS_OF_EVERY_LAYER = LAYERS.map((layer) => `export { a as ${toName(layer)} } from '${IMPORTED[layer]}';`);

const BOUNDARIES = '@nx/enforce-module-boundaries';

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
  });
  afterAll(() => linter.stop());

  async function importable(file: string): Promise<readonly Layer[]> {
    const findings = await linter.lint(file, `${IMPORTS_OF_EVERY_LAYER.join('\n')}\n`);
    const unexpected = findings.filter(({ rule, message }) => rule !== BOUNDARIES || !FORBIDDEN_ARROW.test(message));
    expect(unexpected).toEqual([]);
    return LAYERS.filter((_, index) => findings.every(({ line }) => line !== index + 1));
  }

  describe('layers', () => {
    it.each(ARROWS)('let files of %s import %j and nothing else', async (layer, allowed) => {
      expect(await importable(`${HOMES[layer]}/virtual.ts`)).toEqual(byLayer(allowed));
    });

    it.each(ARROWS)('let specs of %s import %j and %j, and nothing else', async (layer, allowed, inSpecs) => {
      expect(await importable(`${HOMES[layer]}/virtual.spec.ts`)).toEqual(byLayer([...allowed, ...inSpecs]));
    });
  });

  describe('rules', () => {
    it.each(FORBIDDEN_IMPORTS)('forbid an import: %s', async (_case, file, text, message) => {
      const findings = await linter.lint(file, `${text}\n`);

      expect(findings).toEqual([expect.objectContaining({ message: expect.stringMatching(message) })]);
    });

    it.each(FORBIDDEN_CODE)('forbid %s', async (_case, file, text, rule, message) => {
      const findings = await linter.lint(file, `${text}\n`);

      expect(findings).toEqual([expect.objectContaining({ rule, message: expect.stringMatching(message) })]);
    });

    it.each(ALLOWED_CODE)('allow an import: %s', async (_case, file, text) => {
      expect(await linter.lint(file, `${text}\n`)).toEqual([]);
    });
  });

  describe('dependencies in package.json', () => {
    const MANIFEST = 'libs/streaming/package.json';
    const manifest = readManifest(MANIFEST);

    it('are what the sources import', async () => {
      expect(await linter.lint(MANIFEST, JSON.stringify(manifest))).toEqual([]);
    });

    it.each([
      ['one is missing', {}, /missing from "dependencies":\s+- @sluice\/core/],
      ['one is too many', { ...manifest.dependencies, zod: '^4.6.7' }, /"zod" package is not used/],
    ])('are refused when %s', async (_case, dependencies, message) => {
      const findings = await linter.lint(MANIFEST, JSON.stringify({ ...manifest, dependencies }));

      expect(findings).toEqual([
        expect.objectContaining({ rule: '@nx/dependency-checks', message: expect.stringMatching(message) }),
      ]);
    });
  });
});
