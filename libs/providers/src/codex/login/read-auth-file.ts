import { open } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { isJsonObject, type JsonObject } from '@sluice/core';
import { LoginFailure, oauthCredential, type LoginImport } from '@sluice/provider-kit';
import { detailsOf } from '../credential.js';
import { readIdentityToken } from '../identity-token.js';
import { describeLogin } from './exchange-code.js';

/** Such a file has a few kilobytes; whatever is larger is something else. */
export const MAX_AUTH_FILE_BYTES = 1024 * 1024;

const FILE_NAME = 'auth.json';

/**
 * Reads the login that the vendor's own program keeps, without changing it.
 * @param path of the file or of its folder, as in `~/.codex`
 * @param folder that a relative path counts from
 * @throws LoginFailure
 */
export async function readAuthFile(path: string, folder: string): Promise<LoginImport> {
  const { file, document } = await readDocument(resolve(folder, path.replace(/^~(?=\/|$)/, homedir())));
  const tokens = isJsonObject(document['tokens']) ? document['tokens'] : {};
  const { access_token: accessToken, refresh_token: refreshToken, account_id: accountId } = tokens;
  if (typeof accessToken !== 'string' || typeof refreshToken !== 'string') {
    const hasKey = typeof document['OPENAI_API_KEY'] === 'string';
    const instead = hasKey ? ' It has an API key: declare that as an account of "openai".' : '';
    throw new LoginFailure(`${file} has no tokens of a ChatGPT login.${instead}`);
  }
  const details = { ...(typeof accountId === 'string' ? { accountId } : {}), ...detailsOf(tokens) };
  // without an end of its own the token counts as run out, and is renewed before its first use
  const { expiresAtMs = 0 } = readIdentityToken(accessToken);
  return {
    store: "codex's login",
    logins: [
      {
        place: file,
        summary: describeLogin(details),
        credential: oauthCredential({ accessToken, refreshToken, expiresAtMs }, details),
        members: {},
      },
    ],
    warnings: [
      'the vendor changes the refresh token with every renewal: once the gateway has renewed this login, codex itself must log in anew.',
    ],
  };
}

async function readDocument(path: string): Promise<{ readonly file: string; readonly document: JsonObject }> {
  const found = await readText(path);
  const [file, text] =
    found === undefined ? [join(path, FILE_NAME), await readText(join(path, FILE_NAME))] : [path, found];
  if (text === undefined) throw new LoginFailure(`${file} is a folder.`);
  try {
    const document: unknown = JSON.parse(text);
    if (isJsonObject(document)) return { file, document };
  } catch {
    // said below, without the text: it holds secrets
  }
  throw new LoginFailure(`${file} is no JSON object.`);
}

/** Undefined = it is a folder. */
async function readText(path: string): Promise<string | undefined> {
  try {
    const handle = await open(path, 'r');
    try {
      const stat = await handle.stat();
      if (stat.isDirectory()) return undefined;
      if (stat.size > MAX_AUTH_FILE_BYTES) {
        throw new LoginFailure(`${path} is larger than ${MAX_AUTH_FILE_BYTES} bytes: it is no login of codex.`);
      }
      return await handle.readFile('utf8');
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (error instanceof LoginFailure) throw error;
    const code = (error as { readonly code?: unknown } | undefined)?.code; // Node's own errors have one
    if (code === 'ENOENT') throw new LoginFailure(`${path} does not exist.`);
    throw new LoginFailure(`${path} cannot be read (${typeof code === 'string' ? code : 'unknown reason'}).`);
  }
}
