import type { JsonObject } from '@sluice/core';
import { loginDialect } from '../login-dialect.js';
import { isForm } from '../mock-request.js';
import type { ErrorDetail, VendorDialect } from '../vendor-dialect.js';
import { identityToken } from './identity-token.js';

const LIFETIME_SECONDS = 3_600;
const INTERVAL_SECONDS = '1';
/** What each kind of grant is proved by. */
const GRANT_MEMBERS: Readonly<Record<string, readonly string[]>> = {
  authorization_code: ['code', 'redirect_uri', 'code_verifier'],
  refresh_token: ['refresh_token', 'scope'],
};

function refusal({ code = 'invalid_grant', message = 'The refresh token is invalid.' }: ErrorDetail): JsonObject {
  return { error: { code, message, type: 'invalid_request_error', param: null } };
}

/** The login of a ChatGPT plan: tokens in answer to forms, and the two steps of its device flow in JSON. */
export const CODEX_LOGIN_DIALECTS: readonly VendorDialect[] = [
  loginDialect({
    name: 'codex-token',
    path: '/oauth/token',
    requestIdHeader: 'x-request-id',
    isFor: ({ headers }) => isForm(headers),
    members: ({ grant_type: type }) => ['grant_type', 'client_id', ...(GRANT_MEMBERS[String(type)] ?? [])],
    grant: (digest) => ({
      id_token: identityToken(),
      access_token: `codex-access-${digest}`,
      refresh_token: `codex-refresh-${digest}`,
      token_type: 'Bearer',
      expires_in: LIFETIME_SECONDS,
    }),
    refusal,
  }),
  loginDialect({
    name: 'codex-user-code',
    path: '/api/accounts/deviceauth/usercode',
    requestIdHeader: 'x-request-id',
    members: () => ['client_id'],
    grant: (digest) => ({ device_auth_id: `device-${digest}`, user_code: 'MOCK-CODE', interval: INTERVAL_SECONDS }),
    refusal,
  }),
  loginDialect({
    name: 'codex-device-token',
    path: '/api/accounts/deviceauth/token',
    requestIdHeader: 'x-request-id',
    members: () => ['device_auth_id', 'user_code'],
    grant: (digest) => ({
      authorization_code: `code-${digest}`,
      code_verifier: `verifier-${digest}`,
      code_challenge: `challenge-${digest}`,
    }),
    refusal,
  }),
];
