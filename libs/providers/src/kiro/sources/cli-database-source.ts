import type { KiroLogin } from '../login/kiro-login.js';
import { readCliDatabase } from './cli-database.js';
import type { CliDatabaseWriter } from './cli-database-writer.js';
import { readCliRows } from './cli-rows.js';
import type { KiroCredentialSource } from './kiro-credential-source.js';
import { lockBeside } from './lock-beside.js';
import { mergeTokens } from './merge-tokens.js';

/** The login of kiro-cli. Its database belongs to it: written to only where the operator asks for it. */
export class CliDatabaseSource implements KiroCredentialSource {
  readonly write?: (renewed: KiroLogin, replaced: KiroLogin) => Promise<boolean>;

  /** @param writer undefined = nothing is written back */
  constructor(
    private readonly path: string,
    writer?: CliDatabaseWriter,
  ) {
    if (writer !== undefined) this.write = (renewed, replaced) => this.#write(writer, renewed, replaced);
  }

  get place(): string {
    return this.path;
  }

  async read(): Promise<KiroLogin> {
    return readCliRows(await readCliDatabase(this.path), this.path).login;
  }

  exclusively<T>(action: () => Promise<T>): Promise<T> {
    return lockBeside(this.path, 'sluice.', action);
  }

  async #write(writer: CliDatabaseWriter, renewed: KiroLogin, replaced: KiroLogin): Promise<boolean> {
    const rows = await readCliDatabase(this.path);
    const { login, key, token } = readCliRows(rows, this.path);
    if (login.refreshToken !== replaced.refreshToken) return false;
    const value = JSON.stringify(mergeTokens(token, renewed));
    return writer(this.path, { key, replaced: rows.auth[key] ?? '', value });
  }
}
