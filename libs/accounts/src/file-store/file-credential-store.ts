import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '@sluice/core';
import type { Credential } from '@sluice/provider-kit';
import { CredentialStore } from '../credential-store.js';
import { CredentialStoreError } from './credential-store-error.js';
import { createKeyFile, parseKey, readKeyFile } from './encryption-key.js';
import { seal, unseal, type Credentials } from './sealed-credentials.js';
import { withStoreLock } from './store-lock.js';

/** Logins that one store keeps. */
export const MAX_STORED_CREDENTIALS = 10_000;
/** Larger files are not read. */
export const MAX_STORE_BYTES = 32 * 1024 * 1024;
/** How old what is remembered may be before it is looked whether another process has stored something. */
export const LOOK_AGAIN_MS = 1_000;

const STORE_FILE = 'credentials.sealed.json';
const KEY_FILE = 'encryption.key';

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

  /** One after the other: the lock is for other processes. */
  #change(change: (credentials: Map<string, Credential>) => void): Promise<void> {
    const writing = this.#writing.then(() => this.#write(change));
    this.#writing = writing.catch(() => {}); // whoever asked for it is told
    return writing;
  }

  async #write(change: (credentials: Map<string, Credential>) => void): Promise<void> {
    await mkdir(this.options.directory, { recursive: true, mode: 0o700 });
    await withStoreLock(`${this.#file}.lock`, async () => {
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
    const text = await readFile(this.#file, 'utf8');
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
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined; // node's errors carry a code
    throw error;
  }
}

/** After a crash there is the old file or the new one. */
async function replaceFile(path: string, text: string): Promise<void> {
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    const file = await open(temporary, 'wx', 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await unlink(temporary).catch(() => {}); // what went wrong first says more
    throw error;
  }
}
