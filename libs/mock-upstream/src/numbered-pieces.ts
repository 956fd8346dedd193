import { crc32 } from 'node:zlib';
import type { Frame } from './answer-plan.js';
import type { MockBehaviour } from './behaviour.js';
import { BehaviourError } from './read-behaviour.js';

const DEFAULT_CHUNKS = 1;
const NUMBER_DIGITS = 6;
const STAMP_DIGITS = 16;
const CHECKSUM_BYTES = 4;

/** One answer's numbered text. */
const MAX_NUMBERED_BYTES = 64 * 1024 * 1024;

/** Stands where the time of the write goes; as long as it. */
const STAMP_PLACEHOLDER = `@${'_'.repeat(STAMP_DIGITS)}`;

/**
 * Pieces that a reader can check: `#000001 `, `#000002 ` …, filled up with `x` to `chunkBytes`, so that a lost, doubled or
 * reordered one shows. With `stamp`, `@`, 16 digits and a space follow the number.
 * @throws BehaviourError when the pieces together would be larger than 64 MiB
 */
export function numberedPieces({ chunks = DEFAULT_CHUNKS, chunkBytes = 0, stamp = false }: MockBehaviour): string[] {
  if (chunks * chunkBytes > MAX_NUMBERED_BYTES) {
    throw new BehaviourError(`chunks times chunkBytes must be at most ${MAX_NUMBERED_BYTES}`);
  }
  const time = stamp ? `${STAMP_PLACEHOLDER} ` : '';
  return Array.from({ length: chunks }, (_, index) => {
    const number = `#${String(index + 1).padStart(NUMBER_DIGITS, '0')} ${time}`;
    return number.length < chunkBytes ? `${number.padEnd(chunkBytes - 1, 'x')} ` : number;
  });
}

/** Finds where a frame's time goes. */
export function withStampPosition(frame: Frame): Frame {
  const at = frame.bytes.indexOf(STAMP_PLACEHOLDER);
  return at < 0 ? frame : { ...frame, stampAt: at + 1 };
}

/** The bytes to write now: a stamped frame gets the machine's monotonic microseconds, the same clock in every process. */
export function stampedBytes(frame: Frame): Buffer {
  if (frame.stampAt === undefined) return frame.bytes;
  const bytes = Buffer.from(frame.bytes);
  bytes.write(String(process.hrtime.bigint() / 1_000n).padStart(STAMP_DIGITS, '0'), frame.stampAt, 'latin1');
  const end = bytes.length - CHECKSUM_BYTES;
  if (frame.hasChecksum === true) bytes.writeUInt32BE(crc32(bytes.subarray(0, end)), end);
  return bytes;
}
