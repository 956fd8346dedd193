import {
  type FormatId,
  type GatewayError,
  type CanonicalEvent,
  type CanonicalRequest,
  type CanonicalResponse,
  type SseFrame,
} from '@sluice/core';
import { SseParser, serialiseSse } from '@sluice/streaming';
import type { TranslatedClient, TranslationContext } from '@sluice/translator-kit';
import { expectThat } from '../fuzz-fault.js';
import { checkClientStream } from '../grammar/check-client-stream.js';
import { expectBoundedBytes } from './expect-bounded.js';

/** An exchange whose answer is rendered for clients. */
export interface Exchange {
  /** The vendor's format. */
  readonly upstream: FormatId;
  readonly request: CanonicalRequest;
  readonly context: TranslationContext;
  readonly inputBytes: number;
}

/**
 * Renders events for the client and holds the result to the client's grammar. A vendor's strange words are carried back to
 * clients of its own format as they were (and such streams pass through untranslated anyway), so those are not held to it.
 * @param failure what went wrong outside of the events: told as the gateway tells it, behind what was written already
 */
export function checkClientEvents(
  { id, client }: TranslatedClient,
  { events, failure }: { readonly events: readonly CanonicalEvent[]; readonly failure: GatewayError | undefined },
  { upstream, request, context, inputBytes }: Exchange,
): void {
  const frames: SseFrame[] = [];
  const keep = (frame: SseFrame): void => void frames.push(frame);
  const encoder = client.translation.createStreamEncoder(request, context);
  for (const event of events) encoder.push(event, keep);
  if (failure === undefined) encoder.finish(keep);
  else client.encodeStreamError(failure, context.requestId).forEach(keep);
  const hasFailed = failure !== undefined || events.at(-1)?.type === 'response-error';
  if (id !== upstream) checkClientStream(id, frames, hasFailed ? 'error' : 'answer');
  checkSpelling(id, frames, inputBytes);
}

/** Renders a whole answer for the client. */
export function checkClientBody(
  { id, client }: TranslatedClient,
  response: CanonicalResponse,
  { request, context, inputBytes }: Exchange,
): void {
  const text = JSON.stringify(client.translation.encodeResponse(response, context, request));
  expectThat(text.startsWith('{'), `answer for ${id}: no JSON object`);
  expectBoundedBytes(`answer for ${id}`, Buffer.byteLength(text), inputBytes);
}

/** Frames must read back as they are: text with line ends in it would be other events. */
function checkSpelling(id: string, frames: readonly SseFrame[], inputBytes: number): void {
  const bytes = Buffer.from(frames.map(serialiseSse).join(''));
  expectBoundedBytes(`stream for ${id}`, bytes.length, inputBytes);
  let read = 0;
  const parser = new SseParser();
  const compare = (frame: SseFrame): void => {
    expectThat(frame.data === frames[read]?.data, `stream for ${id}: a frame reads back as another`);
    read += 1;
  };
  parser.push(bytes, compare);
  parser.finish(compare);
  expectThat(read === frames.length, `stream for ${id}: frames read back are more or fewer`);
}
