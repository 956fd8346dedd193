import type { JsonObject } from '@sluice/core';

/** Google's words for failures. @see https://cloud.google.com/apis/design/errors#handling_errors */
export type GoogleStatus =
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

/** The error envelope that we write (aliases, not interfaces, so that they are JSON objects to the compiler). */
export type GeminiErrorBody = { readonly error: GeminiError };

export type GeminiError = {
  /** The HTTP status. */
  readonly code: number;
  readonly message: string;
  readonly status: GoogleStatus;
  readonly details: readonly JsonObject[];
};
