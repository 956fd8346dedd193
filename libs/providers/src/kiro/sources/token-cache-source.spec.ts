import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { temporaryFolder } from '../__fixtures__/temporary-folder.js';
import { TokenCacheSource, type TokenCacheOptions } from './token-cache-source.js';

const ARN = 'arn:aws:codewhisperer:eu-central-1:111122223333:profile/A';
const SOCIAL = {
  accessToken: 'aoa',
  refreshToken: 'aor',
  profileArn: ARN,
  expiresAt: '2026-01-09T17:00:00.000Z',
  authMethod: 'social',
  provider: 'Google',
};
const HASH = '0f3c0f3c0f3c0f3c0f3c0f3c0f3c0f3c0f3c0f3c';
const ENTERPRISE = {
  accessToken: 'aoa',
  refreshToken: 'aor',
  expiresAt: '2026-01-09T17:00:00.000Z',
  clientIdHash: HASH,
  authMethod: 'IdC',
  provider: 'Enterprise',
  region: 'eu-west-1',
};

describe('TokenCacheSource', () => {
  const folder = temporaryFolder();
  const path = () => folder.file('kiro-auth-token.json');
  const source = (options: Partial<TokenCacheOptions> = {}) =>
    new TokenCacheSource({ path: path(), writeBack: false, pause: async () => {}, ...options });
  const write = (value: unknown, name = 'kiro-auth-token.json') => writeFile(folder.file(name), JSON.stringify(value));

  it('reads a social login', async () => {
    await write(SOCIAL);

    expect(await source().read()).toEqual({
      authMethod: 'social',
      accessToken: 'aoa',
      refreshToken: 'aor',
      profileArn: ARN,
      expiresAtMs: Date.UTC(2026, 0, 9, 17),
      identityProvider: 'Google',
    });
  });

  it.each([
    ['camel case', { clientId: 'i', clientSecret: 's', expiresAt: '2026-02-01T00:00:00Z' }],
    ['snake case', { client_id: 'i', client_secret: 's', expires_at: '2026-02-01T00:00:00Z' }],
  ])('reads a login of single sign-on with its client, in %s', async (_name, client) => {
    await write(ENTERPRISE);
    await write(client, `${HASH}.json`);

    expect(await source().read()).toMatchObject({
      authMethod: 'idc',
      clientId: 'i',
      clientSecret: 's',
      clientExpiresAtMs: Date.UTC(2026, 1, 1),
      expiresAtMs: Date.UTC(2026, 0, 9, 17),
      region: 'eu-west-1',
      identityProvider: 'Enterprise',
    });
  });

  it('takes the profile that was chosen in the editor', async () => {
    await write(ENTERPRISE);
    await write({ clientId: 'i', clientSecret: 's' }, `${HASH}.json`);
    const place = folder.file('Kiro', 'User', 'globalStorage', 'kiro.kiroagent');
    await mkdir(place, { recursive: true });
    await writeFile(`${place}/profile.json`, JSON.stringify({ arn: ARN, name: 'x' }));

    expect(await source({ settingsFolder: folder.path }).read()).toMatchObject({ profileArn: ARN });
    expect((await source().read()).profileArn).toBeUndefined();
  });

  it('reads again while the editor is writing', async () => {
    await writeFile(path(), '{"accessToken":"aoa","refr');
    const pauses: number[] = [];
    const pause = async (ms: number) => {
      pauses.push(ms);
      if (pauses.length === 3) await write(SOCIAL);
    };

    expect(await source({ pause }).read()).toMatchObject({ refreshToken: 'aor' });
    expect(pauses).toEqual([50, 100, 200]);
  });

  it('gives up on what stays half a file', async () => {
    await writeFile(path(), '{"accessToken":');
    const pauses: number[] = [];

    await expect(source({ pause: async (ms) => pauses.push(ms) }).read()).rejects.toThrow(/is not JSON/);
    expect(pauses).toEqual([50, 100, 200, 400, 500, 500, 500, 500, 500]);
  });

  it.each([
    ['../../etc/passwd', /clientIdHash is no name of a file/],
    ['a/b', /clientIdHash is no name of a file/],
    [HASH, /does not exist/],
  ])('refuses the client %s', async (clientIdHash, message) => {
    await write({ ...ENTERPRISE, clientIdHash });

    await expect(source().read()).rejects.toThrow(message);
  });

  it('says when there is no login', async () => {
    await expect(source().read()).rejects.toThrow(/does not exist; log in with the editor first/);
    await write({ provider: 'Google' });
    await expect(source().read()).rejects.toThrow(/has neither refreshToken nor accessToken/);
  });

  it('leaves the editor’s file alone unless it is told otherwise', () => {
    expect(source().write).toBeUndefined();
    expect(source({ writeBack: true }).write).toBeDefined();
  });

  it('writes back in the file’s own words, when it still has what was read', async () => {
    await write({ ...SOCIAL, other: 1 });
    const writing = source({ writeBack: true });
    const read = await writing.read();
    const renewed = { ...read, accessToken: 'aoa-2', refreshToken: 'aor-2', expiresAtMs: Date.UTC(2026, 0, 9, 18) };

    expect(await writing.write?.(renewed, read)).toBe(true);
    expect(await writing.write?.(renewed, read)).toBe(false);

    expect(JSON.parse(await readFile(path(), 'utf8'))).toEqual({
      ...SOCIAL,
      other: 1,
      accessToken: 'aoa-2',
      refreshToken: 'aor-2',
      expiresAt: '2026-01-09T18:00:00.000Z',
    });
  });
});
