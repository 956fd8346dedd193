import { cliDatabaseWriter } from './cli-database-writer.js';
import type { CredentialOrigin } from './kiro-credential-source.js';

/**
 * What an operator must know who wants renewed tokens written back where that cannot be done: kiro-cli keeps its database open, and
 * the SQLite that comes along takes none of the locks by which the two would keep out of each other's way.
 * @param canWrite whether this node has a SQLite of its own
 * @returns undefined = they are written back, or nobody wants it
 */
export function writeBackWarning(
  origin: CredentialOrigin,
  canWrite = cliDatabaseWriter() !== undefined,
): string | undefined {
  if (origin.kind !== 'cli-database' || !origin.writeBack || canWrite) return undefined;
  return (
    `${origin.path} is only read, although writeBack is true: this is Node.js ${process.versions.node}, and only 22.5 and later ` +
    'can write to a database that kiro-cli has open without damaging it. Renewed tokens are kept in the credential store; ' +
    'kiro-cli may ask for a new login.'
  );
}
