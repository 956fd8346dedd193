import { loginDialect } from '../login-dialect.js';

const LIFETIME_SECONDS = 28_800;
/** What each kind of grant is proved by. */
const GRANT_MEMBERS: Readonly<Record<string, readonly string[]>> = {
  authorization_code: ['code', 'state', 'redirect_uri', 'code_verifier'],
  refresh_token: ['refresh_token'],
};

/** The tokens of a subscription: OAuth in JSON; every grant gives another refresh token. */
export const ANTHROPIC_LOGIN_DIALECT = loginDialect({
  name: 'anthropic-login',
  path: '/v1/oauth/token',
  requestIdHeader: 'request-id',
  members: ({ grant_type: type }) => ['grant_type', 'client_id', ...(GRANT_MEMBERS[String(type)] ?? [])],
  grant: (digest) => ({
    token_type: 'Bearer',
    access_token: `sk-ant-oat01-mock-${digest}`,
    expires_in: LIFETIME_SECONDS,
    refresh_token: `sk-ant-ort01-mock-${digest}`,
    scope: 'user:profile user:inference',
    account: { uuid: '00000000-0000-4000-8000-0000000000aa', email_address: 'ada@example.org' },
    organization: { uuid: '00000000-0000-4000-8000-0000000000bb', name: 'Example' },
  }),
  refusal: ({ code = 'invalid_grant', message = 'Refresh token not found or invalid' }) => ({
    error: code,
    error_description: message,
  }),
});
