import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Credential } from '@sluice/provider-kit';
import { CredentialStoreError } from './credential-store-error.js';

/**
 * The file: one JSON object.
 *
 * ```text
 * { "format": "sluice-credentials", "version": 1, "nonce": <12 bytes>, "tag": <16 bytes>, "data": <ciphertext> }   base64
 * ```
 *
 * The ciphertext is AES-256-GCM over the JSON of all credentials by account id, with format and version as authenticated
 * data, so that nothing of the file can be exchanged.
 */
const FORMAT = 'sluice-credentials';
const VERSION = 1;
const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;

/** Credentials by account id. */
export type Credentials = ReadonlyMap<string, Credential>;

/** The text of the file. Another nonce every time. */
export function seal(credentials: Credentials, key: Buffer): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce);
  cipher.setAAD(header(VERSION));
  const plain = JSON.stringify(Object.fromEntries(credentials));
  const data = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
  const texts = { nonce: nonce.toString('base64'), tag: cipher.getAuthTag().toString('base64') };
  return `${JSON.stringify({ format: FORMAT, version: VERSION, ...texts, data: data.toString('base64') })}\n`;
}

/** @throws CredentialStoreError `unreadable`, `wrong-key` */
export function unseal(text: string, key: Buffer, file: string): Credentials {
  const { nonce, tag, data } = readEnvelope(text, file);
  let plain: string;
  try {
    const decipher = createDecipheriv(CIPHER, key, Buffer.from(nonce, 'base64'));
    decipher.setAAD(header(VERSION));
    decipher.setAuthTag(Buffer.from(tag, 'base64'));
    plain = Buffer.concat([decipher.update(data, 'base64'), decipher.final()]).toString('utf8');
  } catch (error) {
    throw new CredentialStoreError(
      'wrong-key',
      `The credentials in ${file} cannot be decrypted: they were encrypted with another key, or the file is damaged. Set SLUICE_ENCRYPTION_KEY to the former key, or move the file away and log in again.`,
      error,
    );
  }
  return new Map(Object.entries(JSON.parse(plain) as Record<string, Credential>)); // authenticated: seal wrote it
}

function readEnvelope(text: string, file: string) {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw unreadable(file, 'is not JSON', error);
  }
  const { format, version, nonce, tag, data } = (value ?? {}) as Readonly<Record<string, unknown>>; // all are checked
  if (format !== FORMAT) throw unreadable(file, 'is no store of credentials');
  if (version !== VERSION)
    throw unreadable(file, `has the version ${String(version)}, and only ${VERSION} is known here`);
  if (typeof nonce !== 'string' || typeof tag !== 'string' || typeof data !== 'string') {
    throw unreadable(file, 'lacks a part');
  }
  return { nonce, tag, data };
}

function unreadable(file: string, why: string, cause?: unknown): CredentialStoreError {
  return new CredentialStoreError('unreadable', `${file} ${why}. Move it away and log in again.`, cause);
}

function header(version: number): Buffer {
  return Buffer.from(`${FORMAT} ${version}`);
}
