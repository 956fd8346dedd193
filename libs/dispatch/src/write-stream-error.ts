import type { GatewayError } from '@sluice/core';
import { serialiseSse } from '@sluice/streaming';
import type { ClientRequest } from './client-request.js';
import type { Exchange } from './exchange.js';

/**
 * Ends a begun stream with the failure in the client format's own words. When the vendor broke off inside an event, that
 * event is closed first, so that the error stands on its own.
 */
export function writeStreamError(exchange: Exchange, error: GatewayError, isInsideEvent: boolean): void {
  const { answer, request } = exchange;
  if (answer.isClosed) return;
  const events = encode(request, error);
  if (events === undefined) {
    answer.destroy();
    return;
  }
  answer.write(isInsideEvent ? `\n\n${events}` : events);
  answer.end();
}

/** Undefined when the format has no words for it, or fails to find them: its stream must end all the same. */
function encode({ format, requestId }: ClientRequest, error: GatewayError): string | undefined {
  try {
    return format.client?.encodeStreamError(error, requestId).map(serialiseSse).join('');
  } catch {
    return undefined; // the client sees a broken connection, the log the error that could not be told
  }
}
