/**
 * The error envelope that we write (aliases, not interfaces, so that they are JSON objects to the compiler).
 * @see https://platform.openai.com/docs/guides/error-codes/api-errors
 */
export type ChatErrorBody = { readonly error: ChatError };

export type ChatError = {
  readonly message: string;
  readonly type: ChatErrorType;
  readonly param: string | null;
  readonly code: string | null;
};

/** The types that OpenAI documents, and `permission_error`, which its servers send for a 403. */
export type ChatErrorType =
  | 'authentication_error'
  | 'insufficient_quota'
  | 'invalid_request_error'
  | 'permission_error'
  | 'rate_limit_error'
  | 'server_error';

/** The data of the last event of every stream. @see https://platform.openai.com/docs/api-reference/chat/streaming */
export const DONE = '[DONE]';

/** The members that hold what the model wrote, quoted, the most frequent first. */
export const CONTENT_MEMBERS = ['"content"', '"arguments"', '"reasoning_content"', '"reasoning"', '"refusal"'];
