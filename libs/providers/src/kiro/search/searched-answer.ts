import {
  EventStreamDecoder,
  EventStreamError,
  encodeMessage,
  inferHeaders,
  type EventStreamMessage,
} from '@sluice/event-stream';
import { GatewayError, readBody, type UpstreamReply } from '@sluice/provider-kit';
import type { Cancellation, PushSource, SourceListener } from '@sluice/streaming';
import { nextRound, type FinishedSearch, type SearchResult } from './next-round.js';
import { searchFrame } from './search-frame.js';
import { SearchRound, type WantedSearch } from './search-round.js';

/** What clients read of an answer. */
const CONTENT_EVENTS: ReadonlySet<string> = new Set([
  'assistantResponseEvent',
  'codeEvent',
  'reasoningContentEvent',
  'toolUseEvent',
]);

/** An error body is a sentence. */
const MAX_ERROR_BYTES = 64 * 1024;
const FIRST_ERROR_STATUS = 400;
const NO_MORE: SearchResult = { text: 'No more searches are possible. Answer with what you have.', isError: true };

/** The vendor's exceptions for what a later round fails with: the answer has begun, so it has no status of its own any more. */
const EXCEPTIONS: Readonly<Record<number, string>> = {
  400: 'ValidationException',
  401: 'AccessDeniedException',
  402: 'ServiceQuotaExceededException',
  403: 'AccessDeniedException',
  429: 'ThrottlingException',
};
const SERVER_EXCEPTION = 'InternalServerException';

export interface SearchedAnswerOptions {
  /** The answer to the first request. */
  readonly first: PushSource<Buffer>;
  /** The first request. */
  readonly body: Buffer;
  readonly maxSearches: number;
  readonly cancellation: Cancellation;
  /** Asks the model again. */
  ask(body: Buffer): Promise<UpstreamReply>;
  search(wanted: WantedSearch): Promise<SearchResult>;
}

/**
 * One answer out of several: where the model asks for searches and for nothing else, they are made, and it is asked again with what
 * they found. The client sees what the model says on the way, and each search with its result before what the model says next; what
 * an answer ends with (context, credits) comes from the last round, the credits as the sum of all.
 *
 * ```text
 *  round ─▶ searches alone, some left ─▶ search ─▶ ask again ─▶ round …
 *     └──▶ anything else, or asked again in vain ─▶ end
 * ```
 */
export class SearchedAnswer implements PushSource<Buffer> {
  readonly #options: SearchedAnswerOptions;
  #listener: SourceListener<Buffer> | undefined;
  #current: PushSource<Buffer>;
  #body: Buffer;
  #left: number;
  #isLastRound = false;
  #credits = 0;
  /** Searches that wait for the content behind them: until then the whole answer can still be begun anew. */
  #untold: FinishedSearch[] = [];
  #isPaused = false;
  #isOver = false;

  constructor(options: SearchedAnswerOptions) {
    this.#options = options;
    this.#current = options.first;
    this.#body = options.body;
    this.#left = options.maxSearches;
  }

  start(listener: SourceListener<Buffer>): void {
    this.#listener = listener;
    this.#read(this.#current);
  }

  pause(): void {
    this.#isPaused = true;
    this.#current.pause();
  }

  resume(): void {
    this.#isPaused = false;
    this.#current.resume();
  }

  cancel(reason?: unknown): void {
    this.#isOver = true;
    this.#current.cancel(reason);
  }

  #read(source: PushSource<Buffer>): void {
    this.#current = source;
    const decoder = new EventStreamDecoder();
    const round = new SearchRound();
    const held: EventStreamMessage[] = [];
    const emit = (message: EventStreamMessage): void => {
      const fate = round.take(message);
      if (fate === 'hold') held.push({ ...message, payload: Buffer.from(message.payload) });
      if (fate !== 'send') return;
      if (CONTENT_EVENTS.has(String(message.headers[':event-type']))) this.#tell();
      this.#send(message);
    };
    source.start({
      onData: (chunk) => this.#guarded(() => decoder.push(chunk, emit)),
      onEnd: () =>
        this.#guarded(() => {
          decoder.finish();
          this.#endRound(round, held);
        }),
      onError: (error) => this.#fail(error),
    });
    if (this.#isPaused) source.pause();
  }

  #endRound(round: SearchRound, held: readonly EventStreamMessage[]): void {
    this.#credits += round.credits;
    if (round.searches.length > 0 && !round.hasOtherCalls && !round.isCut && !this.#isLastRound) {
      this.#goOn(round).catch((error: unknown) => this.#fail(error));
      return;
    }
    this.#tell();
    for (const message of held) this.#send(this.#withCredits(message));
    this.#finish();
  }

  async #goOn(round: SearchRound): Promise<void> {
    const searches: FinishedSearch[] = [];
    for (const wanted of round.searches) {
      const mayBeMade = this.#left > 0;
      this.#left -= 1;
      const search = { ...wanted, ...(mayBeMade ? await this.#options.search(wanted) : NO_MORE) };
      if (this.#isOver) return;
      searches.push(search);
      if (mayBeMade) this.#untold.push(search);
    }
    this.#isLastRound = this.#left < 0;
    this.#body = nextRound(this.#body, round.text, searches);
    const reply = await this.#options.ask(this.#body);
    if (this.#isOver) return reply.body.cancel();
    if (reply.status < FIRST_ERROR_STATUS) return this.#read(reply.body);
    const bytes = await readBody(reply.body, MAX_ERROR_BYTES, this.#options.cancellation);
    this.#sendBytes(exceptionFrame(reply.status, bytes));
    this.#finish();
  }

  /** The credits of all rounds stand in the last one. */
  #withCredits(message: EventStreamMessage): EventStreamMessage {
    if (message.headers[':event-type'] !== 'meteringEvent') return message;
    const payload = { ...(JSON.parse(message.payload.toString()) as object), usage: this.#credits }; // read by the round
    return { ...message, payload: Buffer.from(JSON.stringify(payload)) };
  }

  /** Shows the searches so far. */
  #tell(): void {
    for (const search of this.#untold) this.#sendBytes(encodeMessage(searchFrame(search)));
    this.#untold = [];
  }

  #send(message: EventStreamMessage): void {
    this.#sendBytes(encodeMessage(message));
  }

  #sendBytes(bytes: Buffer): void {
    if (!this.#isOver) this.#listener?.onData(bytes);
  }

  #finish(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#listener?.onEnd();
  }

  #guarded(action: () => void): void {
    if (this.#isOver) return;
    try {
      action();
    } catch (error) {
      this.#current.cancel(error);
      this.#fail(error instanceof EventStreamError ? damaged(error) : error);
    }
  }

  #fail(error: unknown): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#listener?.onError(error);
  }
}

function exceptionFrame(status: number, body: Buffer): Buffer {
  const headers = {
    ':exception-type': EXCEPTIONS[status] ?? SERVER_EXCEPTION,
    ':content-type': 'application/json',
    ':message-type': 'exception',
  };
  return encodeMessage({ typedHeaders: inferHeaders(headers), payload: body });
}

function damaged(error: EventStreamError): GatewayError {
  return error.code === 'truncated'
    ? new GatewayError({
        kind: 'upstream_truncated',
        message: 'The vendor ended its answer before it was complete.',
        cause: error,
      })
    : new GatewayError({
        kind: 'upstream_invalid_response',
        message: 'The vendor sent a damaged event stream.',
        cause: error,
      });
}
