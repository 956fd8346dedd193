import {
  createProofKey,
  grantedBody,
  LoginFailure,
  oauthCredential,
  readTokens,
  receiveCode,
  takeLoginStep,
  type LoginTools,
  type LoginWish,
  type StoredLogin,
} from '@sluice/provider-kit';
import { accountDetails, authorizeUrl, CALLBACK, CLIENT_ID, SCOPE, tokenUrl } from './oauth-client.js';

/** RFC 7636 wants 43 to 128 characters; this vendor's own client sends the most. */
const VERIFIER_BYTES = 96;

const TERMS =
  'Note: a subscription is licensed for its owner and for the vendor’s own programs. Whether a gateway may use it is between ' +
  'you and the vendor; never share it with others. An API key has no such limits.';

/**
 * Logs in with a subscription (Pro, Max, Team): a browser, a code, tokens in JSON.
 * @param callback where a browser may come back to; default: the place that the vendor knows
 * @throws LoginFailure, GatewayError; the signal's reason
 */
export async function logIn(
  { flow, method }: LoginWish,
  tools: Omit<LoginTools, 'pause'>,
  callback = CALLBACK,
): Promise<StoredLogin> {
  if (method !== undefined) throw new LoginFailure('--method: there is one way to log in at Anthropic. Leave it out.');
  if (flow !== undefined && flow !== 'code') throw new LoginFailure('--flow must be code at Anthropic.');
  const { screen, account, clock } = tools;
  screen.say(TERMS);
  const { verifier, challenge, state } = createProofKey(VERIFIER_BYTES);
  const { code, redirectUri } = await receiveCode(
    {
      ...callback,
      state,
      address: (back) =>
        `${authorizeUrl(account)}?${new URLSearchParams({
          code: 'true',
          client_id: CLIENT_ID,
          response_type: 'code',
          redirect_uri: back,
          scope: SCOPE,
          code_challenge: challenge,
          code_challenge_method: 'S256',
          state,
        })}`,
    },
    tools,
  );
  const step = 'The code from the browser';
  const body = {
    grant_type: 'authorization_code',
    code,
    state,
    client_id: CLIENT_ID,
    redirect_uri: redirectUri,
    code_verifier: verifier,
  };
  const answer = grantedBody(await takeLoginStep(tools, { url: tokenUrl(account), headers: {}, body }), step);
  const tokens = readTokens(answer, clock.now());
  if (tokens === undefined) throw new LoginFailure(`${step} was answered without an access token.`);
  const details = accountDetails(answer);
  const whose = details['email'] === undefined ? '' : ` of ${details['email']}`;
  return {
    place: 'Anthropic',
    summary: `subscription${whose}`,
    credential: oauthCredential(tokens, details),
    members: { login: true },
  };
}
