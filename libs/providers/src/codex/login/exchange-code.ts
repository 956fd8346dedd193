import {
  grantedBody,
  LoginFailure,
  oauthCredential,
  readTokens,
  takeLoginStep,
  type LoginTools,
  type StoredLogin,
} from '@sluice/provider-kit';
import { detailsOf } from '../credential.js';
import { authUrl, CLIENT_ID, TOKEN_PATH } from './oauth-client.js';

/** The end of every way to log in: a code for tokens. */
export interface CodeGrant {
  readonly code: string;
  readonly verifier: string;
  readonly redirectUri: string;
}

/** @throws LoginFailure, GatewayError */
export async function exchangeCode(
  { code, verifier, redirectUri }: CodeGrant,
  tools: Omit<LoginTools, 'pause'>,
): Promise<StoredLogin> {
  const step = 'The code from the browser';
  const body = new URLSearchParams({
    grant_type: 'authorization_code',
    client_id: CLIENT_ID,
    code,
    redirect_uri: redirectUri,
    code_verifier: verifier,
  });
  const answer = grantedBody(
    await takeLoginStep(tools, { url: authUrl(tools.account, TOKEN_PATH), headers: {}, body }),
    step,
  );
  const tokens = readTokens(answer, tools.clock.now());
  if (tokens === undefined) throw new LoginFailure(`${step} was answered without an access token.`);
  const details = detailsOf(answer);
  if (details['accountId'] === undefined) {
    throw new LoginFailure('The login belongs to no ChatGPT account. Log in with one that has a plan.');
  }
  return {
    place: 'ChatGPT',
    summary: describeLogin(details),
    credential: oauthCredential(tokens, details),
    members: {},
  };
}

/** One line for people, without a secret. */
export function describeLogin({ email, plan }: Readonly<Record<string, string>>): string {
  return `ChatGPT${plan === undefined ? '' : ` ${plan}`}${email === undefined ? '' : ` of ${email}`}`;
}
