import { gatewayErrorRow, type GatewayErrorKind } from './gateway-error-kind.js';

/**
 * The 26 ways of failing that our product document names, each with the kinds that stand for it, its HTTP status, the control
 * plane's word, and the words of OpenAI's and Anthropic's clients. Two of the 26 are answers with status 200, no failures.
 */
const VARIANTS: readonly (readonly [
  variant: string,
  kind: GatewayErrorKind,
  status: number,
  control: string,
  openAi: string,
  anthropic: string,
])[] = [
  ['AuthError', 'invalid_api_key', 401, 'auth_error', 'authentication_error', 'authentication_error'],
  ['InvalidModel', 'model_not_found', 404, 'invalid_model', 'invalid_request_error', 'not_found_error'],
  ['KiroApiError', 'upstream_error', 502, 'provider_api_error', 'server_error', 'api_error'],
  ['ConfigError', 'config_error', 500, 'config_error', 'server_error', 'api_error'],
  ['ValidationError', 'invalid_request', 400, 'validation_error', 'invalid_request_error', 'invalid_request_error'],
  ['Forbidden', 'permission_denied', 403, 'forbidden', 'permission_error', 'permission_error'],
  ['SessionExpired', 'session_expired', 401, 'session_expired', 'authentication_error', 'authentication_error'],
  ['DomainNotAllowed', 'domain_not_allowed', 403, 'domain_not_allowed', 'permission_error', 'permission_error'],
  ['KiroTokenRequired', 'kiro_token_required', 403, 'kiro_token_required', 'permission_error', 'permission_error'],
  ['KiroTokenExpired', 'kiro_token_expired', 403, 'kiro_token_expired', 'permission_error', 'permission_error'],
  ['LastAdmin', 'last_admin', 409, 'last_admin', 'invalid_request_error', 'conflict_error'],
  ['GuardrailBlocked', 'guardrail_blocked', 403, 'guardrail_blocked', 'invalid_request_error', 'invalid_request_error'],
  ['NotFound', 'not_found', 404, 'not_found', 'invalid_request_error', 'not_found_error'],
  [
    'ProviderApiError',
    'upstream_invalid_request',
    400,
    'provider_api_error',
    'invalid_request_error',
    'invalid_request_error',
  ],
  [
    'ProviderNotConfigured',
    'provider_not_configured',
    403,
    'provider_not_configured',
    'permission_error',
    'permission_error',
  ],
  [
    'InvalidCredentials',
    'invalid_credentials',
    401,
    'invalid_credentials',
    'authentication_error',
    'authentication_error',
  ],
  ['AccountLocked', 'account_locked', 429, 'account_locked', 'rate_limit_error', 'rate_limit_error'],
  ['TwoFactorSetupRequired', 'totp_setup_required', 403, 'totp_setup_required', 'permission_error', 'permission_error'],
  ['CopilotAuthError', 'copilot_auth_error', 502, 'copilot_auth_error', 'server_error', 'api_error'],
  [
    'CopilotTokenExpired',
    'copilot_token_expired',
    403,
    'copilot_token_expired',
    'permission_error',
    'permission_error',
  ],
  ['RateLimited', 'rate_limited', 429, 'rate_limited', 'rate_limit_error', 'rate_limit_error'],
  ['ModelDisabled', 'model_disabled', 403, 'model_disabled', 'permission_error', 'permission_error'],
  ['ProviderDisabled', 'provider_disabled', 403, 'provider_disabled', 'permission_error', 'permission_error'],
  ['Internal', 'internal_error', 500, 'internal_error', 'server_error', 'api_error'],
];

/** A masked answer is an ordinary one with a header, and a login that needs a second step has a body of its own. */
const ANSWERS = ['GuardrailWarning', 'TwoFactorRequired'];

describe('the failures of the product document', () => {
  it('are 26, of which two are answers', () => {
    expect(new Set([...VARIANTS.map(([variant]) => variant), ...ANSWERS]).size).toBe(26);
  });

  it.each(VARIANTS)('%s is %s', (_variant, kind, status, control, openAi, anthropic) => {
    const row = gatewayErrorRow(kind);

    expect([row.status, row.controlType ?? kind, row.openAi, row.anthropic]).toEqual([
      status,
      control,
      openAi,
      anthropic,
    ]);
  });

  it.each<GatewayErrorKind>(['account_locked', 'rate_limited', 'model_cooldown', 'upstream_rate_limited'])(
    '%s says when to come back',
    (kind) => {
      expect(gatewayErrorRow(kind).retryAfter).toBe(true);
    },
  );
});
