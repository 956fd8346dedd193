import { homedir } from 'node:os';
import { join } from 'node:path';
import { CliDatabaseSource } from './cli-database-source.js';
import { cliDatabaseWriter } from './cli-database-writer.js';
import { CredentialsFileSource } from './credentials-file-source.js';
import type { CredentialOrigin, KiroCredentialSource } from './kiro-credential-source.js';
import { TokenCacheSource } from './token-cache-source.js';

/** The source that an account's settings name. */
export function openSource(origin: CredentialOrigin): KiroCredentialSource {
  switch (origin.kind) {
    case 'credentials-file':
      return new CredentialsFileSource(origin.path, origin.entry);
    case 'token-cache':
      return new TokenCacheSource({ ...origin, settingsFolder: settingsFolder() });
    case 'cli-database':
      return new CliDatabaseSource(origin.path, origin.writeBack ? cliDatabaseWriter() : undefined);
    default:
      return unknownOrigin(origin);
  }
}

/** Where programs of this system keep their settings. */
function settingsFolder(): string {
  switch (process.platform) {
    case 'darwin':
      return join(homedir(), 'Library', 'Application Support');
    case 'win32':
      return join(homedir(), 'AppData', 'Roaming');
    default:
      return join(homedir(), '.config');
  }
}

function unknownOrigin(origin: never): never {
  throw new TypeError(`unknown origin of a login ${JSON.stringify(origin)}`);
}
