import type { AnthropicErrorType } from '@sluice/core';

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
