import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { temporaryFolder } from '../__fixtures__/temporary-folder.js';
import type { KiroLogin } from '../login/kiro-login.js';
import { CredentialsFileSource } from './credentials-file-source.js';

const LIST = [
  { id: 1, refreshToken: 'r1', authMethod: 'social', note: 'mine' },
  { refreshToken: 'r2', clientId: 'i', clientSecret: 's', x: { deep: [1, null] } },
];
const RENEWED: KiroLogin = {
  authMethod: 'idc',
  accessToken: 'aoa-2',
  refreshToken: 'r2-new',
  expiresAtMs: Date.UTC(2026, 0, 1, 1),
  machineId: 'a'.repeat(64),
};

describe('CredentialsFileSource', () => {
  const folder = temporaryFolder();
  const path = () => folder.file('credentials.json');
  const write = (value: unknown) => writeFile(path(), JSON.stringify(value));
  const stored = async () => JSON.parse(await readFile(path(), 'utf8')) as unknown;

  it('reads one login of a list by its id', async () => {
    await write(LIST);

    expect(await new CredentialsFileSource(path(), 2).read()).toEqual({
      authMethod: 'idc',
      refreshToken: 'r2',
      clientId: 'i',
      clientSecret: 's',
    });
  });

  it('writes a renewed login back, and nothing else', async () => {
    await write(LIST);
    const source = new CredentialsFileSource(path(), 2);

    expect(await source.write(RENEWED, await source.read())).toBe(true);

    expect(await stored()).toEqual([
      { id: 1, refreshToken: 'r1', authMethod: 'social', note: 'mine' },
      {
        id: 2,
        refreshToken: 'r2-new',
        clientId: 'i',
        clientSecret: 's',
        x: { deep: [1, null] },
        accessToken: 'aoa-2',
        expiresAt: '2026-01-01T01:00:00.000Z',
        machineId: 'a'.repeat(64),
      },
    ]);
    expect((await stat(path())).mode & 0o777).toBe(0o600);
    expect(await readdir(folder.path)).toEqual(['credentials.json']);
  });

  it('writes a single login back in its own format', async () => {
    await write({ refreshToken: 'r2', other: 1 });
    const source = new CredentialsFileSource(path(), undefined);

    await source.write(RENEWED, await source.read());

    expect(await stored()).toEqual({
      refreshToken: 'r2-new',
      other: 1,
      accessToken: 'aoa-2',
      expiresAt: '2026-01-01T01:00:00.000Z',
    });
  });

  it('keeps what another program has changed meanwhile', async () => {
    await write(LIST);
    const source = new CredentialsFileSource(path(), 2);
    const read = await source.read();
    await write([{ id: 1, refreshToken: 'r1-new' }, LIST[1], { refreshToken: 'r3' }]);

    await source.write(RENEWED, read);

    expect(await stored()).toMatchObject([
      { id: 1, refreshToken: 'r1-new' },
      { refreshToken: 'r2-new' },
      { id: 3, refreshToken: 'r3' },
    ]);
  });

  it('does not overwrite a login that came after the one that was renewed', async () => {
    await write(LIST);
    const source = new CredentialsFileSource(path(), 1);
    const read = await source.read();
    await write([{ id: 1, refreshToken: 'r1-other' }]);

    expect(await source.write(RENEWED, read)).toBe(false);

    expect(await stored()).toEqual([{ id: 1, refreshToken: 'r1-other' }]);
  });

  it('loses nothing when both logins of a file are written at once', async () => {
    await write(LIST);
    const [first, second] = [new CredentialsFileSource(path(), 1), new CredentialsFileSource(path(), 2)];
    const [one, two] = [await first.read(), await second.read()];

    await Promise.all([
      first.write({ ...one, refreshToken: 'r1-new' }, one),
      second.write({ ...two, refreshToken: 'r2-new' }, two),
    ]);

    expect(await stored()).toMatchObject([{ refreshToken: 'r1-new' }, { refreshToken: 'r2-new' }]);
  });

  it.each([
    ['half a file', '[{"id":1,"refreshToken":"r1"', /credentials\.json is not JSON/],
    ['a login without a token', '[{"id":1,"email":"a"}]', /\[0\] has neither refreshToken/],
    ['a shortened token', '[{"id":1,"refreshToken":"aor...z"}]', /\[0\]\.refreshToken is shortened/],
    ['no such login', '[{"id":4,"refreshToken":"r"}]', /has no login with the id 1/],
    ['an empty file', '', /has no login/],
  ])('says what is wrong, and changes nothing: %s', async (_name, text, message) => {
    await writeFile(path(), text);
    const source = new CredentialsFileSource(path(), 1);

    await expect(source.read()).rejects.toThrow(message);
    await expect(source.write(RENEWED, RENEWED)).rejects.toThrow(message);
    expect(await readFile(path(), 'utf8')).toBe(text);
  });

  it('runs one renewal of a login at a time, but those of two side by side', async () => {
    await write(LIST);
    const steps: string[] = [];
    let release = (): void => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    const first = new CredentialsFileSource(path(), 1).exclusively(async () => {
      steps.push('first in');
      await held;
      steps.push('first out');
    });
    const again = new CredentialsFileSource(path(), 1).exclusively(async () => steps.push('again'));

    await new CredentialsFileSource(path(), 2).exclusively(async () => steps.push('other'));
    release();
    await Promise.all([first, again]);

    expect(steps.indexOf('other')).toBeLessThan(steps.indexOf('first out'));
    expect(steps.indexOf('again')).toBeGreaterThan(steps.indexOf('first out'));
  });

  it('runs without a lock where none can be made', async () => {
    const source = new CredentialsFileSource(folder.file('missing', 'credentials.json'), 1);

    expect(await source.exclusively(async () => 'in')).toBe('in');
  });
});
