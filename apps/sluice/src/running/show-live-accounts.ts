import type { AccountPage, AccountReport } from '@sluice/gateway';
import { EXIT_FAILURE } from '../instance/exit-codes.js';
import type { Terminal } from '../terminal.js';
import type { AskEnvironment } from './ask-environment.js';
import { askGateway, type AskFlags } from './ask-gateway.js';
import { liveAccountJson } from './live-account-json.js';
import { linesOfLiveAccounts } from './print-live-accounts.js';

/** A gateway has no more accounts than fit on so many pages. */
const MAX_PAGES = 20;
const PATH = '/sluice/accounts';

export interface LiveAccountsRequest extends AskFlags {
  readonly json?: boolean | undefined;
}

/** `sluice accounts`, as the gateway that runs sees them. @returns the exit code; undefined = nobody told, ask the configuration */
export async function showLiveAccounts(
  request: LiveAccountsRequest,
  environment: AskEnvironment,
  terminal: Terminal,
): Promise<number | undefined> {
  const accounts: AccountReport[] = [];
  let path = PATH;
  for (let pages = 0; pages < MAX_PAGES; pages += 1) {
    const asked = await askGateway(path, request, environment);
    if (asked.type === 'nobody') return undefined;
    if (asked.type === 'failed') return tellFailure(asked, terminal);
    const page = asked.document as AccountPage; // told by a gateway of ours
    accounts.push(...page.accounts);
    if (page.next === undefined) return show({ ...page, accounts }, asked.url, request, terminal);
    path = `${PATH}?after=${encodeURIComponent(page.next)}`;
  }
  terminal.warn(`There are more than ${accounts.length} accounts: ask ${PATH}?provider=<id> for some of them.`);
  return EXIT_FAILURE;
}

/** @returns undefined where the configuration can answer instead */
export function tellFailure(
  { message, isChosen }: { readonly message: string; readonly isChosen: boolean },
  terminal: Terminal,
): number | undefined {
  terminal.warn(message);
  if (isChosen) return EXIT_FAILURE;
  terminal.warn('What follows is what the configuration alone tells.');
  return undefined;
}

function show(page: AccountPage, url: string, { json = false }: LiveAccountsRequest, terminal: Terminal): number {
  if (json) {
    const rows = page.accounts.map((report) => liveAccountJson(report, page.nowMs));
    terminal.print(JSON.stringify(rows, undefined, 2));
    return 0;
  }
  for (const line of linesOfLiveAccounts(page, terminal.columns)) terminal.print(line);
  terminal.print(`As the gateway at ${url} sees them now.`);
  return 0;
}
