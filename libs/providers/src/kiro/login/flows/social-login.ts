import type { JsonObject } from '@sluice/core';
import {
  createProofKey,
  grantedBody,
  joinUrl,
  listenForCallback,
  LoginFailure,
  pollLogin,
  positiveNumber,
  requiredText,
  takeLoginStep,
  type LoginReply,
  type LoginTools,
  type PollOutcome,
} from '@sluice/provider-kit';
import { settingsOf } from '../../credential.js';
import { socialAuthBase } from '../../endpoints/hosts.js';
import { socialAuthHeaders } from '../../identity-headers.js';
import { machineIdOf } from '../../machine-id.js';
import type { KiroLogin } from '../kiro-login.js';
import type { LoginPlan } from './login-wish.js';

type SocialPlan = Extract<LoginPlan, { kind: 'social' }>;

const CLIENT_ID = 'kiro-cli';
/** The ports that the vendor lets a browser come back to. */
const PORTS = [3128, 4649, 6588, 8008, 9091, 49153, 50153, 51153, 52153, 53153];
const DEFAULT_CODE_MS = 300_000;
const DEFAULT_TOKEN_SECONDS = 3_600;
const MS_PER_SECOND = 1_000;

/** Logs in at Kiro's own service, with an account at Google or GitHub. */
export function logInSocially(plan: SocialPlan, tools: LoginTools): Promise<KiroLogin> {
  return plan.flow === 'device' ? byDevice(plan, tools) : byCode(plan, tools);
}

async function byDevice({ identityProvider }: SocialPlan, tools: LoginTools): Promise<KiroLogin> {
  const asked = 'The device code';
  const started = grantedBody(
    await step(tools, '/oauth/device/authorization', { clientId: CLIENT_ID, loginProvider: identityProvider }),
    asked,
  );
  const deviceCode = requiredText(started, 'deviceCode', asked);
  const address = started['verificationUriComplete'] ?? started['verificationUri'];
  if (typeof address !== 'string') throw new LoginFailure(`${asked} came without an address.`);
  tools.screen.say(`Confirm the code ${requiredText(started, 'userCode', asked)} in a browser:`);
  tools.screen.open(address);
  const token = await pollLogin(tools, {
    intervalMs: positiveNumber(started, 'intervalInMilliseconds'),
    lifetimeMs: positiveNumber(started, 'expiresInMilliseconds') ?? DEFAULT_CODE_MS,
    ask: async () => readPoll(await step(tools, '/oauth/device/poll', { clientId: CLIENT_ID, deviceCode })),
  });
  return loginOf(token, identityProvider, tools.clock.now());
}

async function byCode({ identityProvider }: SocialPlan, tools: LoginTools): Promise<KiroLogin> {
  const { verifier, challenge, state } = createProofKey();
  const callback = await listenForCallback({ state, ports: PORTS, signal: tools.signal });
  try {
    const { redirectUri } = callback;
    const query = new URLSearchParams({
      idp: identityProvider,
      redirect_uri: redirectUri,
      code_challenge: challenge,
      code_challenge_method: 'S256',
      state,
      prompt: 'select_account',
    });
    tools.screen.say('Log in with a browser on this machine:');
    tools.screen.open(`${addressOf(tools, '/login')}?${query}`);
    const code = await callback.code;
    // the one request here in snake case
    const grant = { code, code_verifier: verifier, redirect_uri: redirectUri };
    const token = grantedBody(await step(tools, '/oauth/token', grant), 'The code from the browser');
    return loginOf(token, identityProvider, tools.clock.now());
  } finally {
    callback.close();
  }
}

function step(tools: LoginTools, path: string, body: JsonObject): Promise<LoginReply> {
  const settings = settingsOf(tools.account);
  const machineId = machineIdOf({ declared: settings.machineId, accountId: tools.account.id });
  return takeLoginStep(tools, { url: addressOf(tools, path), headers: socialAuthHeaders(machineId, settings), body });
}

function addressOf({ account }: LoginTools, path: string): string {
  const settings = settingsOf(account);
  return joinUrl(socialAuthBase(settings, { login: settings, all: {} }), path);
}

/** Waiting is told inside a success. */
function readPoll(reply: LoginReply): PollOutcome<JsonObject> {
  if (reply.status >= 500 || reply.status === 429) return 'lost';
  const body = grantedBody(reply, 'The login');
  if (typeof body['accessToken'] === 'string') return { value: body };
  const status = String(body['status'] ?? '');
  if (status.includes('expired')) throw new LoginFailure('The code has run out. Begin anew.');
  if (status.includes('denied')) throw new LoginFailure('The login was refused in the browser.');
  return status.includes('slow_down') ? 'slow-down' : 'pending';
}

function loginOf(token: JsonObject, identityProvider: string, nowMs: number): KiroLogin {
  const { profileArn } = token;
  return {
    authMethod: 'social',
    accessToken: requiredText(token, 'accessToken', 'The login'),
    refreshToken: requiredText(token, 'refreshToken', 'The login'),
    expiresAtMs: nowMs + (positiveNumber(token, 'expiresIn') ?? DEFAULT_TOKEN_SECONDS) * MS_PER_SECOND,
    identityProvider,
    ...(typeof profileArn === 'string' && profileArn !== '' ? { profileArn } : {}),
  };
}
