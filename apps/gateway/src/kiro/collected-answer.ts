import type { AnswerHeaders, ClientAnswer, SignOfLife } from '@sluice/dispatch';
import { withExactInput } from './exact-input.js';

/** A larger answer is sent on from there as it comes, and says at its beginning what was known then. */
export const MAX_COLLECTED_BYTES = 32 * 1024 * 1024;

/** Some proxies close a connection that is silent for half a minute; the clients of this route know this rhythm. */
export const PING_INTERVAL_MS = 25_000;

const STREAM_TYPE = 'text/event-stream';

export interface CollectedAnswerOptions {
  readonly answer: ClientAnswer;
  /** Default `MAX_COLLECTED_BYTES`. */
  readonly maxBytes?: number;
}

/**
 * Keeps a stream of Anthropic's until it is whole, corrects the input tokens at its beginning, and sends it in one piece.
 *
 * ```text
 *  waiting ── begin ──▶ collecting ── end ──▶ sent
 *     │                     └── too large ──▶ passing ── end ──▶ sent
 *     └── respond ──▶ sent                                          (no stream, or a failure)
 * ```
 */
export class CollectedAnswer implements ClientAnswer {
  readonly isHeldBack = true;
  readonly signOfLifeMs = PING_INTERVAL_MS;
  readonly #answer: ClientAnswer;
  readonly #options: CollectedAnswerOptions;
  #head: { readonly status: number; readonly headers: AnswerHeaders } | undefined;
  #collected: Buffer[] | undefined;
  #collectedBytes = 0;

  constructor(options: CollectedAnswerOptions) {
    this.#options = options;
    this.#answer = options.answer;
  }

  /** Whether somebody began it, so that nobody begins it twice. */
  get hasBegun(): boolean {
    return this.#head !== undefined;
  }

  get isHeadSent(): boolean {
    return this.#answer.isHeadSent;
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
    const content = isStream(headers) ? Buffer.from(withExactInput(body)) : body;
    this.#answer.respond(status, headers, content);
  }

  end(): void {
    if (this.#collected !== undefined) this.#send(withExactInput(this.#takeCollected(this.#collected)));
    this.#answer.end();
  }

  keepAwake(sign: SignOfLife): void {
    this.#answer.keepAwake(sign);
  }

  destroy(): void {
    this.#answer.destroy();
  }

  onDrain(listener: () => void): void {
    this.#answer.onDrain(listener);
  }

  onAbandoned(listener: () => void): void {
    this.#answer.onAbandoned(listener);
  }

  onClosed(listener: () => void): void {
    this.#answer.onClosed(listener);
  }

  #pass(): boolean {
    const collected = this.#collected === undefined ? Buffer.alloc(0) : this.#takeCollected(this.#collected);
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

function isStream(headers: AnswerHeaders): boolean {
  return String(headers['content-type'] ?? '').startsWith(STREAM_TYPE);
}
