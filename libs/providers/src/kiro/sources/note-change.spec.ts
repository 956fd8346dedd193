import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '../__fixtures__/temporary-folder.js';
import type { CredentialOrigin } from './kiro-credential-source.js';
import { noteChange } from './note-change.js';

describe('noteChange', () => {
  const folder = temporaryFolder();

  async function change(before: unknown, entry: number | undefined, what: Parameters<typeof noteChange>[1]) {
    const path = join(folder.path, 'credentials.json');
    await writeFile(path, JSON.stringify(before));
    const origin = { kind: 'credentials-file', path, ...(entry === undefined ? {} : { entry }) } as const;
    const isNoted = await noteChange(origin, what);
    return { isNoted, after: JSON.parse(await readFile(path, 'utf8')) as unknown };
  }

  const FIRST = { id: 1, refreshToken: 'aor-1', future: { kept: true } };
  const SECOND = { id: 2, refreshToken: 'aor-2', disabled: true, subscriptionTitle: 'KIRO FREE' };

  it.each<[string, object, object, Parameters<typeof noteChange>[1]]>([
    ['is switched off', FIRST, { ...FIRST, disabled: true }, { enabled: false }],
    ['is switched on', SECOND, { ...SECOND, disabled: false }, { enabled: true }],
    ['is on already', FIRST, FIRST, { enabled: true }],
    ['is preferred', FIRST, { ...FIRST, priority: 3 }, { priority: 3 }],
    ['is both', SECOND, { ...SECOND, disabled: false, priority: 0 }, { enabled: true, priority: 0 }],
  ])('writes into a list that a login %s, and keeps what it does not know', async (_name, before, after, what) => {
    const other = { id: 9, refreshToken: 'aor-9', alsoKept: 1 };
    const { id } = before as { id: number };

    expect(await change([other, before], id, what)).toEqual({ isNoted: true, after: [other, after] });
  });

  it('writes into a file with one login', async () => {
    const { isNoted, after } = await change({ refreshToken: 'aor', future: 1 }, undefined, { enabled: false });

    expect({ isNoted, after }).toEqual({ isNoted: true, after: { refreshToken: 'aor', future: 1, disabled: true } });
  });

  it('changes nothing where the login is gone', async () => {
    expect(await change([FIRST], 7, { enabled: false })).toEqual({ isNoted: false, after: [FIRST] });
  });

  it.each<[string, CredentialOrigin | undefined]>([
    ['a login of the configuration', undefined],
    ['the cache of the editor', { kind: 'token-cache', path: '/none', writeBack: true }],
    ['the database of the command line', { kind: 'cli-database', path: '/none', writeBack: true }],
  ])('writes nothing for %s', async (_name, origin) => {
    expect(await noteChange(origin, { enabled: false })).toBe(false);
  });

  it('leaves a file alone that is something else', async () => {
    const path = join(folder.path, 'credentials.json');
    await writeFile(path, '[{"id":1,');

    await expect(noteChange({ kind: 'credentials-file', path }, { enabled: false })).rejects.toThrow(/is not JSON/);
    expect(await readFile(path, 'utf8')).toBe('[{"id":1,');
  });
});
