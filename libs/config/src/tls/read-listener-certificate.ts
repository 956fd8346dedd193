import { dirname } from 'node:path';
import type { Finding } from '../source/finding.js';
import type { ReadTextFile } from '../source/read-text-file.js';
import { checkPemPair } from './check-pem-pair.js';
import type { ListenerCertificate } from './listener-certificate.js';
import { readPemMember, type PemMember, type PemOutcome } from './read-pem-member.js';

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
  const pem = (member: keyof TlsFiles, holds: PemMember['holds']): Promise<PemOutcome> =>
    readPemMember({ path: [...SECTION, member], name: tls[member], holds }, folder, readFile);
  const [cert, key, ca] = await Promise.all([
    pem('certFile', 'certificate'),
    pem('keyFile', 'private key'),
    pem('caFile', 'certificate'),
  ]);
  const findings = [cert, key, ca].flatMap(({ finding }) => finding ?? []);
  if (findings.length > 0) return { findings };
  const chain = [cert.text, ca.text].filter((text) => text !== undefined);
  const certificate = { cert: chain.join('\n'), key: key.text ?? '' };
  const mismatch = checkPemPair(certificate, SECTION);
  return mismatch === undefined ? { certificate, findings: [] } : { findings: [mismatch] };
}
