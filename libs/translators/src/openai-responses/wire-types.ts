/**
 * The error envelope that we write (aliases, not interfaces, so that they are JSON objects to the compiler).
 * @see https://platform.openai.com/docs/guides/error-codes/api-errors
 */
export type ResponsesErrorBody = { readonly error: ResponsesError };

type ResponsesError = {
  readonly message: string;
  readonly type: ResponsesErrorType;
  readonly param: string | null;
  readonly code: string | null;
};

/** The types that OpenAI documents, and `permission_error`, which its servers send for a 403. */
export type ResponsesErrorType =
  | 'authentication_error'
  | 'insufficient_quota'
  | 'invalid_request_error'
  | 'permission_error'
  | 'rate_limit_error'
  | 'server_error';

/** How an answer stands. @see https://platform.openai.com/docs/api-reference/responses/object */
export type ResponseStatus = 'completed' | 'failed' | 'in_progress' | 'cancelled' | 'queued' | 'incomplete';

/** Some servers end their streams as Chat Completions does; the format itself has no such event. */
export const FOREIGN_DONE = '[DONE]';
