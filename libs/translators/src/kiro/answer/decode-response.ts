import { GatewayError, type CanonicalEvent, type CanonicalRequest, type CanonicalResponse } from '@sluice/core';
import { EventStreamDecoder, EventStreamError } from '@sluice/event-stream';
import { compose } from '@sluice/streaming';
import { accumulateResponse, invalidResponse, type TranslationContext } from '@sluice/translator-kit';
import { decodeSearch } from '../web-search/decode-search.js';
import { searchQuery } from '../web-search/search-query.js';
import { createStreamDecoder } from './create-stream-decoder.js';

/**
 * A whole answer. The vendor only streams, so the body is an event stream; only what a web search found is a document.
 * @throws GatewayError the failure that the stream tells of, `upstream_truncated` or `upstream_invalid_response`
 */
export function decodeResponse(
  body: Buffer,
  context: TranslationContext,
  request: CanonicalRequest,
): CanonicalResponse {
  const query = searchQuery(request);
  if (query !== undefined) return decodeSearch(body, query, context);
  const events: CanonicalEvent[] = [];
  const decoder = compose(new EventStreamDecoder(), createStreamDecoder(context, request));
  const emit = (event: CanonicalEvent): void => void events.push(event);
  try {
    decoder.push(body, emit);
    decoder.finish(emit);
  } catch (error) {
    throw error instanceof EventStreamError ? damaged(error) : error;
  }
  return accumulateResponse(events);
}

function damaged(error: EventStreamError): GatewayError {
  if (error.code !== 'truncated') return invalidResponse('The vendor sent a damaged event stream.', error);
  const message = 'The vendor ended its answer before it was complete.';
  return new GatewayError({ kind: 'upstream_truncated', message, cause: error });
}
