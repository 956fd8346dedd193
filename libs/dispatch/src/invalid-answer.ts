import { GatewayError } from '@sluice/core';
import { EventStreamError } from '@sluice/event-stream';

/** The vendor's answer is such that reading it failed: its fault, as far as anybody can tell, and another may do better. */
export function invalidAnswer(cause: unknown): GatewayError {
  if (cause instanceof GatewayError) return cause;
  if (cause instanceof EventStreamError && cause.code === 'truncated') return truncatedAnswer(cause);
  return new GatewayError({
    kind: 'upstream_invalid_response',
    message: "The vendor's answer could not be understood. Try again.",
    cause,
  });
}

/** The vendor's answer stopped before it had come to its end. */
export function truncatedAnswer(cause?: unknown): GatewayError {
  return new GatewayError({
    kind: 'upstream_truncated',
    message: "The vendor's answer stopped before its end. Try again.",
    ...(cause !== undefined && { cause }),
  });
}
