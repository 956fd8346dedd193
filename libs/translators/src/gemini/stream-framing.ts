import type { StreamFraming, WireCall } from '@sluice/translator-kit';

const FRAMING = 'alt';

/** Clients that do not ask for events read a stream as one JSON array. @see https://ai.google.dev/api/generate-content */
export function streamFraming({ query }: WireCall): StreamFraming {
  return new URLSearchParams(query).get(FRAMING)?.toLowerCase() === 'sse' ? 'sse' : 'json-array';
}
