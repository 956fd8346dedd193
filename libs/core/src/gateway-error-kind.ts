interface StatusRow {
  readonly status: number;
  /** Whether a vendor's own status is handed on instead. */
  readonly fromUpstream: boolean;
}

const own = (status: number): StatusRow => ({ status, fromUpstream: false });
const upstream = (status: number): StatusRow => ({ status, fromUpstream: true });

/**
 * Every way an exchange can fail, with its HTTP status. The key is also the stable `code` that clients may script against.
 * Wire shapes (type, envelope) are tables over these kinds in each format's `encode-error.ts`.
 */
export const GATEWAY_ERROR_STATUS = {
  /** The body, a header or a member is wrong. */
  invalid_request: own(400),
  /** No Sluice key, or an unknown one. */
  invalid_api_key: own(401),
  /** The key is known but may not do this. */
  permission_denied: own(403),
  /** A budget is used up. */
  insufficient_quota: own(403),
  /** A content rule refused the request or the answer. */
  guardrail_blocked: own(403),
  /** No such route. */
  not_found: own(404),
  /** No account serves this model name. */
  model_not_found: own(404),
  method_not_allowed: own(405),
  /** The body did not arrive in time. */
  request_timeout: own(408),
  request_too_large: own(413),
  /** A content type or content encoding that we do not read. */
  unsupported_media_type: own(415),
  /** A limit of this gateway. */
  rate_limited: own(429),
  /** Every account for the model is cooling down. */
  model_cooldown: own(429),
  /** The client went away; nobody reads this answer (logs only). */
  client_closed: own(499),
  internal_error: own(500),
  /** No account speaks a format that this request can be brought into. */
  unsupported_translation: own(501),
  /** Accounts for the model exist, but none can be used now. */
  no_account_available: own(503),
  /** We are draining. */
  shutting_down: own(503),
  /** The vendor says that the request is wrong. */
  upstream_invalid_request: upstream(400),
  /** The vendor says that the prompt and the answer do not fit the model. */
  upstream_context_length: upstream(400),
  upstream_not_found: upstream(404),
  upstream_request_too_large: upstream(413),
  upstream_rate_limited: upstream(429),
  /** The vendor's account has no credit or quota left; waiting a moment does not help. */
  upstream_quota_exhausted: upstream(429),
  /** The vendor refuses our credential. Not 401: agents log their user out on a 401. */
  upstream_auth_failed: own(502),
  /** The vendor has no capacity now. */
  upstream_overloaded: upstream(503),
  /** The vendor's own failure. */
  upstream_error: upstream(502),
  upstream_unreachable: own(502),
  /** The vendor answered something that its format does not allow. */
  upstream_invalid_response: own(502),
  /** The vendor's answer stopped before its end. */
  upstream_truncated: own(502),
  /** The vendor gave up waiting (408, 504). */
  upstream_timed_out: upstream(504),
  /** The vendor was silent for longer than we wait. */
  upstream_silent: own(504),
} as const satisfies Record<string, StatusRow>;

/** The closed set of failures. */
export type GatewayErrorKind = keyof typeof GATEWAY_ERROR_STATUS;
