import type { SseFrame } from '@sluice/core';
import type { Emit, StreamTransformer } from '../stream-transformer.js';
import { ByteAccumulator } from './byte-accumulator.js';
import { MAX_EVENT_BYTES, SseScanner, type OnBlock } from './sse-scanner.js';

/** Handshake events that are held back before the first content (design: commit). */
export const MAX_HELD_FRAMES = 16;
/** Held bytes before the first content. The Responses format echoes instructions and tools twice before it answers. */
export const MAX_HELD_BYTES = 1024 * 1024;
/** What waits for the end of its event. Beyond it the reader gets the bytes before the event is complete. */
export const MAX_PARTIAL_BYTES = 64 * 1024;

const EMPTY: Buffer = Buffer.alloc(0);
const LF = 0x0a;

/**
 * `hold`: keep it back, another attempt is still possible (after the commit the same as `pass`). `pass`: let it through;
 * the first one commits. `drop`: take exactly this event out. `stop`: neither this event nor anything after it.
 */
export type SseVerdict = 'hold' | 'pass' | 'drop' | 'stop';

export interface SseRelayOptions {
  /** Called once per event, in order, wherever the bytes are cut. Must not throw. */
  readonly judge: (frame: SseFrame) => SseVerdict;
  /** Default `MAX_HELD_FRAMES`. One more held event releases them all, as if passed. Comments count as bytes only. */
  readonly maxHeldFrames?: number;
  /** Default `MAX_HELD_BYTES`. */
  readonly maxHeldBytes?: number;
  /** Default `MAX_PARTIAL_BYTES`. */
  readonly maxPartialBytes?: number;
  /** Default `MAX_EVENT_BYTES`. A larger event passes unjudged. */
  readonly maxEventBytes?: number;
}

/**
 * Hands an event stream on byte by byte, with a judge who sees each event.
 *
 * ```text
 *  chunk ─▶ [ tail of a cut event | event | event | head of a cut event ]
 *              └─ before commit: held ──┐     │              └─ carried to the next push
 *                                       └▶ ONE emit per push: untouched bytes up to the end of the last whole event
 * ```
 *
 * A chunk of whole events goes out as the very same Buffer. Comments and blocks without data are held before the commit and
 * pass after it. An event whose beginning outgrows `maxPartialBytes` begins to go out raw; it is still judged at its end,
 * but then `drop` comes too late and counts as `pass`, and `stop` takes effect behind it.
 */
export class SseRelay implements StreamTransformer<Buffer, Buffer> {
  readonly #judge: (frame: SseFrame) => SseVerdict;
  readonly #maxHeldFrames: number;
  readonly #maxHeldBytes: number;
  readonly #maxPartialBytes: number;
  readonly #scanner: SseScanner;
  readonly #onBlock: OnBlock = (end, frame) => this.#settleBlock(end, frame);

  /** Whole events that wait for the commit. */
  readonly #held = new ByteAccumulator();
  #heldFrames = 0;
  /** The beginning of an incomplete event, none of which has gone out. */
  readonly #tail = new ByteAccumulator();
  #hasCommitted = false;
  #hasStopped = false;
  #isInsideEvent = false;
  #lastWasDropped = false;

  // one push: finished pieces, then the run of bytes that goes out untouched, then the block that is being scanned
  #chunk = EMPTY;
  #pieces: Buffer[] = [];
  #runStart = 0;
  #runEnd = 0;
  #blockStart = 0;

  constructor(options: SseRelayOptions) {
    const { maxEventBytes = MAX_EVENT_BYTES } = options;
    this.#judge = options.judge;
    this.#maxHeldFrames = options.maxHeldFrames ?? MAX_HELD_FRAMES;
    this.#maxHeldBytes = options.maxHeldBytes ?? MAX_HELD_BYTES;
    this.#maxPartialBytes = options.maxPartialBytes ?? MAX_PARTIAL_BYTES;
    this.#scanner = new SseScanner({ maxEventBytes, onOversize: 'skip' });
  }

  /** Something was passed or released: there is no way back. */
  get hasCommitted(): boolean {
    return this.#hasCommitted;
  }

  /** The judge said `stop`: nothing is emitted any more. */
  get hasStopped(): boolean {
    return this.#hasStopped;
  }

  /** What went out ends inside an event: write a blank line before anything else. */
  get isInsideEvent(): boolean {
    return this.#isInsideEvent && this.#hasCommitted;
  }

  /** Bytes of an incomplete event are kept back. After `finish`: the input broke off inside an event. */
  get hasPartialTail(): boolean {
    return this.#tail.length > 0;
  }

  push(chunk: Buffer, emit: Emit<Buffer>): void {
    if (this.#hasStopped || chunk.length === 0) return;
    this.#chunk = chunk;
    this.#runStart = this.#runEnd = this.#blockStart = 0;
    if (this.#scanner.owesLineFeed && chunk[0] === LF) this.#settleLineFeed();
    this.#scanner.scan(chunk, this.#onBlock);
    if (!this.#hasStopped && this.#blockStart < chunk.length) this.#carry();
    this.#flush(emit);
  }

  /** Judges and emits a last event that lacks only its blank line. What was broken off stays with `takePartialTail`. */
  finish(emit: Emit<Buffer>): void {
    if (this.#hasStopped) return;
    const { frame, isCut } = this.#scanner.finish();
    const verdict = frame === undefined ? 'hold' : this.#judge(frame);
    if (verdict === 'stop') this.#hasStopped = true;
    if (isCut || this.#tail.length === 0) return;
    if (verdict === 'stop' || verdict === 'drop') {
      this.#tail.clear();
      return;
    }
    this.#hold(EMPTY, 0, 0);
    if (verdict === 'pass') this.#commit();
    this.#isInsideEvent = true;
    this.#flush(emit);
  }

  /** Lets go of what is held, as if it had been passed. */
  release(emit: Emit<Buffer>): void {
    if (this.#hasStopped) return;
    this.#commit();
    this.#flush(emit);
  }

  /**
   * For a stream that ended well although its last bytes look broken off: they go out as they came, behind what `release`
   * lets go.
   */
  takePartialTail(): Buffer | undefined {
    if (this.#tail.length === 0) return undefined;
    this.#isInsideEvent = true;
    return this.#tail.take();
  }

  #settleBlock(end: number, frame: SseFrame | undefined): void {
    if (this.#hasStopped) return;
    const verdict = frame === undefined ? 'hold' : this.#judge(frame);
    this.#lastWasDropped = false;
    if (this.#isInsideEvent) {
      this.#isInsideEvent = false;
      this.#runEnd = this.#blockStart = end;
      this.#hasStopped = verdict === 'stop';
    } else if (verdict === 'stop') {
      this.#hasStopped = true;
      this.#tail.clear();
    } else if (verdict === 'drop') {
      this.#drop(end);
    } else if (verdict === 'pass' || this.#hasCommitted) {
      this.#pass(end);
    } else {
      if (frame !== undefined) this.#heldFrames += 1;
      this.#hold(this.#chunk, this.#blockStart, end);
      this.#runStart = this.#runEnd = this.#blockStart = end;
    }
  }

  #pass(end: number): void {
    if (!this.#hasCommitted) this.#commit();
    if (this.#tail.length > 0) this.#pieces.push(this.#tail.take());
    this.#runEnd = this.#blockStart = end;
  }

  #drop(end: number): void {
    this.#lastWasDropped = true;
    this.#tail.clear();
    this.#endRun();
    this.#runStart = this.#runEnd = this.#blockStart = end;
  }

  #hold(bytes: Buffer, start: number, end: number): void {
    if (this.#tail.length > 0) this.#held.append(this.#tail.view());
    this.#tail.clear();
    this.#held.append(bytes, start, end);
    if (this.#hasCommitted || this.#heldFrames > this.#maxHeldFrames || this.#held.length > this.#maxHeldBytes) {
      this.#commit();
    }
  }

  #commit(): void {
    this.#hasCommitted = true;
    if (this.#held.length > 0) this.#pieces.push(this.#held.take());
  }

  /** The second half of a CR LF whose CR ended the last block: it shares that block's fate. */
  #settleLineFeed(): void {
    this.#blockStart = 1;
    if (this.#hasCommitted && !this.#lastWasDropped) {
      this.#runEnd = 1;
      return;
    }
    if (!this.#lastWasDropped) this.#held.append(this.#chunk, 0, 1);
    this.#runStart = this.#runEnd = 1;
  }

  /** The chunk ends inside an event. */
  #carry(): void {
    const end = this.#chunk.length;
    if (this.#isInsideEvent) {
      this.#runEnd = end;
      return;
    }
    this.#tail.append(this.#chunk, this.#blockStart, end);
    if (!this.#hasCommitted) {
      if (this.#held.length + this.#tail.length <= this.#maxHeldBytes) return;
      this.#commit();
    }
    if (this.#tail.length <= this.#maxPartialBytes) return;
    this.#endRun();
    this.#pieces.push(this.#tail.take());
    this.#runStart = this.#runEnd = end;
    this.#isInsideEvent = true;
  }

  #endRun(): void {
    if (this.#runEnd > this.#runStart) this.#pieces.push(this.#chunk.subarray(this.#runStart, this.#runEnd));
  }

  #flush(emit: Emit<Buffer>): void {
    const chunk = this.#chunk;
    this.#chunk = EMPTY;
    if (this.#pieces.length === 0) {
      const runLength = this.#runEnd - this.#runStart;
      if (runLength > 0) emit(runLength === chunk.length ? chunk : chunk.subarray(this.#runStart, this.#runEnd));
      this.#runStart = this.#runEnd = 0;
      return;
    }
    if (this.#runEnd > this.#runStart) this.#pieces.push(chunk.subarray(this.#runStart, this.#runEnd));
    this.#runStart = this.#runEnd = 0;
    const [first, ...others] = this.#pieces;
    this.#pieces = [];
    if (first !== undefined) emit(others.length === 0 ? first : Buffer.concat([first, ...others]));
  }
}
