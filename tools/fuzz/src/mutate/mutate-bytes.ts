import type { Random } from '../random.js';

const MAX_CHANGES = 6;
const MAX_PIECE_BYTES = 64;
const ODD_BYTES: readonly Buffer[] = [
  Buffer.from([0x00]),
  Buffer.from([0xff]),
  Buffer.from([0xef, 0xbb, 0xbf]),
  Buffer.from([0xc3]),
  Buffer.from([0xed, 0xa0, 0x80]),
  Buffer.from([0xf0, 0x9f, 0x98]),
  Buffer.from('\r'),
  Buffer.from('\n\n'),
  Buffer.from('"'),
  Buffer.from('\\'),
  Buffer.from('\\ud800'),
  Buffer.from('{'),
  Buffer.from(']'),
  Buffer.from('data: [DONE]\n\n'),
  Buffer.from('event: error\ndata: {}\n\n'),
];

/** Bytes with a few changes that know nothing of what they mean. */
export function mutateBytes(bytes: Buffer, random: Random): Buffer {
  let changed = bytes;
  for (let changes = 1 + random.below(MAX_CHANGES); changes > 0; changes -= 1) changed = changeOnce(changed, random);
  return changed;
}

function changeOnce(bytes: Buffer, random: Random): Buffer {
  const at = random.below(bytes.length + 1);
  const size = random.below(MAX_PIECE_BYTES);
  const piece = bytes.subarray(at, at + size);
  switch (random.below(7)) {
    case 0:
      return flipped(bytes, at, random);
    case 1:
      return flipped(bytes, at, random);
    case 2:
      return spliced(bytes, at, size, []);
    case 3:
      return spliced(bytes, at, 0, [piece]);
    case 4:
      return spliced(bytes, at, random.below(3), [random.pick(ODD_BYTES)]);
    case 5:
      return spliced(bytes, random.below(bytes.length + 1), 0, [piece]);
    default:
      return random.oneIn(3)
        ? Buffer.from(bytes.subarray(0, at))
        : spliced(bytes, at, 1, [Buffer.from([random.below(256)])]);
  }
}

function flipped(bytes: Buffer, at: number, random: Random): Buffer {
  const copy = Buffer.from(bytes);
  const byte = copy[at];
  if (byte !== undefined) copy[at] = byte ^ (1 << random.below(8));
  return copy;
}

function spliced(bytes: Buffer, at: number, removed: number, pieces: readonly Buffer[]): Buffer {
  return Buffer.concat([bytes.subarray(0, at), ...pieces, bytes.subarray(at + removed)]);
}
