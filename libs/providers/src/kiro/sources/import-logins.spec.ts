import { readFile, writeFile } from 'node:fs/promises';
import sqlite from 'node-sqlite3-wasm';
import { temporaryFolder } from '../__fixtures__/temporary-folder.js';
import { importLogins } from './import-logins.js';

const REFRESH_TOKEN = `aorAAAAAG${'x'.repeat(120)}wxyz`;
const SOCIAL = { refreshToken: REFRESH_TOKEN, authMethod: 'social', provider: 'Google' };
const IDC = {
  id: 7,
  refreshToken: `aorAAAAAG${'y'.repeat(120)}abcd`,
  authMethod: 'builder-id',
  clientId: 'client',
  clientSecret: 'secret',
  region: 'eu-west-1',
  apiRegion: 'eu-central-1',
  priority: 2,
  disabled: true,
  endpoint: 'cli',
  proxyUrl: 'http://proxy:1',
};
const HASH = '0f3c0f3c0f3c0f3c0f3c0f3c0f3c0f3c0f3c0f3c';

describe('importLogins', () => {
  const folder = temporaryFolder();
  const write = (name: string, value: unknown) => writeFile(folder.file(name), JSON.stringify(value));
  const details = async (path: string) =>
    (await importLogins(path, folder.path)).logins.map(({ credential }) => credential.details);

  it('reads the one login of a small credentials.json', async () => {
    await write('credentials.json', { ...SOCIAL, accessToken: 'aoa', expiresAt: '2026-01-01T00:00:00Z' });

    const { logins, warnings } = await importLogins('credentials.json', folder.path);

    expect(warnings).toEqual([]);
    expect(logins).toMatchObject([
      {
        place: folder.file('credentials.json'),
        members: {},
        credential: {
          kind: 'oauth',
          secret: 'aoa',
          expiresAtMs: Date.UTC(2025, 11, 31, 23, 55),
          details: { authMethod: 'social', refreshToken: REFRESH_TOKEN },
        },
      },
    ]);
  });

  it('reads every login of a list, with what belongs to its account', async () => {
    await write('mine.json', [SOCIAL, IDC, { kiroApiKey: 'ksk_1234567890' }]);

    const { logins, warnings } = await importLogins('mine.json', folder.path);

    expect(logins.map(({ place, members }) => [place, members])).toEqual([
      [`${folder.file('mine.json')}[0]`, {}],
      [`${folder.file('mine.json')}[1]`, { enabled: false, priority: 2, endpoint: 'cli' }],
      [`${folder.file('mine.json')}[2]`, {}],
    ]);
    expect(logins[1]?.credential.details).toMatchObject({
      authMethod: 'idc',
      clientId: 'client',
      clientSecret: 'secret',
      region: 'eu-west-1',
      apiRegion: 'eu-central-1',
    });
    expect(logins[2]?.credential).toMatchObject({ kind: 'api-key', secret: 'ksk_1234567890' });
    expect(warnings).toEqual([expect.stringMatching(/mine\.json\[1\] names a proxy/)]);
  });

  it('gives a login a machine that stays, and the same one every time', async () => {
    await write('credentials.json', SOCIAL);

    const [first] = await details('credentials.json');
    const [second] = await details('credentials.json');

    expect(first?.['machineId']).toMatch(/^[0-9a-f]{64}$/);
    expect(second).toEqual(first);
  });

  it('tells what it found without its secrets', async () => {
    await write('credentials.json', [SOCIAL, IDC]);

    const { logins } = await importLogins('credentials.json', folder.path);

    expect(logins.map(({ summary }) => summary)).toEqual([
      'social login (Google), refresh token aor…wxyz',
      'single sign-on, refresh token aor…abcd, region eu-west-1, API in eu-central-1',
    ]);
  });

  it("reads the editor's cache with the client beside it, by the folder's name too", async () => {
    await write('kiro-auth-token.json', { refreshToken: REFRESH_TOKEN, clientIdHash: HASH, region: 'eu-west-1' });
    await write(`${HASH}.json`, { clientId: 'i', clientSecret: 's' });

    const expected = { authMethod: 'idc', clientId: 'i', clientSecret: 's', region: 'eu-west-1' };
    expect(await details('kiro-auth-token.json')).toMatchObject([expected]);
    expect(await details('.')).toMatchObject([expected]);
  });

  it("reads kiro-cli's database and leaves it alone", async () => {
    const database = new sqlite.Database(folder.file('any-name'));
    database.exec('CREATE TABLE auth_kv (key TEXT PRIMARY KEY, value TEXT)');
    database.run('INSERT INTO auth_kv VALUES (?, ?)', [
      'kirocli:social:token',
      JSON.stringify({ access_token: 'aoa', refresh_token: REFRESH_TOKEN, provider: 'google' }),
    ]);
    database.close();
    const before = await readFile(folder.file('any-name'));

    const { store, logins } = await importLogins('any-name', folder.path);

    expect(store).toBe("kiro-cli's database");
    expect(logins).toMatchObject([{ credential: { secret: 'aoa', details: { refreshToken: REFRESH_TOKEN } } }]);
    expect(await readFile(folder.file('any-name'))).toEqual(before);
  });

  it.each([
    ['a path that is not there', 'nothing.json', undefined, /nothing\.json does not exist/],
    [
      'a folder without any of them',
      '.',
      undefined,
      /has none of kiro-auth-token\.json, data\.sqlite3, credentials\.json/,
    ],
    ['an empty list', 'credentials.json', '[]', /has no logins/],
    ['what is no JSON', 'credentials.json', '{', /is not JSON/],
    ['a login without a token', 'credentials.json', '[{"authMethod":"social"}]', /\[0\] has neither refreshToken/],
    [
      'a token that was copied from the screen',
      'credentials.json',
      '{"refreshToken":"aor...xyz"}',
      /refreshToken is shortened/,
    ],
  ])('says what is wrong with %s', async (_name, path, text, message) => {
    if (text !== undefined) await writeFile(folder.file('credentials.json'), text);

    await expect(importLogins(path, folder.path)).rejects.toThrow(message);
  });
});
