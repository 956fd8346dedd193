import type { Credential, LoginImport } from '@sluice/provider-kit';
import { EXIT_CONFIGURATION_ERROR } from '@sluice/gateway';
import { explainFailure } from './explain-failure.js';
import { accountLines, type UndeclaredAccount } from './logins/account-lines.js';
import { storeLogin, type StoredPlace } from './logins/store-login.js';
import type { Workplace } from './logins/workplace.js';
import type { Terminal } from './terminal.js';

export interface ImportRequest {
  readonly provider: string;
  readonly path: string;
  /** Whose login it becomes; absent = the first account that has none. */
  readonly account?: string | undefined;
  readonly dryRun?: boolean | undefined;
}

const SAYS: Readonly<Record<StoredPlace['outcome'], string>> = {
  stored: 'stored for',
  unchanged: 'already stored for',
  replaced: 'replaces the login of',
};

/** `sluice import`: takes over the logins of another program. Importing twice changes nothing. @returns the exit code */
export async function importLogins(request: ImportRequest, place: Workplace, terminal: Terminal): Promise<number> {
  const { provider: id, path, account: accountId, dryRun: isDryRun = false } = request;
  const provider = place.provider(id);
  if (provider?.readLogins === undefined) {
    const able = place.providerIds.filter((one) => place.provider(one)?.readLogins !== undefined);
    terminal.warn(`${id}: there is nothing to import for it. Providers with logins to import: ${able.join(', ')}.`);
    return EXIT_CONFIGURATION_ERROR;
  }
  let found: LoginImport;
  try {
    found = await provider.readLogins(path, process.cwd());
  } catch (error) {
    terminal.warn(explainFailure(error));
    return EXIT_CONFIGURATION_ERROR;
  }
  if (accountId !== undefined && found.logins.length > 1) {
    terminal.warn(`--account: ${path} has ${found.logins.length} logins, which one account cannot have. Leave it out.`);
    return EXIT_CONFIGURATION_ERROR;
  }
  for (const warning of found.warnings) terminal.warn(`warning: ${warning}`);
  terminal.print(`Found in ${found.store}:`);
  const taken = new Map<string, Credential>();
  const accounts: UndeclaredAccount[] = [];
  try {
    for (const login of found.logins) {
      const { store, accounts: declared } = place;
      const stored = await storeLogin(login, { provider: id, store, accounts: declared, accountId, isDryRun, taken });
      terminal.print(`  ${login.place}: ${login.summary}`);
      terminal.print(`    ${SAYS[stored.outcome]} the account ${stored.accountId}`);
      accounts.push({ id: stored.accountId, provider: id, members: login.members });
    }
  } catch (error) {
    terminal.warn(explainFailure(error));
    return EXIT_CONFIGURATION_ERROR;
  }
  const isChanged = taken.size > 0;
  if (isDryRun) terminal.print('Nothing was stored: this is what would be done.');
  else terminal.print(isChanged ? `Encrypted in ${place.directory}.` : 'Nothing had to be stored.');
  for (const line of accountLines(accounts, place)) terminal.print(line);
  return 0;
}
