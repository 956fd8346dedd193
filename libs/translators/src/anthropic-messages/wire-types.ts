/**
 * The error envelope that we write (aliases, not interfaces, so that they are JSON objects to the compiler).
 * @see https://platform.claude.com/docs/en/api/errors
 */
export type AnthropicErrorBody = {
  readonly type: 'error';
  readonly error: AnthropicError;
  readonly request_id: string;
};

export type AnthropicError = {
  readonly type: AnthropicErrorType;
  readonly message: string;
  /** Where the SDK looks for a stable word (`errorCode`). */
  readonly details: { readonly error_code: string };
};

/** The types that Anthropic documents. */
export type AnthropicErrorType =
  | 'api_error'
  | 'authentication_error'
  | 'billing_error'
  | 'invalid_request_error'
  | 'not_found_error'
  | 'overloaded_error'
  | 'permission_error'
  | 'rate_limit_error'
  | 'request_too_large'
  | 'timeout_error';
