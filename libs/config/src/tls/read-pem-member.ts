import { X509Certificate } from 'node:crypto';
import { resolve } from 'node:path';
import { createSecureContext } from 'node:tls';
import type { Path } from '../path.js';
import type { Finding } from '../source/finding.js';
import { systemErrorCode, type ReadTextFile } from '../source/read-text-file.js';

/** What stands in the file that a member names: text, or what is wrong with it. */
export type PemOutcome =
  | { readonly text: string | undefined; readonly finding?: never }
  | { readonly text?: never; readonly finding: Finding };

export interface PemMember {
  readonly path: Path;
  /** As declared; undefined = it is not. */
  readonly name: string | undefined;
  readonly holds: 'certificate' | 'private key';
}

const ENCRYPTED_KEY = /-----BEGIN ENCRYPTED PRIVATE KEY-----|^Proc-Type: 4,ENCRYPTED/m;
const NO_PASSPHRASE =
  'Write it without one (openssl pkey -in key.pem -out plain.pem) and let only the gateway read it.';

/** Never throws for what a user wrote, and tells nothing of what stands in the file. @param folder where relative paths count from */
export async function readPemMember(
  { path, name, holds }: PemMember,
  folder: string,
  readFile: ReadTextFile,
): Promise<PemOutcome> {
  if (name === undefined) return { text: undefined };
  const file = resolve(folder, name);
  const wrong = (message: string, fix?: string): PemOutcome => ({
    finding: { path, message: `names ${file}, which ${message}`, ...(fix !== undefined && { fix }) },
  });
  let text: string | undefined;
  try {
    text = await readFile(file);
  } catch (error) {
    return wrong(`cannot be read (${systemErrorCode(error) ?? 'unknown reason'})`);
  }
  if (text === undefined) return wrong('does not exist');
  if (holds === 'certificate') {
    const fix = 'It begins with -----BEGIN CERTIFICATE-----.';
    return isCertificate(text) ? { text } : wrong('does not begin with a certificate in PEM form', fix);
  }
  if (ENCRYPTED_KEY.test(text)) return wrong('is locked with a passphrase', NO_PASSPHRASE);
  return isKey(text) ? { text } : wrong('holds no private key in PEM form');
}

function isCertificate(text: string): boolean {
  try {
    new X509Certificate(text);
    return true;
  } catch {
    return false;
  }
}

function isKey(key: string): boolean {
  try {
    createSecureContext({ key });
    return true;
  } catch {
    return false;
  }
}
