import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateProvider } from './generate-provider.js';

const BASE_URL = 'https://api.acme.example/v1';

describe('generateProvider', () => {
  let root: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'sluice-generate-'));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const folderOf = (id: string): string => join(root, 'libs/providers/src', id);
  const read = (id: string, file: string): string => readFileSync(join(folderOf(id), file), 'utf8');

  it('writes the files that a provider has', () => {
    generateProvider(['acme-cloud', BASE_URL], root);

    expect(readdirSync(folderOf('acme-cloud')).sort()).toEqual([
      'acme-cloud.module.spec.ts',
      'acme-cloud.module.ts',
      'acme-cloud.provider.spec.ts',
      'acme-cloud.provider.ts',
      'index.ts',
    ]);
  });

  it('names classes, id and address', () => {
    generateProvider(['acme-cloud', BASE_URL], root);

    const provider = read('acme-cloud', 'acme-cloud.provider.ts');
    expect(provider).toContain('export class AcmeCloudProvider implements Provider');
    expect(provider).toContain("id: 'acme-cloud'");
    expect(provider).toContain("displayName: 'Acme Cloud'");
    expect(provider).toContain(`const BASE_URL = '${BASE_URL}';`);
    expect(read('acme-cloud', 'index.ts')).toBe(
      "export { AcmeCloudProviderModule } from './acme-cloud.module.js';\nexport { AcmeCloudProvider } from './acme-cloud.provider.js';\n",
    );
  });

  it('says what is left to do', () => {
    const text = generateProvider(['acme', BASE_URL], root);

    expect(text).toContain("import { AcmeProviderModule } from '@sluice/providers/acme';");
    expect(text).toContain('libs/distribution/src/plugin-modules.ts');
  });

  it('overwrites nothing', () => {
    generateProvider(['acme', BASE_URL], root);
    const before = read('acme', 'acme.provider.ts');

    expect(() => generateProvider(['acme', 'https://other.example'], root)).toThrow('exists already');
    expect(read('acme', 'acme.provider.ts')).toBe(before);
  });

  it.each([
    ['no arguments', []],
    ['no address', ['acme']],
    ['too much', ['acme', BASE_URL, 'more']],
    ['an id with capitals', ['Acme', BASE_URL]],
    ['an id that leaves the folder', ['../acme', BASE_URL]],
    ['an id that begins with a digit', ['4u', BASE_URL]],
    ['an address without a scheme', ['acme', 'api.acme.example']],
    ['an address that ends the text it stands in', ['acme', "https://a.example/';throw 1;'"]],
  ])('refuses %s and writes nothing', (_case, args) => {
    expect(() => generateProvider(args, root)).toThrow();
    expect(readdirSync(root)).toEqual([]);
  });
});
