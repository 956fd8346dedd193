import { GatewayError } from '@sluice/core';
import type { Cancellation, PushSource } from '@sluice/streaming';
import { cancellationError } from './response-handler.js';

/**
 * Reads a whole body.
 * @throws GatewayError `upstream_invalid_response` above `maxBytes`; the source's own error; what the call was cancelled with
 */
export function readBody(source: PushSource<Buffer>, maxBytes: number, cancellation: Cancellation): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const fail = (error: unknown): void => {
      forget();
      source.cancel(error);
      reject(error);
    };
    const forget = cancellation.onCancel((reason) => {
      source.cancel(reason);
      reject(cancellationError(reason));
    });
    source.start({
      onData: (chunk) => {
        bytes += chunk.length;
        if (bytes > maxBytes) return fail(tooLarge(maxBytes));
        chunks.push(chunk);
      },
      onEnd: () => {
        forget();
        resolve(Buffer.concat(chunks, bytes));
      },
      onError: fail,
    });
  });
}

function tooLarge(maxBytes: number): GatewayError {
  return new GatewayError({
    kind: 'upstream_invalid_response',
    message: `The vendor's answer is larger than ${maxBytes} bytes.`,
  });
}
