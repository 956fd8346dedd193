import type { AnswerHeaders, ClientAnswer } from '@sluice/dispatch';
import { withExactInput } from './exact-input.js';

/** Some proxies close a connection that is silent for half a minute. */
export const PING_INTERVAL_MS = 25_000;
/** A larger answer is sent on from there as it comes, and says at its beginning what was known then. */
export const MAX_COLLECTED_BYTES = 32 * 1024 * 1024;

const STREAM_TYPE = 'text/event-stream';
const HEADERS: AnswerHeaders = { 'content-type': `${STREAM_TYPE}; charset=utf-8`, 'cache-control': 'no-cache' };
const PING = 'event: ping\ndata: {"type": "ping"}\n\n';
const STATUS_OK = 200;

export interface CollectedAnswerOptions {
  readonly answer: ClientAnswer;
  /** Calls `ping` again and again; what it returns ends that. */
  readonly startPings: (ping: () => void) => () => void;
  readonly maxBytes?: number;
}

/**
 * Keeps a stream of Anthropic's until it is whole, corrects the input tokens at its beginning, and sends it in one piece. While
 * the client waits it is sent pings, from the first of which on the status is 200 and a failure is an event.
 *
 * ```text
 *  waiting ── begin ──▶ collecting ── end ──▶ sent
 *     │                     └── too large ──▶ passing ── end ──▶ sent
 *     └── respond ──▶ sent                                          (no stream, or a failure)
 * ```
 */
export class CollectedAnswer implements ClientAnswer {
  readonly #answer: ClientAnswer;
  readonly #options: CollectedAnswerOptions;
  #head: { readonly status: number; readonly headers: AnswerHeaders } | undefined;
  #collected: Buffer[] | undefined;
  #collectedBytes = 0;
  #stopPings: (() => void) | undefined;

  constructor(options: CollectedAnswerOptions) {
    this.#options = options;
    this.#answer = options.answer;
  }

  /** Whether somebody began it, so that nobody begins it twice; a ping is no beginning. */
  get hasBegun(): boolean {
    return this.#head !== undefined;
  }

  get isClosed(): boolean {
    return this.#answer.isClosed;
  }

  get bytesWritten(): number {
    return this.#answer.bytesWritten;
  }

  get begunAtMs(): number | undefined {
    return this.#answer.begunAtMs;
  }

  /** The client has asked for a stream: it is kept awake from now on. */
  expectStream(): void {
    if (this.#stopPings === undefined && !this.isClosed) {
      this.#stopPings = this.#options.startPings(() => this.#ping());
    }
  }

  begin(status: number, headers: AnswerHeaders): void {
    this.#head = { status, headers };
    if (isStream(headers)) this.#collected = [];
    else this.#open();
  }

  write(item: Buffer | string): boolean {
    if (this.#collected === undefined) return this.#answer.write(item);
    const bytes = Buffer.from(item);
    this.#collected.push(bytes);
    this.#collectedBytes += bytes.length;
    return this.#collectedBytes <= (this.#options.maxBytes ?? MAX_COLLECTED_BYTES) || this.#pass();
  }

  respond(status: number, headers: AnswerHeaders, body: Buffer): void {
    this.#rest();
    const content = isStream(headers) ? Buffer.from(withExactInput(body)) : body;
    if (!this.#answer.hasBegun) return this.#answer.respond(status, headers, content);
    this.#answer.write(isStream(headers) ? content : asErrorEvent(body));
    this.#answer.end();
  }

  end(): void {
    this.#rest();
    if (this.#collected !== undefined) this.#send(withExactInput(this.#takeCollected(this.#collected)));
    this.#answer.end();
  }

  destroy(): void {
    this.#rest();
    this.#answer.destroy();
  }

  onDrain(listener: () => void): void {
    this.#answer.onDrain(listener);
  }

  onAbandoned(listener: () => void): void {
    this.#answer.onAbandoned(() => {
      this.#rest();
      listener();
    });
  }

  onClosed(listener: () => void): void {
    this.#answer.onClosed(listener);
  }

  #ping(): void {
    if (this.isClosed) return this.#rest();
    if (!this.#answer.hasBegun) this.#answer.begin(STATUS_OK, { ...HEADERS, ...this.#head?.headers });
    this.#answer.write(PING);
  }

  #rest(): void {
    this.#stopPings?.();
    this.#stopPings = undefined;
  }

  #pass(): boolean {
    const collected = this.#collected === undefined ? Buffer.alloc(0) : this.#takeCollected(this.#collected);
    this.#rest();
    return this.#send(collected);
  }

  #takeCollected(pieces: readonly Buffer[]): Buffer {
    this.#collected = undefined;
    return Buffer.concat(pieces);
  }

  #send(content: Buffer | string): boolean {
    this.#open();
    return this.#answer.write(content);
  }

  #open(): void {
    if (this.#head !== undefined && !this.#answer.hasBegun) this.#answer.begin(this.#head.status, this.#head.headers);
  }
}

/** The body of Anthropic's errors is also the data of its error events. */
function asErrorEvent(body: Buffer): string {
  return `event: error\ndata: ${body.toString()}\n\n`;
}

function isStream(headers: AnswerHeaders): boolean {
  return String(headers['content-type'] ?? '').startsWith(STREAM_TYPE);
}
