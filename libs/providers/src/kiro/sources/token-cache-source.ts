import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isJsonObject, type JsonObject } from '@sluice/core';
import { replaceFile } from '@sluice/provider-kit';
import { readBoundedFile } from '../files/read-bounded-file.js';
import type { KiroLogin } from '../login/kiro-login.js';
import { hasSecret, LoginProblem, readLogin } from '../login/read-login.js';
import type { KiroCredentialSource } from './kiro-credential-source.js';
import { lockBeside } from './lock-beside.js';
import { LoginFileError } from './login-file-error.js';
import { mergeTokens } from './merge-tokens.js';

/** The editor rewrites its file in place; half of it may be read. So often it is read again … */
const MAX_READS = 10;
/** … after a pause that doubles from the first to the last. */
const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 500;

/** A hash becomes the name of a file: nothing in it may lead elsewhere. */
const SAFE_NAME = /^[A-Za-z0-9_-]+$/;

/** The members of the editor's profile file. */
const PROFILE_FILE = ['Kiro', 'User', 'globalStorage', 'kiro.kiroagent', 'profile.json'];

export interface TokenCacheOptions {
  readonly path: string;
  /** Whether renewed tokens go into the editor's own file. */
  readonly writeBack: boolean;
  /** Where programs of this system keep their settings, for the editor's profile file; absent = it is not looked for. */
  readonly settingsFolder?: string | undefined;
  /** Default: a timer. */
  readonly pause?: (ms: number) => Promise<unknown>;
}

/**
 * The token cache of Kiro's editor, `~/.aws/sso/cache/kiro-auth-token.json`. A login of single sign-on names its client by a
 * hash, which is another file beside it.
 */
export class TokenCacheSource implements KiroCredentialSource {
  readonly write?: (renewed: KiroLogin, replaced: KiroLogin) => Promise<boolean>;

  constructor(private readonly options: TokenCacheOptions) {
    if (options.writeBack) this.write = (renewed, replaced) => this.#write(renewed, replaced);
  }

  get place(): string {
    return this.options.path;
  }

  async read(): Promise<KiroLogin> {
    const { path } = this.options;
    const token = await this.#readObject(path);
    const login = readAs(token, path);
    if (!hasSecret(login)) throw new LoginFileError(path, '', 'has neither refreshToken nor accessToken');
    const { profileArn = await this.#profile() } = login;
    const found = { ...login, ...(profileArn === undefined ? {} : { profileArn }) };
    const hash = token['clientIdHash'];
    return typeof hash === 'string' && login.clientId === undefined ? this.#withClient(found, hash) : found;
  }

  exclusively<T>(action: () => Promise<T>): Promise<T> {
    return lockBeside(this.options.path, '', action);
  }

  async #write(renewed: KiroLogin, replaced: KiroLogin): Promise<boolean> {
    const { path } = this.options;
    const stored = await this.#readObject(path);
    if (readAs(stored, path).refreshToken !== replaced.refreshToken) return false;
    await replaceFile(path, `${JSON.stringify(mergeTokens(stored, renewed), undefined, 2)}\n`);
    return true;
  }

  async #withClient(login: KiroLogin, hash: string): Promise<KiroLogin> {
    const { path } = this.options;
    if (!SAFE_NAME.test(hash)) throw new LoginFileError(path, 'clientIdHash', 'is no name of a file');
    const file = join(dirname(path), `${hash}.json`);
    const client = await this.#readObject(file);
    // the client's own end is called as the token's is
    const { clientId, clientSecret, expiresAtMs } = readAs(client, file);
    if (clientId === undefined || clientSecret === undefined) {
      throw new LoginFileError(file, '', 'has no clientId and clientSecret; log in again in the editor');
    }
    return {
      ...login,
      authMethod: 'idc',
      clientId,
      clientSecret,
      ...(expiresAtMs === undefined ? {} : { clientExpiresAtMs: expiresAtMs }),
    };
  }

  /** The editor's choice of a profile; it is an extra, so a file that is missing or strange says nothing. */
  async #profile(): Promise<string | undefined> {
    const { settingsFolder } = this.options;
    if (settingsFolder === undefined) return undefined;
    try {
      const value: unknown = JSON.parse((await readBoundedFile(join(settingsFolder, ...PROFILE_FILE))) ?? '{}');
      const arn = isJsonObject(value) ? value['arn'] : undefined;
      return typeof arn === 'string' && arn !== '' ? arn : undefined;
    } catch {
      return undefined;
    }
  }

  async #readObject(path: string): Promise<JsonObject> {
    const { pause = sleep } = this.options;
    for (let read = 1, pauseMs = FIRST_PAUSE_MS; ; read += 1, pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
      const text = await readBoundedFile(path);
      if (text === undefined) throw new LoginFileError(path, '', 'does not exist; log in with the editor first');
      try {
        const value: unknown = JSON.parse(text);
        if (isJsonObject(value)) return value;
        throw new LoginFileError(path, '', 'is not an object with a login');
      } catch (error) {
        if (error instanceof LoginFileError) throw error;
        if (read === MAX_READS) throw new LoginFileError(path, '', 'is not JSON', error);
        await pause(pauseMs);
      }
    }
  }
}

function readAs(value: JsonObject, path: string): KiroLogin {
  try {
    return readLogin(value);
  } catch (error) {
    if (!(error instanceof LoginProblem)) throw error;
    throw new LoginFileError(path, error.member, error.message);
  }
}
