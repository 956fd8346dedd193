import type { ServerResponse } from 'node:http';
import type { AnswerPlan } from './answer-plan.js';
import { stampedBytes } from './numbered-pieces.js';

const NOTHING = Buffer.alloc(0);

/**
 * Carries out a plan on one response: waits, writes, falls silent or resets. One write per turn of the event loop, so that
 * frames arrive apart; pauses while the client does not read; stops when the connection closes.
 */
export class AnswerDelivery {
  #position = 0;
  #timer: NodeJS.Timeout | undefined;
  #hasSentContent = false;
  #hasReset = false;

  constructor(
    private readonly response: ServerResponse,
    private readonly plan: AnswerPlan,
  ) {}

  /** Whether it was the mock that broke the connection off. */
  get hasReset(): boolean {
    return this.#hasReset;
  }

  start(): void {
    this.response.once('close', () => clearTimeout(this.#timer));
    if (this.plan.delayMs > 0) this.#timer = setTimeout(() => this.#sendHead(), this.plan.delayMs);
    else this.#sendHead();
  }

  #sendHead(): void {
    const { response, plan } = this;
    if (plan.head === 'hang') return;
    if (plan.head === 'reset') return this.#reset();
    response.writeHead(plan.status, plan.headers);
    const [only, ...others] = plan.frames;
    if (others.length === 0 && plan.ending === 'end' && plan.headers['content-length'] !== undefined) {
      response.end(only?.bytes);
      return;
    }
    response.socket?.setNoDelay(true);
    response.flushHeaders();
    this.#sendNext();
  }

  readonly #sendNext = (): void => {
    const { response, plan } = this;
    if (response.destroyed) return;
    const frame = plan.frames[this.#position];
    if (frame === undefined) return this.#finish();
    this.#position += 1;
    this.#hasSentContent ||= frame.isContent;
    if (response.write(stampedBytes(frame))) this.#scheduleNext();
    else response.once('drain', () => this.#scheduleNext());
  };

  #scheduleNext(): void {
    const isPaced = this.plan.chunkDelayMs > 0 && this.#hasSentContent;
    if (isPaced && this.plan.frames[this.#position]?.isContent === true) {
      this.#timer = setTimeout(this.#sendNext, this.plan.chunkDelayMs);
    } else {
      setImmediate(this.#sendNext);
    }
  }

  #finish(): void {
    if (this.plan.ending === 'end') this.response.end();
    if (this.plan.ending === 'reset') this.#reset();
  }

  /** Behind what was written before, which a zero-length write waits for. */
  #reset(): void {
    this.#hasReset = true;
    const { socket } = this.response;
    socket?.write(NOTHING, () => socket.resetAndDestroy());
  }
}
