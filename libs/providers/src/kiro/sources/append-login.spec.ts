import { readFile, stat, writeFile } from 'node:fs/promises';
import { temporaryFolder } from '../__fixtures__/temporary-folder.js';
import type { KiroLogin } from '../login/kiro-login.js';
import { appendLogin } from './append-login.js';

const LOGIN: KiroLogin = {
  authMethod: 'idc',
  accessToken: 'aoa',
  refreshToken: 'aor-new',
  expiresAtMs: Date.UTC(2026, 0, 1),
  clientId: 'i',
  clientSecret: 's',
  region: 'eu-west-1',
  identityProvider: 'BuilderId',
};
const ENTRY = {
  authMethod: 'idc',
  accessToken: 'aoa',
  refreshToken: 'aor-new',
  expiresAt: '2026-01-01T00:00:00.000Z',
  clientId: 'i',
  clientSecret: 's',
  region: 'eu-west-1',
  provider: 'BuilderId',
};

describe('appendLogin', () => {
  const folder = temporaryFolder();
  const path = () => folder.file('credentials.json');
  const read = async (): Promise<unknown> => JSON.parse(await readFile(path(), 'utf8'));

  it('makes a list that only its owner reads', async () => {
    expect(await appendLogin(path(), LOGIN)).toBe(`${path()} (id 1)`);

    expect(await read()).toEqual([{ id: 1, ...ENTRY }]);
    expect((await stat(path())).mode & 0o777).toBe(0o600);
  });

  it.each([
    [
      'one login, which becomes a list',
      { refreshToken: 'aor-1', note: 'mine' },
      [
        { id: 1, refreshToken: 'aor-1', note: 'mine' },
        { id: 2, ...ENTRY },
      ],
    ],
    [
      'a list',
      [{ id: 4, refreshToken: 'aor-4' }],
      [
        { id: 4, refreshToken: 'aor-4' },
        { id: 5, ...ENTRY },
      ],
    ],
    ['the same login', [{ id: 4, refreshToken: 'aor-new', note: 'mine' }], [{ id: 4, note: 'mine', ...ENTRY }]],
  ])('keeps what is there: %s', async (_name, before, after) => {
    await writeFile(path(), JSON.stringify(before));

    await appendLogin(path(), LOGIN);

    expect(await read()).toEqual(after);
  });

  it('leaves a file alone that is something else', async () => {
    await writeFile(path(), '"a text"');

    await expect(appendLogin(path(), LOGIN)).rejects.toThrow(/is neither a login nor a list/);
    expect(await readFile(path(), 'utf8')).toBe('"a text"');
  });
});
