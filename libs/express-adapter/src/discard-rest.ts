import type { IncomingMessage } from 'node:http';

/** What a refused client may still send before its connection is cut. */
export const MAX_DISCARDED_BYTES = 64 * 1024 * 1024;
/** How long a refused client may go on sending. */
export const MAX_DISCARD_MS = 5_000;

/**
 * Reads the rest of a refused body into nothing, then cuts the connection if it does not end within the bounds.
 *
 * Not reading at all would leave the client writing into a full socket, never reading our answer; closing at once makes the
 * kernel reset the connection, and the answer is lost with it.
 */
export function discardRest(request: IncomingMessage): void {
  if (request.readableEnded || request.destroyed) return;
  let discarded = 0;
  const cut = (): void => void request.destroy();
  const timer = setTimeout(cut, MAX_DISCARD_MS).unref();
  request.on('data', (chunk: Buffer) => {
    discarded += chunk.length;
    if (discarded > MAX_DISCARDED_BYTES) cut();
  });
  request.once('end', () => clearTimeout(timer));
  request.once('close', () => clearTimeout(timer));
  request.resume();
}
