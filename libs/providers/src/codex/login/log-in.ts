import {
  createProofKey,
  LoginFailure,
  receiveCode,
  type LoginTools,
  type LoginWish,
  type StoredLogin,
} from '@sluice/provider-kit';
import { exchangeCode } from './exchange-code.js';
import { logInByDevice } from './log-in-by-device.js';
import { authUrl, AUTHORIZE_PATH, CALLBACK, CLIENT_ID, SCOPE } from './oauth-client.js';

/** RFC 7636 wants 43 to 128 characters; this vendor's own client sends the most. */
const VERIFIER_BYTES = 96;

const TERMS =
  'Note: a plan of ChatGPT is licensed for its owner. Whether a gateway may use it is between you and the vendor; never share ' +
  'it with others. An API key of the provider "openai" has no such limits.';

/**
 * Logs in with a ChatGPT plan: a browser on this machine, or a code in any browser.
 * @param callback where a browser may come back to; default: the place that the vendor knows
 * @throws LoginFailure, GatewayError; the signal's reason
 */
export async function logIn(
  { method, flow = 'code' }: LoginWish,
  tools: LoginTools,
  callback = CALLBACK,
): Promise<StoredLogin> {
  if (method !== undefined) throw new LoginFailure('--method: there is one way to log in at ChatGPT. Leave it out.');
  if (flow !== 'code' && flow !== 'device') throw new LoginFailure('--flow must be one of code, device.');
  tools.screen.say(TERMS);
  return flow === 'device' ? logInByDevice(tools) : logInByCode(tools, callback);
}

async function logInByCode(tools: LoginTools, callback: typeof CALLBACK): Promise<StoredLogin> {
  const { verifier, challenge, state } = createProofKey(VERIFIER_BYTES);
  const address = (redirectUri: string): string =>
    `${authUrl(tools.account, AUTHORIZE_PATH)}?${new URLSearchParams({
      response_type: 'code',
      client_id: CLIENT_ID,
      redirect_uri: redirectUri,
      scope: SCOPE,
      code_challenge: challenge,
      code_challenge_method: 'S256',
      state,
      prompt: 'login',
      id_token_add_organizations: 'true',
      codex_cli_simplified_flow: 'true',
    })}`;
  const { code, redirectUri } = await receiveCode({ ...callback, state, address }, tools);
  return exchangeCode({ code, verifier, redirectUri }, tools);
}
