import { GatewayError, type BroughtAccount } from '@sluice/provider-kit';
import { AUTH_METHOD_NAMES } from './auth-method.js';
import { credentialSettings } from '../credential-settings.js';
import type { KiroLogin } from './kiro-login.js';
import { hasSecret, LoginProblem, readLogin } from './read-login.js';
import { storedLogin } from './stored-login.js';

/** kiro-rs accepts no shorter refresh tokens: they are cut off. */
const MIN_REFRESH_TOKEN_CHARACTERS = 100;

/** What another account says of its own login or of where that is kept. */
const LOGIN_MEMBERS: ReadonlySet<string> = new Set([...Object.keys(credentialSettings), 'origin', 'keptIn', 'seed']);

/** An account that comes into being with its login; the login itself belongs into the credential store. */
export interface NewAccount extends BroughtAccount {
  /** What it is, for people; masked. */
  readonly summary: string;
}

/**
 * An account for a login that somebody brings, in the words of kiro-rs.
 * @param like an account whose hosts and habits are taken over; never its login
 * @throws GatewayError `invalid_request`
 */
export function accountOfForm(form: unknown, like: NewAccount['settings'] = {}): NewAccount {
  const { credential, summary } = storedLogin(checked(form), 'a new login');
  return { settings: settingsWithoutLogin(like), credential, summary };
}

/** What an account says of hosts and habits, and nothing of its login. */
export function settingsWithoutLogin(settings: NewAccount['settings']): NewAccount['settings'] {
  return Object.fromEntries(Object.entries(settings).filter(([name]) => !LOGIN_MEMBERS.has(name)));
}

function checked(form: unknown): KiroLogin {
  let login: KiroLogin;
  try {
    login = readLogin(form);
  } catch (problem) {
    if (!(problem instanceof LoginProblem)) throw problem;
    throw invalid(`${problem.member === '' ? 'The login' : problem.member} ${problem.message}.`);
  }
  const { authMethod, refreshToken, clientId, clientSecret } = login;
  if (!hasSecret(login)) throw invalid('A refreshToken or a kiroApiKey is needed.');
  if (refreshToken !== undefined && refreshToken.length < MIN_REFRESH_TOKEN_CHARACTERS) {
    throw invalid(`refreshToken has less than ${MIN_REFRESH_TOKEN_CHARACTERS} characters: it has been cut off.`);
  }
  if (authMethod === 'idc' && (clientId === undefined || clientSecret === undefined)) {
    throw invalid(`A login by "idc" needs clientId and clientSecret. Methods: ${AUTH_METHOD_NAMES.join(', ')}.`);
  }
  return login;
}

function invalid(message: string): GatewayError {
  return new GatewayError({ kind: 'invalid_request', message });
}
