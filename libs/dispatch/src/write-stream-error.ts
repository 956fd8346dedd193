import type { GatewayError } from '@sluice/core';
import { serialiseSse } from '@sluice/streaming';
import type { Exchange } from './exchange.js';

/**
 * Ends a begun stream with the failure in the client format's own words. When the vendor broke off inside an event, that
 * event is closed first, so that the error stands on its own.
 */
export function writeStreamError(exchange: Exchange, error: GatewayError, isInsideEvent: boolean): void {
  const { answer, request } = exchange;
  if (answer.isClosed) return;
  const client = request.format.client;
  if (client === undefined) {
    answer.destroy();
    return;
  }
  const events = client.encodeStreamError(error, request.requestId).map(serialiseSse).join('');
  answer.write(isInsideEvent ? `\n\n${events}` : events);
  answer.end();
}
