import { accountJson } from './accounts/account-json.js';
import { reportAccount, reportIdleLogin, type AccountReport } from './accounts/account-report.js';
import { linesOfAccounts } from './accounts/print-accounts.js';
import type { Workplace } from './logins/workplace.js';
import { NO_CONFIGURATION } from './no-configuration.js';
import type { Terminal } from './terminal.js';

export interface AccountsRequest {
  /** Ask the vendors what is left. */
  readonly limits?: boolean | undefined;
  /** One JSON array instead of lines. */
  readonly json?: boolean | undefined;
}

/** `sluice accounts`: every account that is declared or has a login, and what it would be called with. @returns the exit code */
export async function listAccounts(
  { limits = false, json = false }: AccountsRequest,
  place: Workplace,
  terminal: Terminal,
): Promise<number> {
  const declared = await Promise.all(
    place.accounts.map((declaration) => reportAccount(declaration, { limits }, place)),
  );
  const idle = await idleLogins(place);
  const reports = [...declared, ...idle];
  const nowMs = place.now();
  if (json) {
    terminal.print(
      JSON.stringify(
        reports.map((report) => accountJson(report, nowMs)),
        undefined,
        2,
      ),
    );
    return 0;
  }
  if (reports.length === 0) {
    if (place.configFile === undefined) terminal.warn(NO_CONFIGURATION);
    else terminal.print(`There are no accounts: ${place.configFile} declares none.`);
    return 0;
  }
  for (const line of linesOfAccounts(reports, { nowMs, columns: terminal.columns })) terminal.print(line);
  if (idle.length > 0) {
    const names = idle.map(({ id }) => id).join(', ');
    terminal.warn(`Stored logins of accounts that are not declared, and so are not used: ${names}.`);
  }
  return 0;
}

async function idleLogins({ providerIds, accounts, store }: Workplace): Promise<readonly AccountReport[]> {
  const declared = new Set(accounts.map(({ account }) => account.id));
  const idle: AccountReport[] = [];
  for (const id of await store.accountIds()) {
    if (declared.has(id)) continue;
    const credential = await store.get(id);
    if (credential !== undefined) idle.push(reportIdleLogin(id, credential, providerIds));
  }
  return idle;
}
