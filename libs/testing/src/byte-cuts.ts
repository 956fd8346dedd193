import { seededRandom } from './seeded-random.js';

/** Largest piece of a random cut. Small, so that several events, and several cuts within one event, both happen. */
const MAX_RANDOM_PIECE_BYTES = 48;

/** Cuts bytes into pieces that follow each other without a gap. No piece is empty; nothing gives no piece. */
export type ByteCut = (bytes: Buffer) => readonly Buffer[];

function cutAt(bytes: Buffer, positions: readonly number[]): readonly Buffer[] {
  const starts = [0, ...positions];
  return starts
    .map((start, index) => bytes.subarray(start, starts[index + 1] ?? bytes.length))
    .filter((piece) => piece.length > 0);
}

/** One piece: the easy case. */
export const whole: ByteCut = (bytes) => cutAt(bytes, []);

/** Pieces of `size` bytes; the last may be shorter. */
export function atEvery(size: number): ByteCut {
  if (!Number.isInteger(size) || size < 1) throw new RangeError(`a piece cannot have ${size} bytes`);
  return (bytes) =>
    cutAt(
      bytes,
      Array.from({ length: Math.floor(bytes.length / size) }, (_, index) => (index + 1) * size),
    );
}

/** Every byte alone: the hardest case for whatever keeps state between pieces. */
export const oneByte: ByteCut = atEvery(1);

/** Cuts before every continuation byte, so each multibyte character of UTF-8 is torn and everything else stays together. */
export const insideUtf8: ByteCut = (bytes) => {
  const positions: number[] = [];
  for (let index = 0; index < bytes.length; index += 1) {
    if (((bytes[index] ?? 0) & 0xc0) === 0x80) positions.push(index);
  }
  return cutAt(bytes, positions);
};

/** Pieces of 1 to 48 bytes; the same seed cuts the same bytes the same way. */
export function random(seed: number): ByteCut {
  return (bytes) => {
    const next = seededRandom(seed);
    const positions: number[] = [];
    for (let position = 0; position < bytes.length;) {
      position += 1 + Math.floor(next() * MAX_RANDOM_PIECE_BYTES);
      if (position < bytes.length) positions.push(position);
    }
    return cutAt(bytes, positions);
  };
}

/** The ways to cut, under one name. */
export const byteCuts = { whole, oneByte, atEvery, insideUtf8, random } as const;

/** A row per way to cut, for `it.each(BYTE_CUTS)('… (%s)', (_, cut) => …)`. */
export const BYTE_CUTS: readonly (readonly [name: string, cut: ByteCut])[] = [
  ['whole', whole],
  ['one byte at a time', oneByte],
  ['every 7 bytes', atEvery(7)],
  ['every 64 bytes', atEvery(64)],
  ['inside characters', insideUtf8],
  ['at random, seed 1', random(1)],
  ['at random, seed 2', random(2)],
];
