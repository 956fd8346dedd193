import type { GoogleErrorStatus, JsonObject } from '@sluice/core';

/** The error envelope that we write (aliases, not interfaces, so that they are JSON objects to the compiler). */
export type GeminiErrorBody = { readonly error: GeminiError };

export type GeminiError = {
  /** The HTTP status. */
  readonly code: number;
  readonly message: string;
  readonly status: GoogleErrorStatus;
  readonly details: readonly JsonObject[];
};
