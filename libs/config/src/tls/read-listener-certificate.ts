import { X509Certificate } from 'node:crypto';
import { dirname, resolve } from 'node:path';
import { createSecureContext } from 'node:tls';
import type { Finding } from '../source/finding.js';
import { systemErrorCode, type ReadTextFile } from '../source/read-text-file.js';
import type { ListenerCertificate } from './listener-certificate.js';

/** `server.tls` as declared. */
export interface TlsFiles {
  readonly certFile: string;
  readonly keyFile: string;
  readonly caFile?: string | undefined;
}

export interface ReadCertificate {
  /** Undefined = something is wrong. */
  readonly certificate?: ListenerCertificate;
  readonly findings: readonly Finding[];
}

const SECTION = ['server', 'tls'];
const ENCRYPTED_KEY = /-----BEGIN ENCRYPTED PRIVATE KEY-----|^Proc-Type: 4,ENCRYPTED/m;

/**
 * Reads the files of the listener and checks that they belong together. Never throws for what a user wrote; what is wrong is
 * told without a word of the files.
 * @param file the configuration: relative paths count from its folder
 */
export async function readListenerCertificate(
  tls: TlsFiles,
  file: string | undefined,
  readFile: ReadTextFile,
): Promise<ReadCertificate> {
  const folder = dirname(file ?? '.env');
  const pem = (member: keyof TlsFiles): Promise<PemText> => readPem(member, tls[member], folder, readFile);
  const [cert, key, ca] = await Promise.all([pem('certFile'), pem('keyFile'), pem('caFile')]);
  const findings = [
    ...cert.findings,
    ...key.findings,
    ...ca.findings,
    ...checkCertificate('certFile', cert.text),
    ...checkCertificate('caFile', ca.text),
    ...checkKey(key.text),
  ];
  if (findings.length > 0) return { findings };
  const certificate = { cert: [cert.text, ca.text].filter((text) => text !== '').join('\n'), key: key.text };
  return isPair(certificate)
    ? { certificate, findings: [] }
    : {
        findings: [
          {
            path: [...SECTION, 'keyFile'],
            message: 'is not the key of the certificate in certFile',
            fix: 'Name the two files that were made together.',
          },
        ],
      };
}

interface PemText {
  readonly text: string;
  readonly findings: readonly Finding[];
}

async function readPem(
  member: keyof TlsFiles,
  name: string | undefined,
  folder: string,
  readFile: ReadTextFile,
): Promise<PemText> {
  if (name === undefined) return { text: '', findings: [] };
  const path = resolve(folder, name);
  const wrong = (message: string): PemText => ({ text: '', findings: [{ path: [...SECTION, member], message }] });
  try {
    const text = await readFile(path);
    if (text === undefined) return wrong(`names ${path}, which does not exist`);
    return text.trim() === '' ? wrong(`names ${path}, which is empty`) : { text, findings: [] };
  } catch (error) {
    return wrong(`names ${path}, which cannot be read (${systemErrorCode(error) ?? 'unknown reason'})`);
  }
}

/** Only the first certificate of a file is looked at; node says at `isPair` when another one cannot be read. */
function checkCertificate(member: 'certFile' | 'caFile', text: string): readonly Finding[] {
  if (text === '') return [];
  try {
    new X509Certificate(text);
    return [];
  } catch {
    const message = 'names a file that does not begin with a certificate in PEM form';
    return [{ path: [...SECTION, member], message, fix: 'It begins with -----BEGIN CERTIFICATE-----.' }];
  }
}

function checkKey(text: string): readonly Finding[] {
  const path = [...SECTION, 'keyFile'];
  if (text === '') return [];
  if (ENCRYPTED_KEY.test(text)) {
    const fix = 'Write it without one (openssl pkey -in key.pem -out plain.pem) and let only the gateway read it.';
    return [{ path, message: 'names a key that is locked with a passphrase', fix }];
  }
  try {
    createSecureContext({ key: text });
    return [];
  } catch {
    return [{ path, message: 'names a file that holds no private key in PEM form' }];
  }
}

function isPair(certificate: ListenerCertificate): boolean {
  try {
    createSecureContext(certificate);
    return true;
  } catch {
    return false;
  }
}
