import { dirname } from 'node:path';
import type { UpstreamTls } from '@sluice/provider-kit';
import type { AccountConfiguration, Configuration } from '../configuration.js';
import type { Path } from '../path.js';
import type { Finding } from '../source/finding.js';
import type { ReadTextFile } from '../source/read-text-file.js';
import { checkPemPair } from './check-pem-pair.js';
import { readPemMember } from './read-pem-member.js';

export interface ReadUpstreamTls {
  /** The same accounts, with how their vendors prove who they are. */
  readonly accounts: readonly AccountConfiguration[];
  readonly findings: readonly Finding[];
  readonly warnings: readonly Finding[];
}

type TlsDeclaration = NonNullable<Configuration['upstream']['tls']>;

const EVERYBODYS: Path = ['upstream', 'tls'];

/**
 * Reads the files of `upstream.tls` and of every account's `tls`, which stands in its place as a whole: half a certificate of
 * one and half of the other would be nobody's. What is wrong with an account that is switched off is nobody's trouble.
 * @param file the configuration: relative paths count from its folder
 */
export async function readUpstreamTls(
  { upstream, accounts }: Pick<Configuration, 'upstream' | 'accounts'>,
  file: string | undefined,
  readFile: ReadTextFile,
): Promise<ReadUpstreamTls> {
  const folder = dirname(file ?? '.env');
  const read = (path: Path, declared: TlsDeclaration | undefined): Promise<ReadOne> | undefined =>
    declared && readOne(path, declared, { folder, readFile });
  const [common, ...own] = await Promise.all([
    read(EVERYBODYS, upstream.tls),
    ...accounts.map(({ tls, enabled }, index) => (enabled ? read(['accounts', index, 'tls'], tls) : undefined)),
  ]);
  const all = [common, ...own];
  return {
    accounts: accounts.map((account, index) => {
      const tls = account.tls === undefined ? common?.tls : own[index]?.tls;
      return tls === undefined ? account : { ...account, upstreamTls: tls };
    }),
    findings: all.flatMap((one) => one?.findings ?? []),
    warnings: all.flatMap((one) => one?.warnings ?? []),
  };
}

interface ReadOne {
  readonly tls?: UpstreamTls;
  readonly findings: readonly Finding[];
  readonly warnings: readonly Finding[];
}

interface Place {
  readonly folder: string;
  readonly readFile: ReadTextFile;
}

async function readOne(path: Path, declared: TlsDeclaration, { folder, readFile }: Place): Promise<ReadOne> {
  const { caFile, certFile, keyFile, serverName, insecureSkipVerify } = declared;
  const pem = (member: 'caFile' | 'certFile' | 'keyFile', holds: 'certificate' | 'private key', name?: string) =>
    readPemMember({ path: [...path, member], name, holds }, folder, readFile);
  const [ca, cert, key] = await Promise.all([
    pem('caFile', 'certificate', caFile),
    pem('certFile', 'certificate', certFile),
    pem('keyFile', 'private key', keyFile),
  ]);
  const findings = [ca, cert, key].flatMap(({ finding }) => finding ?? []);
  if (findings.length > 0) return { findings, warnings: [] };
  if (cert.text !== undefined && key.text !== undefined) {
    const mismatch = checkPemPair({ cert: cert.text, key: key.text }, path);
    if (mismatch !== undefined) return { findings: [mismatch], warnings: [] };
  }
  return {
    tls: {
      ...(ca.text !== undefined && { ca: ca.text }),
      ...(cert.text !== undefined && { cert: cert.text }),
      ...(key.text !== undefined && { key: key.text }),
      ...(serverName !== undefined && { servername: serverName }),
      ...(insecureSkipVerify && { rejectUnauthorized: false }),
    },
    findings: [],
    warnings: insecureSkipVerify ? [anyCertificate([...path, 'insecureSkipVerify'])] : [],
  };
}

function anyCertificate(path: Path): Finding {
  return {
    path,
    message: 'makes any certificate good enough: whoever stands between us and the vendor can read everything',
    fix: 'Name the authority of the vendor as caFile instead.',
  };
}
