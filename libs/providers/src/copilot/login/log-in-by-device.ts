import type { JsonObject } from '@sluice/core';
import {
  grantedBody,
  joinUrl,
  LoginFailure,
  oauthErrorOf,
  pollLogin,
  positiveNumber,
  requiredText,
  takeLoginStep,
  type LoginTools,
  type PollOutcome,
} from '@sluice/provider-kit';
import { loginBase } from '../hosts.js';
import { settingsOf } from '../settings.js';

/** Of the vendor's editor plug-in: tokens of Copilot are only given to logins that were made with it. */
const CLIENT_ID = 'Iv1.b507a08c87ecfe98';
const SCOPE = 'read:user';
const DEVICE_GRANT = 'urn:ietf:params:oauth:grant-type:device_code';
const DEFAULT_CODE_SECONDS = 900;
const DEFAULT_INTERVAL_SECONDS = 5;
/** Whoever asks exactly when allowed is told to slow down now and then. */
const INTERVAL_MARGIN_MS = 1_000;
const MS_PER_SECOND = 1_000;
/** An error is one word. */
const SHOWN_CHARACTERS = 100;

const ASKED = 'The device code';

/**
 * Logs a person in at GitHub by a code that is typed in anywhere.
 * @returns the GitHub token
 * @throws LoginFailure, GatewayError; the signal's reason
 * @see https://docs.github.com/en/apps/oauth-apps/building-oauth-apps/authorizing-oauth-apps#device-flow
 */
export async function logInByDevice(tools: LoginTools): Promise<string> {
  const { account, screen } = tools;
  const step = (path: string, body: JsonObject) =>
    takeLoginStep(tools, { url: joinUrl(loginBase(settingsOf(account)), path), headers: {}, body });
  const started = grantedBody(await step('/login/device/code', { client_id: CLIENT_ID, scope: SCOPE }), ASKED);
  const deviceCode = requiredText(started, 'device_code', ASKED);
  const address = requiredText(started, 'verification_uri', ASKED);
  screen.say(`Enter the code ${requiredText(started, 'user_code', ASKED)} in a browser:`);
  screen.open(address);
  const intervalSeconds = positiveNumber(started, 'interval') ?? DEFAULT_INTERVAL_SECONDS;
  const question = { client_id: CLIENT_ID, device_code: deviceCode, grant_type: DEVICE_GRANT };
  return pollLogin(tools, {
    intervalMs: intervalSeconds * MS_PER_SECOND + INTERVAL_MARGIN_MS,
    lifetimeMs: (positiveNumber(started, 'expires_in') ?? DEFAULT_CODE_SECONDS) * MS_PER_SECOND,
    ask: async () => readPoll(await step('/login/oauth/access_token', question)),
  });
}

/** GitHub puts its refusals into an answer with status 200. */
function readPoll({ status, body }: { readonly status: number; readonly body: JsonObject }): PollOutcome<string> {
  const error = oauthErrorOf(body);
  switch (error) {
    case undefined:
      break;
    case 'authorization_pending':
      return 'pending';
    case 'slow_down':
      return 'slow-down';
    case 'expired_token':
      throw new LoginFailure('The code has run out before it was entered. Begin anew.');
    case 'access_denied':
      throw new LoginFailure('The login was refused in the browser.');
    default:
      throw new LoginFailure(`GitHub refused the login (${error.slice(0, SHOWN_CHARACTERS)}).`);
  }
  if (status !== 200) return 'lost';
  return { value: requiredText(body, 'access_token', 'The login') };
}
