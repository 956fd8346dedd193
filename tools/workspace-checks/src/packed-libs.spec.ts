import { jest } from '@jest/globals';
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConsumerApp, type ConsumerReport } from './pack/consumer-app.js';
import { packLibs, type PackedLib } from './pack/pack-libs.js';

/** The libs are compiled and packed first, and the machine may be busy. */
jest.setTimeout(180_000);

/** What the author of a provider installs. */
const LIBS = ['core', 'streaming', 'provider-kit'];

describe('packed libs', () => {
  let folder: string;
  let packed: readonly PackedLib[];

  beforeAll(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'sluice-pack-')));
    mkdirSync(join(folder, 'workspace'));
    mkdirSync(join(folder, 'app'));
    packed = packLibs(LIBS, join(folder, 'workspace'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  describe('tarball', () => {
    it.each(LIBS)('of %s has what was built and no more', (lib) => {
      const paths = packed.find((entry) => entry.lib === lib)?.paths ?? [];
      const unwanted = paths.filter(
        (path) => !/^(package\.json|README\.md|LICENSE|dist\/.+\.(js|d\.ts)(\.map)?)$/.test(path),
      );

      expect(paths).toEqual(expect.arrayContaining(['package.json', 'dist/index.js', 'dist/index.d.ts']));
      expect(unwanted).toEqual([]);
      expect(paths.filter((path) => /\.spec\.|\.bench\.|__fixtures__/.test(path))).toEqual([]);
    });
  });

  describe('in an application of somebody else', () => {
    let app: ConsumerApp;
    let report: ConsumerReport;

    beforeAll(() => {
      app = ConsumerApp.create(join(folder, 'app'), packed);
      report = app.run();
    });

    it('resolve to what was built', () => {
      expect(report.kit).toBe(app.urlOf('node_modules/@sluice/provider-kit/dist/index.js'));
    });

    it("find the application's own provider and that of a third party with its own copy of the kit", () => {
      expect(report.foreignKit).toBe(
        app.urlOf('node_modules/foreign-provider/node_modules/@sluice/provider-kit/dist/index.js'),
      );
      expect(report.ids).toEqual(['foreign', 'own']);
    });

    it('mark plug-ins with the key that every copy shares', () => {
      expect(report.key).toBe('@sluice/provider-plugin/1');
    });
  });
});
