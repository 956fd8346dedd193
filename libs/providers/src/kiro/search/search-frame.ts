import { inferHeaders, type EventStreamMessage } from '@sluice/event-stream';
import type { FinishedSearch } from './next-round.js';

/** The format's decoder knows it; no vendor sends it. */
const EVENT_TYPE = 'sluiceWebSearchEvent';

/** Tells the format of a search that was made on the way, so that clients see it. */
export function searchFrame({
  id,
  input,
  reply,
}: FinishedSearch): Pick<EventStreamMessage, 'typedHeaders' | 'payload'> {
  const query = typeof input['query'] === 'string' ? input['query'].trim() : '';
  const headers = { ':event-type': EVENT_TYPE, ':content-type': 'application/json', ':message-type': 'event' };
  const payload = { toolUseId: id, query, ...(reply === undefined ? {} : { reply }) };
  return { typedHeaders: inferHeaders(headers), payload: Buffer.from(JSON.stringify(payload)) };
}
