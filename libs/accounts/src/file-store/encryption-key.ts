import { randomBytes } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { replaceFile, systemErrorCode } from '@sluice/provider-kit';
import { CredentialStoreError } from './credential-store-error.js';

/** AES-256. */
export const KEY_BYTES = 32;

const OTHERS = 0o077;

const HEX = /^[0-9a-f]{64}$/i;
const BASE64 = /^[A-Za-z0-9+/_-]{43}=?$/;

/** Reads a key as people write it: 32 bytes in base64, base64url or hexadecimal. @throws CredentialStoreError `bad-key` */
export function parseKey(text: string, where: string): Buffer {
  const trimmed = text.trim();
  if (HEX.test(trimmed)) return Buffer.from(trimmed, 'hex');
  if (BASE64.test(trimmed)) return Buffer.from(trimmed, 'base64');
  throw new CredentialStoreError(
    'bad-key',
    `${where} must be ${KEY_BYTES} bytes in base64 or hexadecimal, as "openssl rand -base64 ${KEY_BYTES}" prints them.`,
  );
}

/**
 * The key in a file that only its owner may read.
 * @returns undefined = there is no such file
 * @throws CredentialStoreError `bad-key` when it is no key or open to others
 */
export async function readKeyFile(path: string): Promise<Buffer | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
  const { mode } = await stat(path);
  if (process.platform !== 'win32' && (mode & OTHERS) !== 0) {
    throw new CredentialStoreError('bad-key', `The key file ${path} is open to others: run "chmod 600 ${path}".`);
  }
  return parseKey(text, `The key file ${path}`);
}

/**
 * Makes a key. It appears with its whole content, and stays after a power cut: half a key, or none, would make everything useless
 * that is sealed with it. To be called under the store's lock, where there is no key.
 */
export async function createKeyFile(path: string): Promise<Buffer> {
  const key = randomBytes(KEY_BYTES);
  await replaceFile(path, `${key.toString('base64')}\n`);
  return key;
}
