import { open, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { isJsonObject } from '@sluice/core';
import { systemErrorCode } from '@sluice/provider-kit';
import { readBoundedFile } from '../files/read-bounded-file.js';
import type { CredentialOrigin } from './kiro-credential-source.js';
import { LoginFileError } from './login-file-error.js';

/** The first bytes of every SQLite database. @see https://www.sqlite.org/fileformat.html */
const SQLITE_MAGIC = 'SQLite format 3\0';
/** The editor's cache of tokens, which lies among those of AWS's other programs. */
const TOKEN_CACHE = 'kiro-auth-token.json';
/** What a folder is looked through for. */
const KNOWN_FILES = [TOKEN_CACHE, 'data.sqlite3', 'credentials.json'];

/**
 * Whose file it is, told by what stands in it: kiro-cli's database, the editor's cache, or kiro-rs's list. Of a folder the
 * first file with a known name.
 * @throws LoginFileError when there is none of them
 */
export async function recogniseStore(path: string): Promise<CredentialOrigin> {
  const file = (await isFolder(path)) ? await findIn(path) : path;
  if ((await readStart(file)) === SQLITE_MAGIC) return { kind: 'cli-database', path: file, writeBack: false };
  const isCache = basename(file) === TOKEN_CACHE || (await namesItsClient(file));
  return isCache ? { kind: 'token-cache', path: file, writeBack: false } : { kind: 'credentials-file', path: file };
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    throw new LoginFileError(path, '', explain(error), error);
  }
}

async function findIn(folder: string): Promise<string> {
  for (const name of KNOWN_FILES) {
    const file = join(folder, name);
    const found = await stat(file).catch(() => undefined); // the next name
    if (found?.isFile() === true) return file;
  }
  throw new LoginFileError(folder, '', `has none of ${KNOWN_FILES.join(', ')}; name the file itself`);
}

async function readStart(path: string): Promise<string> {
  try {
    const file = await open(path, 'r');
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(SQLITE_MAGIC.length));
      return buffer.toString('latin1', 0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (error) {
    throw new LoginFileError(path, '', explain(error), error);
  }
}

/** Only the editor keeps a client in a file of its own, named by its hash. */
async function namesItsClient(path: string): Promise<boolean> {
  try {
    const value: unknown = JSON.parse((await readBoundedFile(path)) ?? '');
    return isJsonObject(value) && typeof value['clientIdHash'] === 'string';
  } catch {
    return false; // whoever reads it as something else says what is wrong
  }
}

function explain(error: unknown): string {
  const code = systemErrorCode(error);
  return code === 'ENOENT' ? 'does not exist' : `cannot be read (${code ?? 'unknown reason'})`;
}
