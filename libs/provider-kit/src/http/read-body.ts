import { GatewayError } from '@sluice/core';
import { collect, type Cancellation, type PushSource } from '@sluice/streaming';
import { cancellationError } from './response-handler.js';

/**
 * Reads a whole body.
 * @throws GatewayError `upstream_invalid_response` above `maxBytes`; the source's own error; what the call was cancelled with
 */
export async function readBody(
  source: PushSource<Buffer>,
  maxBytes: number,
  cancellation: Cancellation,
): Promise<Buffer> {
  try {
    return await collect(source, { maxBytes, cancellation, onTooLarge: () => tooLarge(maxBytes) });
  } catch (error) {
    throw cancellation.isCancelled ? cancellationError(error) : error;
  }
}

function tooLarge(maxBytes: number): GatewayError {
  return new GatewayError({
    kind: 'upstream_invalid_response',
    message: `The vendor's answer is larger than ${maxBytes} bytes.`,
  });
}
