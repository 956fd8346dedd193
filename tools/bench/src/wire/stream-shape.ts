import { crc32 } from 'node:zlib';

/**
 * A streamed answer: a head, `chunks` frames of one length, a tail. Each frame carries a marker in its text,
 *
 *     #00000012@0000123456789012;      number of the chunk, then the monotonic nanosecond at which the mock wrote it
 *
 * so that a frame can be checked byte by byte with only the stamp masked, and found again after a translation.
 */
export interface StreamShape {
  readonly head: Buffer;
  /** A frame with number 0 and stamp 0. */
  readonly frame: Buffer;
  readonly tail: Buffer;
  /** Offsets inside the frame. */
  readonly numberOffset: number;
  readonly stampOffset: number;
  /** Bytes of the checksum at the frame's end, which depends on number and stamp; 0 = the format has none. */
  readonly checksumBytes: 0 | 4;
}

export const NUMBER_DIGITS = 8;
export const STAMP_DIGITS = 16;
/** Stands in the text of a shape's frame. */
export const BLANK_MARKER = `#${'0'.repeat(NUMBER_DIGITS)}@${'0'.repeat(STAMP_DIGITS)};`;

const ASCII_ZERO = 48;

/** A fresh frame with its number and stamp filled in. */
export function renderFrame(shape: StreamShape, number: number, stamp: number): Buffer {
  const { frame, numberOffset, stampOffset, checksumBytes } = shape;
  const copy = Buffer.allocUnsafe(frame.length);
  frame.copy(copy);
  writeDigits(copy, numberOffset, NUMBER_DIGITS, number);
  writeDigits(copy, stampOffset, STAMP_DIGITS, stamp);
  if (checksumBytes > 0) {
    const end = copy.length - checksumBytes;
    copy.writeUInt32BE(crc32(copy.subarray(0, end)), end);
  }
  return copy;
}

/** The whole answer with every stamp 0: what a checker compares with, the stamps masked. */
export function renderBlankStream(shape: StreamShape, chunks: number): Buffer {
  const frames = Array.from({ length: chunks }, (_, number) => renderFrame(shape, number, 0));
  return Buffer.concat([shape.head, ...frames, shape.tail]);
}

/** A shape whose frame has the blank marker somewhere in its text. */
export function streamShape(
  { head, frame, tail }: { readonly head: readonly Buffer[]; readonly frame: Buffer; readonly tail: readonly Buffer[] },
  checksumBytes: StreamShape['checksumBytes'] = 0,
): StreamShape {
  const numberOffset = frame.indexOf(BLANK_MARKER) + 1;
  return {
    head: Buffer.concat(head),
    frame,
    tail: Buffer.concat(tail),
    numberOffset,
    stampOffset: numberOffset + NUMBER_DIGITS + 1,
    checksumBytes,
  };
}

function writeDigits(target: Buffer, offset: number, width: number, value: number): void {
  let rest = value;
  for (let index = offset + width - 1; index >= offset; index--) {
    const next = Math.floor(rest / 10);
    target[index] = ASCII_ZERO + (rest - next * 10);
    rest = next;
  }
}
