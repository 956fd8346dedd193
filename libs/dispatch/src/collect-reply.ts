import { GatewayError } from '@sluice/core';
import type { Cancellation, PushSource } from '@sluice/streaming';

/**
 * Reads a vendor's whole body.
 * @throws GatewayError `upstream_invalid_response` above `maxBytes`; the source's own error; the cancellation's reason
 */
export function collectReply(
  source: PushSource<Buffer>,
  maxBytes: number,
  cancellation: Cancellation,
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const forget = cancellation.onCancel((reason) => {
      source.cancel(reason);
      reject(reason);
    });
    if (cancellation.isCancelled) return;
    source.start({
      onData: (chunk) => {
        size += chunk.length;
        if (size <= maxBytes) {
          chunks.push(chunk);
          return;
        }
        forget();
        source.cancel('too large');
        reject(
          new GatewayError({
            kind: 'upstream_invalid_response',
            message: `The vendor's answer is larger than ${maxBytes} bytes. Ask for less, or stream the answer.`,
          }),
        );
      },
      onEnd: () => {
        forget();
        resolve(chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks, size));
      },
      onError: (error) => {
        forget();
        reject(error);
      },
    });
  });
}
