import { rememberOwnWrite, replaceFile } from '@sluice/provider-kit';
import { readBoundedFile } from '../files/read-bounded-file.js';
import type { KiroLogin } from '../login/kiro-login.js';
import { hasSecret, LoginProblem, readLogin } from '../login/read-login.js';
import {
  formatCredentials,
  parseCredentials,
  type CredentialsDocument,
  type CredentialsEntry,
} from './credentials-document.js';
import type { KiroCredentialSource } from './kiro-credential-source.js';
import { lockBeside } from './lock-beside.js';
import { LoginFileError } from './login-file-error.js';
import { mergeTokens } from './merge-tokens.js';

/**
 * One login of kiro-rs's `credentials.json`. Written back in its own format, as a whole and only after it was read again, so
 * that what other programs changed meanwhile stays.
 */
export class CredentialsFileSource implements KiroCredentialSource {
  /** @param id of the entry in a list; undefined = the only one */
  constructor(
    private readonly path: string,
    private readonly id: number | undefined,
  ) {}

  get place(): string {
    return this.id === undefined ? this.path : `${this.path} (id ${this.id})`;
  }

  async read(): Promise<KiroLogin> {
    const { entry } = await this.#find();
    return readEntry(entry, this.path);
  }

  exclusively<T>(action: () => Promise<T>): Promise<T> {
    return lockBeside(this.path, `${this.id ?? 1}.`, action);
  }

  write(renewed: KiroLogin, replaced: KiroLogin): Promise<boolean> {
    return lockBeside(this.path, '', async () => {
      const { document, entry } = await this.#find();
      if (readEntry(entry, this.path).refreshToken !== replaced.refreshToken) return false;
      const value = { ...mergeTokens(entry.value, renewed), ...(document.isList ? machineOf(entry, renewed) : {}) };
      const text = formatCredentials(document, { ...entry, value });
      rememberOwnWrite(this.path, text);
      await replaceFile(this.path, text);
      return true;
    });
  }

  async #find(): Promise<{ readonly document: CredentialsDocument; readonly entry: CredentialsEntry }> {
    const document = parseCredentials((await readBoundedFile(this.path)) ?? '', this.path);
    const entry =
      this.id === undefined
        ? document.entries[0]
        : document.entries.find(({ id }) => id === this.id || !document.isList);
    if (entry === undefined)
      throw new LoginFileError(this.path, '', `has no login${this.id === undefined ? '' : ` with the id ${this.id}`}`);
    return { document, entry };
  }
}

/** @throws LoginFileError */
export function readEntry({ value, at }: CredentialsEntry, file: string): KiroLogin {
  let login: KiroLogin;
  try {
    login = readLogin(value);
  } catch (error) {
    if (!(error instanceof LoginProblem)) throw error;
    throw new LoginFileError(file, [at, error.member].filter((part) => part !== '').join('.'), error.message);
  }
  if (!hasSecret(login)) throw new LoginFileError(file, at, 'has neither refreshToken nor accessToken nor kiroApiKey');
  return login;
}

/** Derived from a refresh token that has just gone, it could not be derived again. */
function machineOf({ value }: CredentialsEntry, { machineId }: KiroLogin): { machineId?: string } {
  const hasOne = typeof value['machineId'] === 'string' && value['machineId'] !== '';
  return hasOne || machineId === undefined ? {} : { machineId };
}
