import { GatewayError } from '@sluice/core';

/** What is no error of ours becomes one that tells the client nothing but that; the cause goes to the log. */
export function toGatewayError(cause: unknown): GatewayError {
  if (cause instanceof GatewayError) return cause;
  return new GatewayError({
    kind: 'internal_error',
    message: 'The gateway failed while it handled this request. The log has the details under the request id.',
    cause,
  });
}
