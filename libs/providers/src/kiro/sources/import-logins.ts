import type { ExpandedAccount, LoginImport, StoredLogin } from '@sluice/provider-kit';
import { resolvePath } from '../files/resolve-path.js';
import { readBoundedFile } from '../files/read-bounded-file.js';
import { storedLogin } from '../login/stored-login.js';
import { parseCredentials } from './credentials-document.js';
import { readEntry } from './credentials-file-source.js';
import { expandAccount } from './expand-account.js';
import { LoginFileError } from './login-file-error.js';
import { openSource } from './open-source.js';
import { recogniseStore } from './recognise-store.js';

/**
 * Reads every login of another program's store, without changing it.
 * @param folder that a relative path counts from
 * @throws LoginFileError, GatewayError
 */
export async function importLogins(path: string, folder: string): Promise<LoginImport> {
  const origin = await recogniseStore(resolvePath(path, folder));
  switch (origin.kind) {
    case 'cli-database':
    case 'token-cache': {
      const source = openSource(origin);
      const store = origin.kind === 'cli-database' ? "kiro-cli's database" : "the editor's token cache";
      return { store, logins: [storedLogin(await source.read(), source.place)], warnings: [] };
    }
    case 'credentials-file':
      return importFile(origin.path);
    default:
      return unknownOrigin(origin);
  }
}

async function importFile(path: string): Promise<LoginImport> {
  const { entries } = parseCredentials((await readBoundedFile(path)) ?? '', path);
  if (entries.length === 0) throw new LoginFileError(path, '', 'has no logins');
  const expansion = await expandAccount({ credentialsFile: path }, '');
  const logins = entries.map((entry, index) => {
    const account = expansion?.accounts[index];
    return storedLogin(readEntry(entry, path), `${path}${entry.at}`, membersOf(account));
  });
  const proxied = entries.filter((_entry, index) => expansion?.accounts[index]?.proxyUrl !== undefined);
  return {
    store: "kiro-rs's credentials",
    logins,
    warnings: [
      ...(expansion?.warnings ?? []),
      ...proxied.map(
        ({ at }) => `${path}${at} names a proxy, which is no part of a login: set proxyUrl on its account.`,
      ),
    ],
  };
}

/** What kiro-rs keeps with a login and a configuration of ours keeps with the account. */
function membersOf(account: ExpandedAccount | undefined): StoredLogin['members'] {
  const { isDisabled, priority = 0, settings = {} } = account ?? {};
  const { endpoint } = settings;
  return {
    ...(isDisabled === true ? { enabled: false } : {}),
    ...(priority === 0 ? {} : { priority }),
    ...(endpoint === undefined ? {} : { endpoint }),
  };
}

function unknownOrigin(origin: never): never {
  throw new TypeError(`unknown store ${JSON.stringify(origin)}`);
}
