import type { JsonObject } from '@sluice/core';
import {
  createProofKey,
  grantedBody,
  joinUrl,
  listenForCallback,
  LoginFailure,
  oauthErrorOf,
  pollLogin,
  positiveNumber,
  requiredText,
  takeLoginStep,
  type LoginReply,
  type LoginTools,
  type PollOutcome,
} from '@sluice/provider-kit';
import { settingsOf } from '../../credential.js';
import { oidcBase } from '../../endpoints/hosts.js';
import { oidcHeaders } from '../../identity-headers.js';
import type { KiroLogin } from '../kiro-login.js';
import type { LoginPlan } from './login-wish.js';

type SsoPlan = Extract<LoginPlan, { kind: 'sso' }>;

/** Any name works; people see it where they confirm. */
const CLIENT_NAME = 'Kiro IDE';
const SCOPES = [
  'codewhisperer:completions',
  'codewhisperer:analysis',
  'codewhisperer:conversations',
  'codewhisperer:transformations',
  'codewhisperer:taskassist',
];
const DEVICE_GRANT = 'urn:ietf:params:oauth:grant-type:device_code';
const DEFAULT_CODE_SECONDS = 600;
const DEFAULT_TOKEN_SECONDS = 3_600;
const MS_PER_SECOND = 1_000;

/**
 * Logs in at AWS single sign-on: Builder ID, or an organisation's Identity Center. OAuth in JSON and camel case.
 * @see https://docs.aws.amazon.com/singlesignon/latest/OIDCAPIReference/Welcome.html
 */
export function logInBySso(plan: SsoPlan, tools: LoginTools): Promise<KiroLogin> {
  return plan.flow === 'device' ? byDevice(plan, tools) : byCode(plan, tools);
}

async function byDevice(plan: SsoPlan, tools: LoginTools): Promise<KiroLogin> {
  const step = stepsOf(plan, tools);
  const client = await registerClient(plan, step, { grantTypes: [DEVICE_GRANT, 'refresh_token'] });
  const { clientId, clientSecret } = client;
  const asked = 'The device code';
  const started = grantedBody(
    await step('/device_authorization', { clientId, clientSecret, startUrl: plan.startUrl }),
    asked,
  );
  const deviceCode = requiredText(started, 'deviceCode', asked);
  const address = started['verificationUriComplete'] ?? started['verificationUri'];
  if (typeof address !== 'string') throw new LoginFailure(`${asked} came without an address.`);
  tools.screen.say(`Confirm the code ${requiredText(started, 'userCode', asked)} in a browser:`);
  tools.screen.open(address);
  const seconds = positiveNumber(started, 'interval');
  const token = await pollLogin(tools, {
    intervalMs: seconds === undefined ? undefined : seconds * MS_PER_SECOND,
    lifetimeMs: (positiveNumber(started, 'expiresIn') ?? DEFAULT_CODE_SECONDS) * MS_PER_SECOND,
    ask: async () => readPoll(await step('/token', { clientId, clientSecret, deviceCode, grantType: DEVICE_GRANT })),
  });
  return loginOf({ plan, client, token, nowMs: tools.clock.now() });
}

async function byCode(plan: SsoPlan, tools: LoginTools): Promise<KiroLogin> {
  const step = stepsOf(plan, tools);
  const { verifier, challenge, state } = createProofKey();
  const callback = await listenForCallback({ state, signal: tools.signal });
  try {
    const { redirectUri } = callback;
    const client = await registerClient(plan, step, {
      grantTypes: ['authorization_code', 'refresh_token'],
      redirectUris: [redirectUri],
    });
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: client.clientId,
      redirect_uri: redirectUri,
      scopes: SCOPES.join(' '),
      state,
      code_challenge: challenge,
      code_challenge_method: 'S256',
    });
    tools.screen.say('Log in with a browser on this machine:');
    tools.screen.open(`${addressOf(plan, tools, '/authorize')}?${query}`);
    const code = await callback.code;
    const { clientId, clientSecret } = client;
    const grant = {
      clientId,
      clientSecret,
      code,
      codeVerifier: verifier,
      redirectUri,
      grantType: 'authorization_code',
    };
    const token = grantedBody(await step('/token', grant), 'The code from the browser');
    return loginOf({ plan, client, token, nowMs: tools.clock.now() });
  } finally {
    callback.close();
  }
}

type Step = (path: string, body: JsonObject) => Promise<LoginReply>;

function stepsOf(plan: SsoPlan, tools: LoginTools): Step {
  return (path, body) => takeLoginStep(tools, { url: addressOf(plan, tools, path), headers: oidcHeaders(), body });
}

function addressOf({ region }: SsoPlan, { account }: LoginTools, path: string): string {
  return joinUrl(oidcBase(settingsOf(account), { login: { region }, all: {} }), path);
}

interface Client {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly clientExpiresAtMs?: number;
}

async function registerClient({ startUrl }: SsoPlan, step: Step, grants: JsonObject): Promise<Client> {
  const registration = 'The registration of a client';
  const client = grantedBody(
    await step('/client/register', {
      clientName: CLIENT_NAME,
      clientType: 'public',
      scopes: SCOPES,
      issuerUrl: startUrl,
      ...grants,
    }),
    registration,
  );
  const endsAt = positiveNumber(client, 'clientSecretExpiresAt');
  return {
    clientId: requiredText(client, 'clientId', registration),
    clientSecret: requiredText(client, 'clientSecret', registration),
    ...(endsAt === undefined ? {} : { clientExpiresAtMs: endsAt * MS_PER_SECOND }),
  };
}

/** Waiting is told by errors. @see https://docs.aws.amazon.com/singlesignon/latest/OIDCAPIReference/API_CreateToken.html */
function readPoll(reply: LoginReply): PollOutcome<JsonObject> {
  const { status, body } = reply;
  if (status === 200) return { value: body };
  switch (oauthErrorOf(body)) {
    case 'authorization_pending':
      return 'pending';
    case 'slow_down':
      return 'slow-down';
    case 'expired_token':
      throw new LoginFailure('The code has run out. Begin anew.');
    case 'access_denied':
      throw new LoginFailure('The login was refused in the browser.');
    default:
      if (status >= 500 || status === 429) return 'lost';
      return { value: grantedBody(reply, 'The login') };
  }
}

function loginOf(found: {
  readonly plan: SsoPlan;
  readonly client: Client;
  readonly token: JsonObject;
  readonly nowMs: number;
}): KiroLogin {
  const { plan, client, token, nowMs } = found;
  const { profileArn } = token;
  return {
    authMethod: 'idc',
    accessToken: requiredText(token, 'accessToken', 'The login'),
    refreshToken: requiredText(token, 'refreshToken', 'The login'),
    expiresAtMs: nowMs + (positiveNumber(token, 'expiresIn') ?? DEFAULT_TOKEN_SECONDS) * MS_PER_SECOND,
    ...client,
    startUrl: plan.startUrl,
    region: plan.region,
    identityProvider: plan.isBuilderId ? 'BuilderId' : 'Enterprise',
    ...(typeof profileArn === 'string' && profileArn !== '' ? { profileArn } : {}),
  };
}
