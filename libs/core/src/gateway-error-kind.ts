import { SHARED_WORDS, type ErrorWords } from './gateway-error-words.js';

/** Everything that clients are told about one kind of failure, and what its reader is told to do. */
export interface GatewayErrorRow extends ErrorWords {
  readonly status: number;
  /** Whether a vendor's own status is handed on instead. */
  readonly fromUpstream: boolean;
  /** OpenAI's own code, where it has one for this; absent = the kind is the code, as everywhere else. */
  readonly openAiCode?: string;
  /** What the control plane calls it; absent = the kind. */
  readonly controlType?: string;
  /** Whether the answer says in `retry-after` when to come back, where that is known. */
  readonly retryAfter: boolean;
  readonly meaning: string;
  /** One sentence for whoever gets the error. */
  readonly advice: string;
}

const own = { fromUpstream: false, retryAfter: false } as const;
const ownLater = { fromUpstream: false, retryAfter: true } as const;
/** What vendors say may always come with a time of theirs. */
const upstream = { fromUpstream: true, retryAfter: true, controlType: 'provider_api_error' } as const;
const upstreamAsOwn = { fromUpstream: false, retryAfter: true, controlType: 'provider_api_error' } as const;
const { wrong, stranger, forbidden, missing, conflict, tooLarge, throttled, broken, away, overloaded, late } =
  SHARED_WORDS;

/**
 * Every way an exchange can fail. The key is the stable `code` that clients may script against. This is the only table: the
 * formats' bodies, the control plane's, and docs/errors.md are made of it.
 */
export const GATEWAY_ERRORS = {
  invalid_request: {
    status: 400,
    ...own,
    ...wrong,
    controlType: 'validation_error',
    meaning: 'The body, a header or a member is wrong.',
    advice: 'Correct what the message names, and send the request again.',
  },
  previous_response_not_found: {
    status: 400,
    ...own,
    ...wrong,
    meaning: 'The request continues an answer that neither the gateway nor a vendor for the model remembers.',
    advice: 'Send the whole conversation instead of the id.',
  },
  invalid_api_key: {
    status: 401,
    ...own,
    ...stranger,
    controlType: 'auth_error',
    meaning: 'No key of this gateway was sent, or an unknown one.',
    advice: 'Send a key of this gateway, not of the vendor.',
  },
  invalid_credentials: {
    status: 401,
    ...own,
    ...stranger,
    meaning: 'The name or the password is wrong.',
    advice: 'Check both and log in again.',
  },
  session_expired: {
    status: 401,
    ...own,
    ...stranger,
    meaning: 'The login to the admin pages is over.',
    advice: 'Log in again.',
  },
  permission_denied: {
    status: 403,
    ...own,
    ...forbidden,
    controlType: 'forbidden',
    meaning: 'The caller is known but may not do this.',
    advice: 'Use a key that may, or ask the operator for the permission.',
  },
  domain_not_allowed: {
    status: 403,
    ...own,
    ...forbidden,
    meaning: 'Logins from the domain of this e-mail address are not let in.',
    advice: 'Log in with an address of an allowed domain, or ask an administrator to allow it.',
  },
  totp_setup_required: {
    status: 403,
    ...own,
    ...forbidden,
    meaning: 'A second factor is required and none is set up.',
    advice: 'Set up an authenticator app, then go on.',
  },
  kiro_token_required: {
    status: 403,
    ...own,
    ...forbidden,
    meaning: 'The model is served by Kiro, and the caller has no Kiro login.',
    advice: 'Connect a Kiro login on the providers page.',
  },
  kiro_token_expired: {
    status: 403,
    ...own,
    ...forbidden,
    meaning: "The caller's Kiro login is over and cannot be renewed.",
    advice: 'Connect the Kiro login again on the providers page.',
  },
  copilot_token_expired: {
    status: 403,
    ...own,
    ...forbidden,
    meaning: "The caller's GitHub Copilot login is over.",
    advice: 'Connect the GitHub Copilot login again on the providers page.',
  },
  provider_not_configured: {
    status: 403,
    ...own,
    ...forbidden,
    meaning: 'The caller has no account at the provider that serves the model.',
    advice: 'Connect an account of the provider, or ask for a model of another one.',
  },
  provider_disabled: {
    status: 403,
    ...own,
    ...forbidden,
    meaning: 'An administrator has switched the provider off.',
    advice: 'Ask for a model of another provider.',
  },
  model_disabled: {
    status: 403,
    ...own,
    ...forbidden,
    meaning: 'An administrator has switched the model off.',
    advice: 'Ask for another model; GET /v1/models lists them.',
  },
  insufficient_quota: {
    status: 403,
    ...ownLater,
    openAi: 'insufficient_quota',
    anthropic: 'billing_error',
    google: 'PERMISSION_DENIED',
    meaning: 'A budget of this gateway is used up.',
    advice: 'Wait for the next period, or ask the operator to raise the budget.',
  },
  guardrail_blocked: {
    status: 403,
    ...own,
    openAi: 'invalid_request_error',
    openAiCode: 'content_filter',
    anthropic: 'invalid_request_error',
    google: 'PERMISSION_DENIED',
    meaning: 'A content rule refused the request or the answer.',
    advice: 'Change the content that the rule refuses.',
  },
  not_found: {
    status: 404,
    ...own,
    ...missing,
    meaning: 'There is no such route or object.',
    advice: 'Check the path; GET / lists the routes.',
  },
  model_not_found: {
    status: 404,
    ...own,
    ...missing,
    controlType: 'invalid_model',
    meaning: 'No account serves this model name.',
    advice: 'Use one of the names that the message or GET /v1/models lists.',
  },
  method_not_allowed: {
    status: 405,
    ...own,
    ...wrong,
    meaning: 'The route takes other methods.',
    advice: 'Use a method that the `allow` header lists.',
  },
  request_timeout: {
    status: 408,
    ...own,
    openAi: 'invalid_request_error',
    anthropic: 'timeout_error',
    google: 'DEADLINE_EXCEEDED',
    meaning: 'The body did not arrive in time.',
    advice: 'Send the whole body without pauses.',
  },
  last_admin: {
    status: 409,
    ...own,
    ...conflict,
    meaning: 'The change would leave no administrator.',
    advice: 'Make somebody else an administrator first.',
  },
  request_too_large: {
    status: 413,
    ...own,
    ...tooLarge,
    meaning: 'The body is larger than this gateway takes.',
    advice: 'Send less, or ask the operator to raise `server.maxBodyBytes`.',
  },
  unsupported_media_type: {
    status: 415,
    ...own,
    ...wrong,
    meaning: 'The content type or the content encoding is none that we read.',
    advice: 'Send JSON, plain or compressed as the message says.',
  },
  rate_limited: {
    status: 429,
    ...ownLater,
    ...throttled,
    meaning: 'A limit of this gateway is reached.',
    advice: 'Wait as long as `retry-after` says.',
  },
  account_locked: {
    status: 429,
    ...ownLater,
    ...throttled,
    meaning: 'Too many logins have failed.',
    advice: 'Wait as long as `retry-after` says, then log in again.',
  },
  model_cooldown: {
    status: 429,
    ...ownLater,
    ...throttled,
    meaning: 'Every account for the model is cooling down.',
    advice: 'Wait as long as `retry-after` says.',
  },
  client_closed: {
    status: 499,
    ...own,
    openAi: 'server_error',
    anthropic: 'api_error',
    google: 'CANCELLED',
    meaning: 'The client went away before the end of the answer; only the log shows it.',
    advice: 'Nothing: nobody reads this answer.',
  },
  internal_error: {
    status: 500,
    ...own,
    ...broken,
    meaning: 'This gateway failed.',
    advice: 'Tell the operator the request id: the log has the reason.',
  },
  config_error: {
    status: 500,
    ...own,
    ...broken,
    meaning: 'This gateway lacks a setting or a part that the request needs.',
    advice: 'Ask the operator to set what the message names.',
  },
  unsupported_translation: {
    status: 501,
    ...own,
    openAi: 'server_error',
    anthropic: 'api_error',
    google: 'UNIMPLEMENTED',
    meaning: 'No account speaks a format that this request can be brought into.',
    advice: 'Ask in a format that the vendor speaks, or for another model.',
  },
  copilot_auth_error: {
    status: 502,
    ...own,
    ...away,
    meaning: 'The login with GitHub Copilot failed on their side.',
    advice: 'Try the login again; the message says what GitHub answered.',
  },
  no_account_available: {
    status: 503,
    ...own,
    ...overloaded,
    meaning: 'Accounts for the model exist, but none can be used.',
    advice: 'Ask the operator to enable an account, or ask for another model.',
  },
  shutting_down: {
    status: 503,
    ...own,
    ...overloaded,
    meaning: 'This gateway is being stopped.',
    advice: 'Send the request again; another replica takes it.',
  },
  upstream_invalid_request: {
    status: 400,
    ...upstream,
    ...wrong,
    meaning: 'The vendor says that the request is wrong.',
    advice: "Correct what the vendor's message names.",
  },
  upstream_context_length: {
    status: 400,
    ...upstream,
    ...wrong,
    openAiCode: 'context_length_exceeded',
    meaning: 'The vendor says that the prompt and the answer do not fit the model.',
    advice: 'Shorten the conversation, or use a model with a longer context.',
  },
  upstream_not_found: {
    status: 404,
    ...upstream,
    ...missing,
    meaning: 'The vendor does not have the model, or what the request refers to.',
    advice: 'Check the name that the message gives, and whether the account may use the model.',
  },
  upstream_request_too_large: {
    status: 413,
    ...upstream,
    ...tooLarge,
    meaning: 'The body is larger than the vendor takes.',
    advice: 'Send less.',
  },
  upstream_rate_limited: {
    status: 429,
    ...upstream,
    ...throttled,
    openAiCode: 'rate_limit_exceeded',
    meaning: 'The vendor throttles every account that was asked.',
    advice: 'Wait as long as `retry-after` says.',
  },
  upstream_quota_exhausted: {
    status: 429,
    ...upstream,
    openAi: 'insufficient_quota',
    openAiCode: 'insufficient_quota',
    anthropic: 'rate_limit_error',
    google: 'RESOURCE_EXHAUSTED',
    meaning: "The vendor's account has no credit or quota left.",
    advice: 'Ask the operator to top the account up; waiting a moment does not help.',
  },
  /** Not 401: agents log their user out on a 401, and it is our credential that was refused. */
  upstream_auth_failed: {
    status: 502,
    ...upstreamAsOwn,
    ...away,
    meaning: 'The vendor refuses our credential.',
    advice: 'Ask the operator to renew the credential; the key of this gateway is in order.',
  },
  upstream_overloaded: {
    status: 503,
    ...upstream,
    ...overloaded,
    openAiCode: 'server_is_overloaded',
    meaning: 'The vendor has no capacity now.',
    advice: 'Try again in a moment.',
  },
  upstream_error: {
    status: 502,
    ...upstream,
    ...broken,
    meaning: 'The vendor failed.',
    advice: 'Try again in a moment.',
  },
  upstream_unreachable: {
    status: 502,
    ...upstreamAsOwn,
    ...away,
    meaning: 'The vendor cannot be reached.',
    advice: 'Try again in a moment; if it stays so, the operator checks the network and the address.',
  },
  upstream_invalid_response: {
    status: 502,
    ...upstreamAsOwn,
    ...broken,
    meaning: 'The vendor answered something that its format does not allow.',
    advice: 'Try again; if it stays so, tell the operator the request id.',
  },
  upstream_truncated: {
    status: 502,
    ...upstreamAsOwn,
    ...broken,
    meaning: "The vendor's answer stopped before its end.",
    advice: 'Send the request again.',
  },
  upstream_timed_out: {
    status: 504,
    ...upstream,
    ...late,
    meaning: 'The vendor gave up waiting.',
    advice: 'Send the request again, or ask for less at once.',
  },
  upstream_silent: {
    status: 504,
    ...upstreamAsOwn,
    ...late,
    meaning: 'The vendor was silent for longer than we wait.',
    advice: 'Send the request again, or ask the operator to raise the timeouts.',
  },
} as const satisfies Record<string, GatewayErrorRow>;

/** The closed set of failures. */
export type GatewayErrorKind = keyof typeof GATEWAY_ERRORS;

/** The row of a kind, with the members that not every row has. */
export function gatewayErrorRow(kind: GatewayErrorKind): GatewayErrorRow {
  return GATEWAY_ERRORS[kind];
}
