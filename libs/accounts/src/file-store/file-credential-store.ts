import { createHash } from 'node:crypto';
import { mkdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '@sluice/core';
import { FileLockError, replaceFile, systemErrorCode, withFileLock, type Credential } from '@sluice/provider-kit';
import { CredentialStore } from '../credential-store.js';
import { CredentialStoreError } from './credential-store-error.js';
import { createKeyFile, parseKey, readKeyFile } from './encryption-key.js';
import { seal, unseal, type Credentials } from './sealed-credentials.js';

/** Logins that one store keeps. */
export const MAX_STORED_CREDENTIALS = 10_000;
/** Larger files are not read. */
export const MAX_STORE_BYTES = 32 * 1024 * 1024;
/** How old what is remembered may be before it is looked whether another process has stored something. */
export const LOOK_AGAIN_MS = 1_000;

const STORE_FILE = 'credentials.sealed.json';
const KEY_FILE = 'encryption.key';
/** Of the digest of an account's id in the name of a lock: ids may hold anything, names of files may not. */
const DIGEST_CHARACTERS = 32;

export interface FileCredentialStoreOptions {
  /** Made when something is stored. */
  readonly directory: string;
  /** 32 bytes in base64 or hexadecimal; absent = a key file in the directory, made with the first credential. */
  readonly key?: string | undefined;
  readonly clock: Clock;
}

/**
 * Credentials in one encrypted file, replaced as a whole under a lock, so that several processes can share it. What was read is
 * remembered; for most calls it answers at once. A file that cannot be decrypted is never overwritten.
 */
export class FileCredentialStore extends CredentialStore {
  readonly #file: string;
  readonly #keyFile: string;
  #known: Credentials = new Map();
  /** What the file looked like when it was read; undefined = it was not there. */
  #mark: string | undefined;
  #lookedAtMs = Number.NEGATIVE_INFINITY;
  #writing: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: FileCredentialStoreOptions) {
    super();
    this.#file = join(options.directory, STORE_FILE);
    this.#keyFile = join(options.directory, KEY_FILE);
  }

  get(accountId: string): Credential | undefined | Promise<Credential | undefined> {
    const ageMs = this.options.clock.now() - this.#lookedAtMs;
    return ageMs >= 0 && ageMs < LOOK_AGAIN_MS ? this.#known.get(accountId) : this.latest(accountId);
  }

  /** @throws CredentialStoreError */
  override async latest(accountId: string): Promise<Credential | undefined> {
    await this.#look();
    return this.#known.get(accountId);
  }

  /** @throws CredentialStoreError */
  put(accountId: string, credential: Credential): Promise<void> {
    return this.#change((credentials) => credentials.set(accountId, credential));
  }

  /** @throws CredentialStoreError */
  delete(accountId: string): Promise<void> {
    return this.#change((credentials) => credentials.delete(accountId));
  }

  /** @throws CredentialStoreError */
  override async accountIds(): Promise<readonly string[]> {
    await this.#look();
    return [...this.#known.keys()].sort();
  }

  /**
   * Under a lock file per account, beside the store. Where none can be made, nobody who shares the directory makes one either.
   * @throws CredentialStoreError `busy`; whatever the action throws
   */
  override async exclusively<T>(accountId: string, action: (stored: Credential | undefined) => Promise<T>): Promise<T> {
    const digest = createHash('sha256').update(accountId).digest('hex').slice(0, DIGEST_CHARACTERS);
    let isTaken = false;
    const run = async (): Promise<T> => {
      isTaken = true;
      return action(await this.latest(accountId));
    };
    try {
      await mkdir(this.options.directory, { recursive: true, mode: 0o700 });
      return await withFileLock(join(this.options.directory, `renewal-${digest}.lock`), run);
    } catch (error) {
      if (isTaken) throw error;
      if (error instanceof FileLockError && error.code === 'busy') throw busy(error);
      return run();
    }
  }

  /** One after the other: the lock is for other processes. */
  #change(change: (credentials: Map<string, Credential>) => void): Promise<void> {
    const writing = this.#writing.then(() => this.#write(change));
    this.#writing = writing.catch(() => {}); // whoever asked for it is told
    return writing;
  }

  async #write(change: (credentials: Map<string, Credential>) => void): Promise<void> {
    await mkdir(this.options.directory, { recursive: true, mode: 0o700 });
    await locked(`${this.#file}.lock`, async () => {
      await this.#look();
      const credentials = new Map(this.#known);
      change(credentials);
      if (credentials.size > MAX_STORED_CREDENTIALS) {
        throw new CredentialStoreError(
          'too-large',
          `${this.#file} holds ${MAX_STORED_CREDENTIALS} logins; delete some.`,
        );
      }
      const key = (await this.#readKey()) ?? (await createKeyFile(this.#keyFile));
      await replaceFile(this.#file, seal(credentials, key));
      this.#known = credentials;
      this.#mark = await markOf(this.#file);
    });
  }

  /** Reads the file if it is another one than last time. */
  async #look(): Promise<void> {
    const lookedAtMs = this.options.clock.now();
    const mark = await markOf(this.#file);
    if (mark !== this.#mark) {
      this.#known = mark === undefined ? new Map() : await this.#read();
      this.#mark = mark;
    }
    this.#lookedAtMs = lookedAtMs;
  }

  async #read(): Promise<Credentials> {
    const text = await readFile(this.#file, 'utf8').catch((error: unknown) => {
      throw unreadable(this.#file, error);
    });
    const key = await this.#readKey();
    if (key !== undefined) return unseal(text, key, this.#file);
    throw new CredentialStoreError(
      'wrong-key',
      `The key of ${this.#file} is gone: ${this.#keyFile} does not exist. Bring it back or set SLUICE_ENCRYPTION_KEY; else move the file away and log in again.`,
    );
  }

  async #readKey(): Promise<Buffer | undefined> {
    const { key } = this.options;
    return key === undefined ? readKeyFile(this.#keyFile) : parseKey(key, 'SLUICE_ENCRYPTION_KEY');
  }
}

/** Changes whenever a file is replaced; undefined = there is none. @throws CredentialStoreError `too-large` */
async function markOf(path: string): Promise<string | undefined> {
  try {
    const { ino, size, mtimeNs } = await stat(path, { bigint: true });
    if (size > MAX_STORE_BYTES)
      throw new CredentialStoreError('too-large', `${path} is larger than ${MAX_STORE_BYTES} bytes.`);
    return `${ino} ${size} ${mtimeNs}`;
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return undefined;
    throw error instanceof CredentialStoreError ? error : unreadable(path, error);
  }
}

function unreadable(path: string, cause: unknown): CredentialStoreError {
  const why = systemErrorCode(cause) ?? 'unknown reason';
  return new CredentialStoreError(
    'unreadable',
    `${path} cannot be read (${why}). Let the user that Sluice runs as read and write its directory, or choose another one.`,
    cause,
  );
}

async function locked(path: string, action: () => Promise<void>): Promise<void> {
  try {
    await withFileLock(path, action);
  } catch (error) {
    if (error instanceof FileLockError && error.code === 'busy') throw busy(error);
    throw error;
  }
}

function busy(cause: FileLockError): CredentialStoreError {
  return new CredentialStoreError('busy', `${cause.message} If no other Sluice runs, delete it.`, cause);
}
