import { copyFile, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemErrorCode } from '@sluice/provider-kit';
import { REGISTRATION_KEYS, STATE_KEYS, TOKEN_KEYS, type CliRows } from './cli-rows.js';
import { LoginFileError } from './login-file-error.js';

/** The database also holds conversations; a larger one is not copied for a token. */
export const MAX_DATABASE_BYTES = 1024 * 1024 * 1024;
/** How often a copy is begun again because the program wrote meanwhile. */
const MAX_COPIES = 5;

/** The database and what belongs to it: the log of changes that are not in it yet, and the one that undoes a half change. */
const PARTS = ['', '-wal', '-journal'] as const;

/**
 * Reads the rows of a login out of kiro-cli's database.
 *
 * The program keeps the database open, and the newest rows are often in the log beside it. SQLite in WebAssembly takes none of
 * the system's locks and cannot read such a log in place, so a private copy of all parts is made, in a folder that only we can
 * read, and opened alone: SQLite then brings the log in. The parts are looked at before and after; a copy that was
 * overtaken is made anew.
 * @throws LoginFileError
 */
export async function readCliDatabase(path: string): Promise<CliRows> {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-'));
  try {
    const copy = join(folder, 'data.sqlite3');
    await copyParts(path, copy);
    return await readRows(copy, path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function copyParts(path: string, copy: string): Promise<void> {
  for (let attempt = 0; attempt < MAX_COPIES; attempt += 1) {
    const before = await stateOf(path);
    for (const part of PARTS) {
      await rm(`${copy}${part}`, { force: true });
      await copyFile(`${path}${part}`, `${copy}${part}`).catch((error: unknown) => {
        if (systemErrorCode(error) !== 'ENOENT') throw unreadable(path, error);
      });
    }
    if ((await stateOf(path)) === before) return;
  }
  throw new LoginFileError(path, '', 'was being written to all the time; it is read again with the next call');
}

/** Whatever changes when one of the parts is written to. */
async function stateOf(path: string): Promise<string> {
  const facts = await Promise.all(
    PARTS.map((part) =>
      stat(`${path}${part}`, { bigint: true }).catch((error: unknown) => {
        if (systemErrorCode(error) !== 'ENOENT') throw unreadable(path, error);
        return undefined;
      }),
    ),
  );
  if (facts[0] === undefined) throw new LoginFileError(path, '', 'does not exist; run kiro-cli login first');
  if (facts[0].size > MAX_DATABASE_BYTES)
    throw new LoginFileError(path, '', `is larger than ${MAX_DATABASE_BYTES} bytes`);
  return facts.map((fact) => (fact === undefined ? '-' : `${fact.ino} ${fact.size} ${fact.mtimeNs}`)).join(' ');
}

async function readRows(copy: string, path: string): Promise<CliRows> {
  const { default: sqlite } = await import('node-sqlite3-wasm'); // a megabyte that most gateways never need
  let database: InstanceType<typeof sqlite.Database> | undefined;
  try {
    database = new sqlite.Database(copy, { fileMustExist: true });
    database.get('PRAGMA locking_mode = EXCLUSIVE'); // without shared memory a log can be read by one alone
    const rows = (table: 'auth_kv' | 'state', keys: readonly string[]): Record<string, string> =>
      Object.fromEntries(
        (
          database?.all(`SELECT key, value FROM ${table} WHERE key IN (${keys.map(() => '?').join()})`, [...keys]) ?? []
        ).map(({ key, value }) => [String(key), textOf(value)]),
      );
    const hasState = database.get("SELECT 1 FROM sqlite_master WHERE name = 'state'") !== null;
    return {
      auth: rows('auth_kv', [...TOKEN_KEYS, ...REGISTRATION_KEYS]),
      state: hasState ? rows('state', STATE_KEYS) : {},
    };
  } catch (error) {
    throw new LoginFileError(path, '', 'is not a database of kiro-cli', error);
  } finally {
    database?.close();
  }
}

/** Some rows are stored as bytes. */
function textOf(value: unknown): string {
  return value instanceof Uint8Array ? Buffer.from(value).toString('utf8') : String(value);
}

function unreadable(path: string, error: unknown): LoginFileError {
  return new LoginFileError(path, '', `cannot be read (${systemErrorCode(error) ?? 'unknown reason'})`, error);
}
