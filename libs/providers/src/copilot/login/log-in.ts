import { isJsonObject, type Logger } from '@sluice/core';
import {
  GatewayError,
  LoginFailure,
  type Account,
  type Credential,
  type LoginTools,
  type LoginWish,
  type StoredLogin,
} from '@sluice/provider-kit';
import { credentialWithoutToken } from '../credential.js';
import { GITHUB_HOST, settingsOf } from '../settings.js';
import { askGithub } from './ask-github.js';
import { exchangeToken } from './exchange-token.js';
import { logInByDevice } from './log-in-by-device.js';
import { hostOfWish } from './host-of-wish.js';

/** Said before every login: whoever goes on knows what for. */
export const TERMS_NOTICE =
  "GitHub's terms let one person use a Copilot subscription, with the clients that GitHub approves. Serving others with it, " +
  'or automated use in bulk, can cost the account its access. Log in only with an account that is yours, and press Ctrl-C if ' +
  'you do not want this.';

/**
 * A new login of a GitHub account. One without access to Copilot is a login too: it serves as soon as it has.
 * @throws LoginFailure, GatewayError; the signal's reason
 */
export async function logIn(wish: LoginWish, tools: LoginTools, logger: Logger): Promise<StoredLogin> {
  const githubHost = hostOfWish(wish) ?? settingsOf(tools.account).githubHost;
  const account = atHost(tools.account, githubHost);
  tools.screen.say(TERMS_NOTICE);
  const githubToken = await logInByDevice({ ...tools, account });
  const question = { ...tools, account, credential: credentialWithoutToken({ githubToken }) };
  const [login, plan] = await Promise.all([loginName(question), planOf(question)]);
  const known = credentialWithoutToken({ githubToken, login, ...(plan === undefined ? {} : { plan }) });
  const { credential, refusal } = await tokenIfPossible({ ...question, credential: known }, logger);
  return {
    place: 'GitHub',
    summary: summaryOf({ login, plan, refusal }),
    credential,
    members: githubHost === undefined || githubHost === GITHUB_HOST ? {} : { githubHost },
  };
}

type Question = LoginTools & { readonly credential: Credential };

function atHost(account: Account, githubHost: string | undefined): Account {
  return githubHost === undefined ? account : { ...account, settings: { ...account.settings, githubHost } };
}

/** Whoever has no name there has no account there. */
async function loginName(question: Question): Promise<string> {
  const { status, value } = await askGithub('/user', question);
  const login = status === 200 && isJsonObject(value) ? value['login'] : undefined;
  if (typeof login === 'string' && login !== '') return login;
  throw new LoginFailure(`GitHub did not say whose login it is (HTTP ${status}). Begin anew.`);
}

/** Worth knowing, and nothing depends on it. */
async function planOf(question: Question): Promise<string | undefined> {
  try {
    const { status, value } = await askGithub('/copilot_internal/user', question);
    const plan = status === 200 && isJsonObject(value) ? value['copilot_plan'] : undefined;
    return typeof plan === 'string' && plan !== '' ? plan : undefined;
  } catch (error) {
    if (question.signal.aborted || !(error instanceof GatewayError)) throw error;
    return undefined; // the usual host is used, and the token's answer names it anyway
  }
}

interface FirstToken {
  readonly credential: Credential;
  readonly refusal?: string;
}

async function tokenIfPossible(question: Question, logger: Logger): Promise<FirstToken> {
  try {
    return { credential: await exchangeToken({ ...question, nowMs: question.clock.now(), logger }) };
  } catch (error) {
    if (question.signal.aborted || !(error instanceof GatewayError)) throw error;
    return { credential: question.credential, refusal: error.message };
  }
}

function summaryOf({ login, plan, refusal }: { login: string; plan: string | undefined; refusal: string | undefined }) {
  const who = plan === undefined ? `GitHub account ${login}` : `GitHub account ${login}, plan ${plan}`;
  return refusal === undefined ? who : `${who}. There is no token yet: ${refusal}`;
}
