import { replaceFile } from '@sluice/provider-kit';
import { readBoundedFile } from '../files/read-bounded-file.js';
import { seedOf } from '../login/login-details.js';
import type { KiroLogin } from '../login/kiro-login.js';
import { readEntry } from './credentials-file-source.js';
import { formatCredentials, parseCredentials, type CredentialsEntry } from './credentials-document.js';
import { lockBeside } from './lock-beside.js';

/**
 * Puts a login into kiro-rs's `credentials.json`, behind those that are there. A file with one login becomes a list.
 * @returns where it stands now
 * @throws LoginFileError when the file is something else; it is then as it was
 */
export function appendLogin(path: string, login: KiroLogin): Promise<string> {
  return lockBeside(path, '', async () => {
    const { entries } = parseCredentials((await readBoundedFile(path)) ?? '', path);
    const twin = entries.find((entry) => seedOf(readEntry(entry, path)) === seedOf(login));
    const id = twin?.id ?? Math.max(0, ...entries.map((entry) => entry.id)) + 1;
    const fresh: CredentialsEntry = { id, at: '', value: { ...twin?.value, ...entryOf(login) } };
    const kept = twin === undefined ? [...entries, fresh] : entries;
    await replaceFile(path, formatCredentials({ isList: true, entries: kept }, fresh));
    return `${path} (id ${id})`;
  });
}

/** In kiro-rs's words; it passes over the members that only we know. */
function entryOf({
  apiKey,
  expiresAtMs,
  clientExpiresAtMs,
  identityProvider,
  ...texts
}: KiroLogin): CredentialsEntry['value'] {
  return {
    ...texts,
    ...(apiKey === undefined ? {} : { kiroApiKey: apiKey }),
    ...(expiresAtMs === undefined ? {} : { expiresAt: new Date(expiresAtMs).toISOString() }),
    ...(clientExpiresAtMs === undefined ? {} : { clientSecretExpiresAt: new Date(clientExpiresAtMs).toISOString() }),
    ...(identityProvider === undefined ? {} : { provider: identityProvider }),
  };
}
