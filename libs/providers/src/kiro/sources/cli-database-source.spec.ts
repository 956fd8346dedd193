import { readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import sqlite from 'node-sqlite3-wasm';
import { temporaryFolder } from '../__fixtures__/temporary-folder.js';
import { CliDatabaseSource } from './cli-database-source.js';
import { readCliDatabase } from './cli-database.js';
import { cliDatabaseWriter, type TokenChange } from './cli-database-writer.js';

const KEY = 'kirocli:odic:token';
const TOKEN = {
  access_token: 'aoa',
  refresh_token: 'aor',
  expires_at: '2026-01-11T14:33:30.786627Z',
  oauth_flow: 'DeviceCode',
};

type Database = InstanceType<typeof sqlite.Database>;

describe('CliDatabaseSource', () => {
  const folder = temporaryFolder();
  const path = () => folder.file('data.sqlite3');
  const opened: Database[] = [];

  afterEach(() => {
    for (const database of opened.splice(0)) database.close();
  });

  /** As kiro-cli has it: open, in WAL mode, with the newest rows only in the log. */
  function openAsKiroCli(mode: 'wal' | 'delete' = 'wal'): Database {
    const database = new sqlite.Database(path());
    opened.push(database);
    database.get('PRAGMA locking_mode = EXCLUSIVE');
    database.get(`PRAGMA journal_mode = ${mode}`);
    database.exec('PRAGMA wal_autocheckpoint = 0');
    database.exec('CREATE TABLE auth_kv (key TEXT PRIMARY KEY, value TEXT); CREATE TABLE state (key TEXT, value BLOB)');
    return database;
  }

  const put = (database: Database, token: object) =>
    database.run('INSERT OR REPLACE INTO auth_kv VALUES (?, ?)', [KEY, JSON.stringify(token)]);

  it('sees what is only in the log of a database that another program has open', async () => {
    const database = openAsKiroCli();
    put(database, TOKEN);
    put(database, { ...TOKEN, refresh_token: 'aor-newest' });
    const before = await readFile(path());

    expect(before.includes('aor-newest')).toBe(false);
    expect(await new CliDatabaseSource(path()).read()).toMatchObject({ authMethod: 'idc', refreshToken: 'aor-newest' });
    expect(await readFile(path())).toEqual(before);
  });

  it('sees every change anew', async () => {
    const database = openAsKiroCli();
    const source = new CliDatabaseSource(path());
    put(database, TOKEN);
    const first = await source.read();
    put(database, { ...TOKEN, refresh_token: 'aor-2' });

    expect([first.refreshToken, (await source.read()).refreshToken]).toEqual(['aor', 'aor-2']);
  });

  it('reads a database without a log, and rows that are bytes', async () => {
    const database = openAsKiroCli('delete');
    put(database, TOKEN);
    const arn = 'arn:aws:codewhisperer:us-east-1:111122223333:profile/A';
    database.run('INSERT INTO state VALUES (?, ?)', [
      'api.codewhisperer.profile',
      Buffer.from(JSON.stringify({ arn })),
    ]);

    expect(await new CliDatabaseSource(path()).read()).toMatchObject({ refreshToken: 'aor', profileArn: arn });
  });

  it('leaves no copy behind', async () => {
    put(openAsKiroCli(), TOKEN);
    const copies = async () => (await readdir(tmpdir())).filter((name) => /^sluice-\w{6}$/.test(name));
    const before = await copies();

    await readCliDatabase(path());

    expect((await copies()).filter((name) => !before.includes(name))).toEqual([]);
  });

  it.each([
    ['is not there', undefined, /data\.sqlite3 does not exist; run kiro-cli login first/],
    ['is something else', 'not a database, but long enough to be taken for one', /is not a database of kiro-cli/],
  ])('says when the database %s', async (_name, text, message) => {
    if (text !== undefined) await writeFile(path(), text.repeat(100));

    await expect(new CliDatabaseSource(path()).read()).rejects.toThrow(message);
  });

  it('is only read unless there is a writer', () => {
    expect(new CliDatabaseSource(path()).write).toBeUndefined();
  });

  it('merges a renewed token into the row, under the condition that it is still the one that was read', async () => {
    put(openAsKiroCli(), TOKEN);
    const changes: TokenChange[] = [];
    const source = new CliDatabaseSource(path(), (_path, change) => changes.push(change) > 0);
    const read = await source.read();
    const renewed = { ...read, accessToken: 'aoa-2', refreshToken: 'aor-2', expiresAtMs: Date.UTC(2026, 0, 11, 15) };

    expect(await source.write?.(renewed, read)).toBe(true);
    expect(await source.write?.(renewed, { ...read, refreshToken: 'another' })).toBe(false);

    expect(changes).toHaveLength(1);
    expect(changes[0]).toMatchObject({ key: KEY, replaced: JSON.stringify(TOKEN) });
    expect(JSON.parse(changes[0]?.value ?? '')).toEqual({
      ...TOKEN,
      access_token: 'aoa-2',
      refresh_token: 'aor-2',
      expires_at: '2026-01-11T15:00:00.000Z',
    });
  });

  it('writes through the SQLite of node, which keeps to the locks of others', async () => {
    put(openAsKiroCli('delete'), TOKEN);
    for (const database of opened.splice(0)) database.close();
    const pragmas: string[] = [];
    class DatabaseSync {
      readonly #database = new sqlite.Database(path());
      exec(sql: string): void {
        pragmas.push(sql);
        this.#database.exec(sql);
      }
      prepare(sql: string) {
        return { run: (...values: readonly string[]) => this.#database.run(sql, [...values]) };
      }
      close(): void {
        this.#database.close();
      }
    }
    const write = cliDatabaseWriter({ DatabaseSync });
    const change = { key: KEY, replaced: JSON.stringify(TOKEN), value: '{"refresh_token":"aor-2"}' };

    expect(write?.(path(), change)).toBe(true);
    expect(write?.(path(), change)).toBe(false);

    expect(pragmas).toContain('PRAGMA busy_timeout = 5000');
    expect(await new CliDatabaseSource(path()).read()).toMatchObject({ refreshToken: 'aor-2' });
  });
});
