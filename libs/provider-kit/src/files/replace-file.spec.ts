import { lstat, mkdtemp, readdir, readFile, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LEFTOVER_AGE_MS, replaceFile } from './replace-file.js';

const NOW_MS = Date.UTC(2026, 0, 1);
const UUID = '0f3cbb1e-93c5-4b37-8a0e-0d1d2a6f4b11';

describe('replaceFile', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sluice-replace-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const file = (name: string): string => join(folder, name);

  it('replaces a file by one that only its owner reads', async () => {
    await writeFile(file('a.json'), 'old', { mode: 0o644 });
    const { ino } = await stat(file('a.json'));

    await replaceFile(file('a.json'), 'new');

    expect(await readFile(file('a.json'), 'utf8')).toBe('new');
    expect((await stat(file('a.json'))).mode & 0o777).toBe(0o600);
    expect((await stat(file('a.json'))).ino).not.toBe(ino);
    expect(await readdir(folder)).toEqual(['a.json']);
  });

  it('makes a file that was not there', async () => {
    await replaceFile(file('a.json'), 'new');

    expect(await readFile(file('a.json'), 'utf8')).toBe('new');
  });

  it('leaves a symbolic link one', async () => {
    await writeFile(file('real.json'), 'old');
    await symlink(file('real.json'), file('link.json'));

    await replaceFile(file('link.json'), 'new');

    expect((await lstat(file('link.json'))).isSymbolicLink()).toBe(true);
    expect(await readFile(file('real.json'), 'utf8')).toBe('new');
  });

  it('leaves nothing behind when it fails', async () => {
    await expect(replaceFile(folder, 'new')).rejects.toThrow();
    await expect(replaceFile(join(folder, 'missing', 'a.json'), 'new')).rejects.toMatchObject({ code: 'ENOENT' });

    expect(await readdir(folder)).toEqual([]);
  });

  it('removes what crashes left half written beside it, and nothing else', async () => {
    const names = {
      leftover: `.a.json.${UUID}.tmp`,
      fresh: `.a.json.${UUID.replace('0', '1')}.tmp`,
      ofAnotherFile: `.b.json.${UUID}.tmp`,
      ofAnotherProgram: '.a.json.backup.tmp',
    };
    for (const name of Object.values(names)) {
      await writeFile(file(name), 'half');
      const ageMs = name === names.fresh ? LEFTOVER_AGE_MS - 1 : LEFTOVER_AGE_MS;
      await utimes(file(name), (NOW_MS - ageMs) / 1000, (NOW_MS - ageMs) / 1000);
    }

    await replaceFile(file('a.json'), 'new', () => NOW_MS);

    expect((await readdir(folder)).sort()).toEqual(
      [names.fresh, names.ofAnotherFile, names.ofAnotherProgram, 'a.json'].sort(),
    );
  });
});
