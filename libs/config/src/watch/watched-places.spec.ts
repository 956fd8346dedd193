import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { watchedPlaces } from './watched-places.js';

describe('watchedPlaces', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await realpath(await mkdtemp(join(tmpdir(), 'sluice-places-')));
  });

  afterEach(() => rm(folder, { recursive: true }));

  it('are the directory of a file, and the one that a link leads to', async () => {
    await mkdir(join(folder, 'real'));
    await writeFile(join(folder, 'real', 'file.yaml'), '');
    await symlink(join('real', 'file.yaml'), join(folder, 'sluice.yaml'));

    const places = await watchedPlaces([join(folder, 'sluice.yaml'), join(folder, '.env')]);

    expect(places).toEqual(
      new Map([
        [folder, new Set(['..data', 'sluice.yaml', '.env'])],
        [join(folder, 'real'), new Set(['..data', 'file.yaml'])],
      ]),
    );
  });
});
