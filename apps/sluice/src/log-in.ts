import { EXIT_CONFIGURATION_ERROR } from '@sluice/gateway';
import type { Account, LoginScreen, LoginWish, StoredLogin } from '@sluice/provider-kit';
import { explainFailure } from './explain-failure.js';
import { accountLines } from './logins/account-lines.js';
import { storeLogin } from './logins/store-login.js';
import type { Workplace } from './logins/workplace.js';
import type { Terminal } from './terminal.js';

export interface LoginRequest extends LoginWish {
  readonly provider: string;
  /** Whose login it becomes; absent = the first account that has none. */
  readonly account?: string | undefined;
  /** A file in kiro-rs's format that gets the login, instead of the store. */
  readonly output?: string | undefined;
}

export interface LoginSurroundings {
  readonly terminal: Terminal;
  /** Undefined = pages are only shown. */
  readonly openBrowser: ((address: string) => void) | undefined;
  /** Undefined = nobody can type here. */
  readonly ask?: NonNullable<LoginScreen['ask']> | undefined;
  /** Fires when the person gives up. */
  readonly signal: AbortSignal;
}

/** The exit code of a command that the person has broken off, as shells have it. */
export const EXIT_INTERRUPTED = 130;

/** Where no account says otherwise. */
const TIMEOUTS = { connectMs: 10_000, firstByteMs: 30_000, idleMs: 30_000 };

/** `sluice login`: a new login, encrypted in the store or written to a file. @returns the exit code */
export async function logIn(request: LoginRequest, place: Workplace, around: LoginSurroundings): Promise<number> {
  const { terminal, openBrowser, ask, signal } = around;
  const { provider: id, output, method, flow, startUrl, region } = request;
  const provider = place.provider(id);
  if (provider?.logIn === undefined) {
    const able = place.providerIds.filter((one) => place.provider(one)?.logIn !== undefined);
    terminal.warn(`${id}: nobody logs in there. Providers with logins: ${able.join(', ')}.`);
    return EXIT_CONFIGURATION_ERROR;
  }
  if (output !== undefined && provider.writeLogin === undefined) {
    terminal.warn(`--output: the logins of ${id} have no file format. Leave it out to store the login encrypted.`);
    return EXIT_CONFIGURATION_ERROR;
  }
  const screen: LoginScreen = {
    say: (sentence) => terminal.print(sentence),
    ...(ask === undefined ? {} : { ask }),
    open: (address) => {
      terminal.print(`  ${address}`);
      terminal.print('Waiting … (Ctrl-C to give up)');
      openBrowser?.(address);
    },
  };
  try {
    const account = accountFor(request, place);
    const login = await provider.logIn({ method, flow, startUrl, region }, { account, screen, signal });
    terminal.print(`Logged in: ${login.summary}`);
    if (output === undefined) await keep(login, request, place, terminal);
    else terminal.print(`Written to ${await provider.writeLogin?.(output, process.cwd(), login.credential)}.`);
    return 0;
  } catch (error) {
    if (!signal.aborted) {
      terminal.warn(explainFailure(error));
      return EXIT_CONFIGURATION_ERROR;
    }
    terminal.warn('Given up; nothing was stored.');
    return EXIT_INTERRUPTED;
  }
}

async function keep(login: StoredLogin, request: LoginRequest, place: Workplace, terminal: Terminal): Promise<void> {
  const { provider, account } = request;
  const { store, accounts, directory } = place;
  const storing = { provider, store, accounts, accountId: account, isDryRun: false, taken: new Map() };
  const { accountId } = await storeLogin(login, storing);
  terminal.print(`Encrypted in ${directory}, for the account ${accountId}.`);
  for (const line of accountLines([{ id: accountId, provider, members: login.members }], place)) terminal.print(line);
}

/** The account that is meant, else the first one that waits for a login, else one that has only defaults. */
function accountFor({ provider, account: accountId }: LoginRequest, { accounts }: Workplace): Account {
  const declared = accounts.find(({ account, credential }) =>
    accountId === undefined
      ? account.provider === provider && credential === undefined
      : account.provider === provider && account.id === accountId,
  );
  if (declared !== undefined) return declared.account;
  return { id: accountId ?? provider, provider, settings: {}, headers: {}, transport: { timeouts: TIMEOUTS } };
}
