import type { JsonObject } from '@sluice/core';
import {
  grantedBody,
  LoginFailure,
  pollLogin,
  requiredText,
  takeLoginStep,
  type LoginReply,
  type LoginTools,
  type PollOutcome,
  type StoredLogin,
} from '@sluice/provider-kit';
import { exchangeCode } from './exchange-code.js';
import { authUrl, CLIENT_ID } from './oauth-client.js';

const USER_CODE_PATH = '/api/accounts/deviceauth/usercode';
const POLL_PATH = '/api/accounts/deviceauth/token';
/** The page that a person types the code into, and where its end is said to be. */
const PAGE_PATH = '/codex/device';
const REDIRECT_PATH = '/deviceauth/callback';

/** How long a code is good for. */
const CODE_LIFETIME_MS = 15 * 60_000;
const MS_PER_SECOND = 1_000;
/** Nobody has confirmed yet. */
const PENDING: ReadonlySet<number> = new Set([403, 404]);

/** By a code that is typed in anywhere. @throws LoginFailure, GatewayError; the signal's reason */
export async function logInByDevice(tools: LoginTools): Promise<StoredLogin> {
  const step = (path: string, body: JsonObject): Promise<LoginReply> =>
    takeLoginStep(tools, { url: authUrl(tools.account, path), headers: {}, body });
  const asked = 'The device code';
  const started = grantedBody(await step(USER_CODE_PATH, { client_id: CLIENT_ID }), asked);
  const deviceId = requiredText(started, 'device_auth_id', asked);
  const userCode = requiredText(started, 'user_code' in started ? 'user_code' : 'usercode', asked);
  tools.screen.say(`Type the code ${userCode} into a browser:`);
  tools.screen.open(authUrl(tools.account, PAGE_PATH));
  const grant = await pollLogin(tools, {
    intervalMs: intervalOf(started),
    lifetimeMs: CODE_LIFETIME_MS,
    ask: async () => readPoll(await step(POLL_PATH, { device_auth_id: deviceId, user_code: userCode })),
  });
  const confirmed = 'The confirmed login';
  return exchangeCode(
    {
      code: requiredText(grant, 'authorization_code', confirmed),
      verifier: requiredText(grant, 'code_verifier', confirmed),
      redirectUri: authUrl(tools.account, REDIRECT_PATH),
    },
    tools,
  );
}

function readPoll(reply: LoginReply): PollOutcome<JsonObject> {
  const { status, body } = reply;
  if (JSON.stringify(body).includes('expired')) throw new LoginFailure('The code has run out. Begin anew.');
  if (PENDING.has(status)) return 'pending';
  if (status === 429) return 'slow-down';
  if (status >= 500) return 'lost';
  return { value: grantedBody(reply, 'The login') };
}

/** Seconds, as a number or as text. */
function intervalOf({ interval }: JsonObject): number | undefined {
  const seconds = Number(interval);
  return Number.isFinite(seconds) && seconds > 0 ? seconds * MS_PER_SECOND : undefined;
}
