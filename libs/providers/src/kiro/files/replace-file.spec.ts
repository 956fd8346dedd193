import { lstat, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { temporaryFolder } from '../__fixtures__/temporary-folder.js';
import { replaceFile } from './replace-file.js';

describe('replaceFile', () => {
  const folder = temporaryFolder();

  it('replaces a file by one that only its owner reads', async () => {
    const path = folder.file('a.json');
    await writeFile(path, 'old', { mode: 0o644 });
    const { ino } = await stat(path);

    await replaceFile(path, 'new');

    expect(await readFile(path, 'utf8')).toBe('new');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect((await stat(path)).ino).not.toBe(ino);
    expect(await readdir(folder.path)).toEqual(['a.json']);
  });

  it('makes a file that was not there', async () => {
    await replaceFile(folder.file('a.json'), 'new');

    expect(await readFile(folder.file('a.json'), 'utf8')).toBe('new');
  });

  it('leaves a symbolic link one', async () => {
    await writeFile(folder.file('real.json'), 'old');
    await symlink(folder.file('real.json'), folder.file('link.json'));

    await replaceFile(folder.file('link.json'), 'new');

    expect((await lstat(folder.file('link.json'))).isSymbolicLink()).toBe(true);
    expect(await readFile(folder.file('real.json'), 'utf8')).toBe('new');
  });

  it('leaves nothing behind when it fails', async () => {
    await expect(replaceFile(folder.path, 'new')).rejects.toThrow();
    await expect(replaceFile(folder.file('missing', 'a.json'), 'new')).rejects.toMatchObject({ code: 'ENOENT' });

    expect(await readdir(folder.path)).toEqual([]);
  });
});
