import type { SseFrame } from '@sluice/core';
import { ByteAccumulator } from './byte-accumulator.js';
import { looksCut } from './looks-cut.js';
import { SseLimitError } from './sse-limit-error.js';

/**
 * The largest event that is read. Vendors repeat a whole response (base64 images included) in their last event, and the
 * 16 MiB that gateways commonly allow for one have proved to be enough.
 */
export const MAX_EVENT_BYTES = 16 * 1024 * 1024;

const EMPTY = Buffer.alloc(0);
const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;
const COLON = 0x3a;
const LETTER_A = 0x61;
const LETTER_D = 0x64;
const LETTER_E = 0x65;
const LETTER_N = 0x6e;
const LETTER_T = 0x74;
const LETTER_V = 0x76;
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf] as const;

/** Told of each complete block: the offset behind it in the scanned chunk, and its event if it has one. */
export type OnBlock = (end: number, frame: SseFrame | undefined) => void;

export interface SseScannerOptions {
  readonly maxEventBytes: number;
  /** `throw` = SseLimitError; `skip` = the event's end is found, but it gives no frame. */
  readonly onOversize: 'throw' | 'skip';
}

/** What the input left behind when it ended without a blank line. */
export interface SseRest {
  /** The last event, complete but for its blank line. */
  readonly frame?: SseFrame;
  /** The input broke off inside an event. */
  readonly isCut: boolean;
}

/**
 * Finds the events in the bytes of an event stream, wherever they are cut.
 *
 * ```text
 *  stream := BOM? block*
 *  block  := comment | line* blank          a comment in front of any field is a block of its own: nothing waits for it
 *  line   := (field (':' ' '? value)? | comment) end      end := LF | CR LF | CR
 * ```
 *
 * Lines are cut at bytes, so UTF-8 is decoded per whole line and never across a cut. A CR ends its line at once; an LF
 * that follows it in the next chunk belongs to that line still (`owesLineFeed`).
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream
 */
export class SseScanner {
  readonly #maxEventBytes: number;
  readonly #onOversize: 'throw' | 'skip';
  /** The beginning of a line whose end has not come. */
  readonly #line = new ByteAccumulator();
  /** Bytes of the current block that came in earlier chunks. */
  #blockBytes = 0;
  #hasFields = false;
  #isOversize = false;
  #isFirstLine = true;
  #endedWithCr = false;
  #data: string | undefined;
  #event: string | undefined;
  /** The last event name; most events of a stream share it, so it is compared instead of decoded. */
  #knownEvent = '';

  constructor(options: SseScannerOptions) {
    this.#maxEventBytes = options.maxEventBytes;
    this.#onOversize = options.onOversize;
  }

  /** The last block ended with a CR at the very end of its chunk: an LF that comes next is the block's last byte. */
  get owesLineFeed(): boolean {
    return this.#endedWithCr && !this.#hasFields;
  }

  /** @throws SseLimitError unless oversize events are skipped */
  scan(chunk: Buffer, onBlock: OnBlock): void {
    const length = chunk.length;
    if (length === 0) return;
    let at = this.#endedWithCr && chunk[0] === LF ? 1 : 0;
    this.#endedWithCr = false;
    let blockStart = this.#hasFields ? 0 : at;
    // native searches: a byte loop costs three times as much on a 200-byte event
    let lf = chunk.indexOf(LF, at);
    let cr = chunk.indexOf(CR, at);
    for (;;) {
      let end: number;
      let next: number;
      if (cr === -1 || (lf !== -1 && lf < cr)) {
        if (lf === -1) break;
        end = lf;
        next = lf + 1;
      } else {
        end = cr;
        next = cr + 1;
        if (next === length) this.#endedWithCr = true;
        else if (chunk[next] === LF) next += 1;
        cr = chunk.indexOf(CR, next);
      }
      if (this.#blockBytes + end - blockStart > this.#maxEventBytes) this.#overflow();
      if (this.#readLine(chunk, at, end)) {
        const frame = this.#takeFrame();
        blockStart = next;
        onBlock(next, frame);
      }
      at = next;
      if (lf !== -1 && lf < at) lf = at < length ? chunk.indexOf(LF, at) : -1;
    }
    this.#keepRest(chunk, at, blockStart);
  }

  /** The input has ended. */
  finish(): SseRest {
    if (this.#line.length > 0) this.#readLine(EMPTY, 0, 0);
    const hadFields = this.#hasFields;
    const frame = this.#takeFrame();
    if (frame === undefined) return { isCut: hadFields };
    return looksCut(frame.data) ? { isCut: true } : { frame, isCut: false };
  }

  #keepRest(chunk: Buffer, at: number, blockStart: number): void {
    this.#blockBytes += chunk.length - blockStart;
    if (this.#blockBytes > this.#maxEventBytes) this.#overflow();
    if (at === chunk.length) return;
    if (!this.#isOversize) this.#line.append(chunk, at);
    else if (this.#line.length === 0) this.#line.append(chunk, at, at + 1); // enough to tell a blank line, a comment and a field
  }

  /** @returns whether the line ends a block */
  #readLine(chunk: Buffer, start: number, end: number): boolean {
    if (this.#line.length === 0) return this.#readWholeLine(chunk, start, end);
    this.#line.append(chunk, start, end);
    const line = this.#line.view();
    const endsBlock = this.#readWholeLine(line, 0, line.length);
    this.#line.clear();
    return endsBlock;
  }

  #readWholeLine(bytes: Buffer, lineStart: number, end: number): boolean {
    let start = lineStart;
    if (this.#isFirstLine) {
      this.#isFirstLine = false;
      if (BYTE_ORDER_MARK.every((byte, index) => bytes[start + index] === byte)) start += BYTE_ORDER_MARK.length;
    }
    if (start === end) return true;
    const first = bytes[start];
    if (first === COLON) return !this.#hasFields;
    this.#hasFields = true;
    if (this.#isOversize) return false;
    if (first === LETTER_D) {
      if (isData(bytes, start)) this.#readData(bytes, start + 4, end);
    } else if (first === LETTER_E) {
      if (isEvent(bytes, start)) this.#readEvent(bytes, start + 5, end);
    }
    return false;
  }

  /** `at` is behind the field's name. */
  #readData(bytes: Buffer, at: number, end: number): void {
    const start = valueStart(bytes, at, end);
    if (start === -1) return;
    const value = bytes.toString('utf8', start, end);
    this.#data = this.#data === undefined ? value : `${this.#data}\n${value}`;
  }

  #readEvent(bytes: Buffer, at: number, end: number): void {
    const start = valueStart(bytes, at, end);
    if (start === -1) return;
    if (!isAscii(bytes, start, end, this.#knownEvent)) this.#knownEvent = bytes.toString('utf8', start, end);
    this.#event = this.#knownEvent;
  }

  #takeFrame(): SseFrame | undefined {
    const data = this.#data;
    const event = this.#event;
    this.#data = undefined;
    this.#event = undefined;
    this.#hasFields = false;
    this.#isOversize = false;
    this.#blockBytes = 0;
    if (data === undefined) return undefined;
    return event === undefined ? { kind: 'sse', data } : { kind: 'sse', event, data };
  }

  #overflow(): void {
    if (this.#onOversize === 'throw') throw new SseLimitError(this.#maxEventBytes);
    this.#isOversize = true;
    this.#data = undefined;
    this.#line.truncate(1);
  }
}

function isData(bytes: Buffer, at: number): boolean {
  return bytes[at + 1] === LETTER_A && bytes[at + 2] === LETTER_T && bytes[at + 3] === LETTER_A;
}

function isEvent(bytes: Buffer, at: number): boolean {
  return (
    bytes[at + 1] === LETTER_V && bytes[at + 2] === LETTER_E && bytes[at + 3] === LETTER_N && bytes[at + 4] === LETTER_T
  );
}

/** @returns where the field's value starts; -1 when the field's name goes on and so is another one */
function valueStart(bytes: Buffer, at: number, end: number): number {
  if (at === end) return end;
  if (at > end || bytes[at] !== COLON) return -1;
  return at + 1 < end && bytes[at + 1] === SPACE ? at + 2 : at + 1;
}

function isAscii(bytes: Buffer, start: number, end: number, text: string): boolean {
  if (end - start !== text.length) return false;
  for (let index = 0; index < text.length; index += 1) {
    const byte = bytes[start + index];
    if (byte !== text.charCodeAt(index) || byte > 0x7f) return false;
  }
  return true;
}
