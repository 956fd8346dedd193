/** The types of OpenAI's errors, and `permission_error`, which its servers send for a 403. @see https://platform.openai.com/docs/guides/error-codes/api-errors */
export type OpenAiErrorType =
  | 'authentication_error'
  | 'insufficient_quota'
  | 'invalid_request_error'
  | 'permission_error'
  | 'rate_limit_error'
  | 'server_error';

/** The types of Anthropic's errors. @see https://platform.claude.com/docs/en/api/errors */
export type AnthropicErrorType =
  | 'api_error'
  | 'authentication_error'
  | 'billing_error'
  | 'conflict_error'
  | 'invalid_request_error'
  | 'not_found_error'
  | 'overloaded_error'
  | 'permission_error'
  | 'rate_limit_error'
  | 'request_too_large'
  | 'timeout_error';

/** Google's words for failures. @see https://cloud.google.com/apis/design/errors#handling_errors */
export type GoogleErrorStatus =
  | 'ABORTED'
  | 'CANCELLED'
  | 'DEADLINE_EXCEEDED'
  | 'FAILED_PRECONDITION'
  | 'INTERNAL'
  | 'INVALID_ARGUMENT'
  | 'NOT_FOUND'
  | 'PERMISSION_DENIED'
  | 'RESOURCE_EXHAUSTED'
  | 'UNAUTHENTICATED'
  | 'UNAVAILABLE'
  | 'UNIMPLEMENTED';

/** What one kind of failure is called by everybody. */
export interface ErrorWords {
  /** In Chat Completions, Responses, Completions and Embeddings. */
  readonly openAi: OpenAiErrorType;
  readonly anthropic: AnthropicErrorType;
  readonly google: GoogleErrorStatus;
}

/** Words that several kinds share. */
export const SHARED_WORDS = {
  wrong: { openAi: 'invalid_request_error', anthropic: 'invalid_request_error', google: 'INVALID_ARGUMENT' },
  stranger: { openAi: 'authentication_error', anthropic: 'authentication_error', google: 'UNAUTHENTICATED' },
  forbidden: { openAi: 'permission_error', anthropic: 'permission_error', google: 'PERMISSION_DENIED' },
  missing: { openAi: 'invalid_request_error', anthropic: 'not_found_error', google: 'NOT_FOUND' },
  conflict: { openAi: 'invalid_request_error', anthropic: 'conflict_error', google: 'ABORTED' },
  tooLarge: { openAi: 'invalid_request_error', anthropic: 'request_too_large', google: 'INVALID_ARGUMENT' },
  throttled: { openAi: 'rate_limit_error', anthropic: 'rate_limit_error', google: 'RESOURCE_EXHAUSTED' },
  broken: { openAi: 'server_error', anthropic: 'api_error', google: 'INTERNAL' },
  away: { openAi: 'server_error', anthropic: 'api_error', google: 'UNAVAILABLE' },
  overloaded: { openAi: 'server_error', anthropic: 'overloaded_error', google: 'UNAVAILABLE' },
  late: { openAi: 'server_error', anthropic: 'timeout_error', google: 'DEADLINE_EXCEEDED' },
} as const satisfies Record<string, ErrorWords>;
