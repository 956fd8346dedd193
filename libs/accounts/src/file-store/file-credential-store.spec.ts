import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Credential } from '@sluice/provider-kit';
import { FakeClock } from '@sluice/testing';
import { FileCredentialStore, LOOK_AGAIN_MS, MAX_STORE_BYTES } from './file-credential-store.js';

const CREDENTIAL: Credential = {
  kind: 'oauth',
  secret: 'access-token-1',
  expiresAtMs: 1_700_000_000_000,
  details: { refreshToken: 'refresh-token-1', seed: 's' },
};
const KEY = Buffer.alloc(32, 7).toString('base64');
const OTHER_KEY = Buffer.alloc(32, 8).toString('hex');

describe('FileCredentialStore', () => {
  let directory: string;
  let clock: FakeClock;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'credential-store-'));
    clock = new FakeClock();
  });

  afterEach(() => rm(directory, { recursive: true }));

  const open = (key?: string) => new FileCredentialStore({ directory, key, clock });
  const file = () => join(directory, 'credentials.sealed.json');

  it('has what was stored before a restart', async () => {
    await open(KEY).put('a', CREDENTIAL);

    expect(await open(KEY).get('a')).toEqual(CREDENTIAL);
    expect(await open(KEY).get('b')).toBeUndefined();
  });

  it('makes a key that only the owner reads, and the directory with it', async () => {
    directory = join(directory, 'new', 'place');
    await open().put('a', CREDENTIAL);

    expect((await stat(join(directory, 'encryption.key'))).mode & 0o777).toBe(0o600);
    expect((await stat(file())).mode & 0o777).toBe(0o600);
    expect(await open().get('a')).toEqual(CREDENTIAL);
    directory = join(directory, '..', '..');
  });

  it('shows no secret, and never the same bytes twice', async () => {
    await open(KEY).put('a', CREDENTIAL);
    const first = await readFile(file(), 'utf8');
    await open(KEY).put('a', CREDENTIAL);
    const second = await readFile(file(), 'utf8');

    expect(first).not.toMatch(/token-1|oauth/);
    expect(JSON.parse(first)).toMatchObject({ format: 'sluice-credentials', version: 1 });
    expect(second).not.toBe(first);
  });

  it('answers at once from what it has read a moment ago', async () => {
    const store = open(KEY);
    await store.put('a', CREDENTIAL);

    expect(store.get('a')).toEqual(CREDENTIAL);
  });

  it('hears of what another process has stored', async () => {
    const [mine, other] = [open(KEY), open(KEY)];
    await mine.put('a', CREDENTIAL);
    await other.put('a', { ...CREDENTIAL, secret: 'newer' });

    expect(mine.get('a')).toMatchObject({ secret: 'access-token-1' });
    expect(await mine.latest('a')).toMatchObject({ secret: 'newer' });

    await other.delete('a');
    clock.advance(LOOK_AGAIN_MS);
    expect(await mine.get('a')).toBeUndefined();
  });

  it('names whose credentials it has, also what another process has stored', async () => {
    const store = open(KEY);
    expect(await store.accountIds()).toEqual([]);

    await open(KEY).put('b', CREDENTIAL);
    await open(KEY).put('a', CREDENTIAL);

    expect(await store.accountIds()).toEqual(['a', 'b']);
  });

  it('loses nothing when several write at once', async () => {
    const stores = [open(KEY), open(KEY), open(KEY)];

    await Promise.all(
      Array.from({ length: 12 }, (_item, index) =>
        stores[index % stores.length]?.put(`account-${index}`, { ...CREDENTIAL, secret: `s${index}` }),
      ),
    );

    const reader = open(KEY);
    const secrets = await Promise.all(
      Array.from({ length: 12 }, async (_item, index) => (await reader.get(`account-${index}`))?.secret),
    );
    expect(secrets).toEqual(Array.from({ length: 12 }, (_item, index) => `s${index}`));
  });

  it('lets one process at a time renew a login, and tells it what the others have stored', async () => {
    const [mine, other] = [open(KEY), open(KEY)];
    const steps: string[] = [];

    await Promise.all([
      mine.exclusively('a', async () => {
        await new Promise(setImmediate);
        await mine.put('a', CREDENTIAL);
        steps.push('first');
      }),
      other.exclusively('a', async (stored) => {
        steps.push(`second saw ${stored?.secret}`);
      }),
      other.exclusively('b', async () => {
        steps.push('another login');
      }),
    ]);

    expect(steps).toHaveLength(3);
    expect(steps.indexOf('another login')).toBeLessThan(2);
    expect(steps.filter((step) => step !== 'another login')).toEqual(['first', 'second saw access-token-1']);
    expect(await readdir(directory)).toEqual(['credentials.sealed.json']);
  });

  it('says what to do where there is no directory to read', async () => {
    await writeFile(join(directory, 'file'), '');
    const store = new FileCredentialStore({ directory: join(directory, 'file'), key: KEY, clock });

    await expect(store.latest('a')).rejects.toMatchObject({
      code: 'unreadable',
      message: expect.stringMatching(/cannot be read \(ENOTDIR\)\. Let the user that Sluice runs as read and write/),
    });
  });

  it('leaves no half files and no lock behind', async () => {
    await open(KEY).put('a', CREDENTIAL);

    expect(await readdir(directory)).toEqual(['credentials.sealed.json']);
  });

  describe('refuses, and leaves the file as it is,', () => {
    it.each<[string, string | undefined, string]>([
      ['another key', OTHER_KEY, 'wrong-key'],
      ['no key where one was set', undefined, 'wrong-key'],
      ['what is no key', 'secret', 'bad-key'],
    ])('%s', async (_name, key, code) => {
      await open(KEY).put('a', CREDENTIAL);
      const before = await readFile(file());

      await expect(open(key).latest('a')).rejects.toMatchObject({ name: 'CredentialStoreError', code });
      await expect(open(key).put('b', CREDENTIAL)).rejects.toMatchObject({ code });

      expect(await readFile(file())).toEqual(before);
      expect(await readdir(directory)).toEqual(['credentials.sealed.json']);
    });

    it.each([
      ['another file', '{"accounts":[]}'],
      ['half a file', '{"format":"sluice-cre'],
      ['a later version', '{"format":"sluice-credentials","version":2}'],
      ['a file without its parts', '{"format":"sluice-credentials","version":1}'],
      ['nothing', ''],
    ])('%s', async (_name, text) => {
      await writeFile(file(), text);

      await expect(open(KEY).latest('a')).rejects.toMatchObject({ code: 'unreadable' });
      await expect(open(KEY).put('a', CREDENTIAL)).rejects.toMatchObject({ code: 'unreadable' });
      expect(await readFile(file(), 'utf8')).toBe(text);
    });

    it('a file that was changed', async () => {
      await open(KEY).put('a', CREDENTIAL);
      const sealed = JSON.parse(await readFile(file(), 'utf8')) as { data: string };
      const data = Buffer.from(sealed.data, 'base64');
      data[0] = (data[0] ?? 0) ^ 1;
      await writeFile(file(), JSON.stringify({ ...sealed, data: data.toString('base64') }));

      await expect(open(KEY).latest('a')).rejects.toMatchObject({ code: 'wrong-key' });
    });

    it('a file beyond its bound', async () => {
      await writeFile(file(), Buffer.alloc(MAX_STORE_BYTES + 1));

      await expect(open(KEY).latest('a')).rejects.toMatchObject({ code: 'too-large' });
    });

    it('a key file that others can read', async () => {
      await open().put('a', CREDENTIAL);
      await chmod(join(directory, 'encryption.key'), 0o644);

      await expect(open().latest('a')).rejects.toMatchObject({
        code: 'bad-key',
        message: expect.stringContaining('chmod 600'),
      });
    });
  });

  it('never says the key in an error', async () => {
    await open(KEY).put('a', CREDENTIAL);

    const failure = await open('not a key but a secret').latest('a').catch(String);

    expect(failure).toContain('SLUICE_ENCRYPTION_KEY');
    expect(failure).not.toContain('not a key but a secret');
  });
});
