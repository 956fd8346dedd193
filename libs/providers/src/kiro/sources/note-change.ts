import { rememberOwnWrite, replaceFile, type AccountChange } from '@sluice/provider-kit';
import { readBoundedFile } from '../files/read-bounded-file.js';
import { formatCredentials, parseCredentials, type CredentialsEntry } from './credentials-document.js';
import type { CredentialOrigin } from './kiro-credential-source.js';
import { lockBeside } from './lock-beside.js';

/**
 * Writes into kiro-rs's `credentials.json` that one of its logins was switched on or off, or preferred. Everything else in the
 * file stays. The stores of other programs know nothing of that.
 * @returns whether it stands there now
 * @throws LoginFileError, and what the file system throws; the file is then as it was
 */
export async function noteChange(origin: CredentialOrigin | undefined, change: AccountChange): Promise<boolean> {
  if (origin?.kind !== 'credentials-file') return false;
  const { path, entry: id } = origin;
  return lockBeside(path, '', async () => {
    const document = parseCredentials((await readBoundedFile(path)) ?? '', path);
    const entry = document.entries.find((one) => one.id === id || id === undefined || !document.isList);
    if (entry === undefined) return false;
    const value = changed(entry.value, change);
    const text = formatCredentials(document, { ...entry, value });
    rememberOwnWrite(path, text);
    await replaceFile(path, text);
    return true;
  });
}

/** kiro-rs leaves out what is as usual. */
function changed(value: CredentialsEntry['value'], { enabled, priority }: AccountChange): CredentialsEntry['value'] {
  const wasDisabled = value['disabled'] === true;
  return {
    ...value,
    ...(enabled === undefined || enabled !== wasDisabled ? {} : { disabled: !enabled }),
    ...(priority === undefined ? {} : { priority }),
  };
}
