import { crc32 } from 'node:zlib';
import type { BinaryFrame } from '@sluice/core';
import { encodeMessage, inferHeaders, type EncodableMessage } from '@sluice/event-stream';
import type { Random } from '../random.js';
import { mutateBytes } from './mutate-bytes.js';
import { mutateItems } from './mutate-items.js';
import { mutateJson } from './mutate-json.js';

type Header = EncodableMessage['typedHeaders'][number];

const PRELUDE_CRC_OFFSET = 8;
const MESSAGE_CRC_BYTES = 4;
const HEADER_NAMES = [
  ':event-type',
  ':message-type',
  ':exception-type',
  ':error-code',
  ':content-type',
  '__proto__',
  'x',
];
const HEADER_TEXTS = ['event', 'exception', 'error', '', 'x', 'ValidationException', 'toString', '__proto__'];

/** An AWS event stream with messages, headers and payloads changed under good checksums, or with damaged bytes. */
export function mutateFrames(frames: readonly BinaryFrame[], others: readonly BinaryFrame[], random: Random): Buffer {
  const changed = mutateItems(
    frames.map(toMessage),
    { others: others.map(toMessage), change: (message) => changeMessage(message, random) },
    random,
  );
  const pieces = changed.map((message) => encodeMessage(message));
  if (pieces.length > 0 && random.oneIn(4)) {
    const at = random.below(pieces.length);
    const damaged = mutateBytes(pieces[at] ?? Buffer.alloc(0), random);
    pieces[at] = random.oneIn(2) ? withGoodChecksums(damaged) : damaged;
  }
  return Buffer.concat(pieces);
}

function toMessage({ headers, payload }: BinaryFrame): EncodableMessage {
  return { typedHeaders: inferHeaders(headers), payload };
}

function changeMessage(message: EncodableMessage, random: Random): EncodableMessage {
  switch (random.below(5)) {
    case 0:
      return { ...message, typedHeaders: changeHeaders(message.typedHeaders, random) };
    case 1:
      return { ...message, payload: mutateBytes(Buffer.from(message.payload), random) };
    default:
      return { ...message, payload: Buffer.from(mutateJson(Buffer.from(message.payload).toString(), random)) };
  }
}

function changeHeaders(headers: readonly Header[], random: Random): readonly Header[] {
  const kept = headers.filter(() => !random.oneIn(4));
  const name = random.pick(HEADER_NAMES);
  const others = kept.filter((header) => header.name !== name);
  return random.oneIn(4) ? kept : [...others, oddHeader(name, random)];
}

function oddHeader(name: string, random: Random): Header {
  switch (random.below(8)) {
    case 0:
      return { name, type: 'boolean', value: random.oneIn(2) };
    case 1:
      return { name, type: 'integer', value: random.below(100) };
    case 2:
      return { name, type: 'timestamp', value: BigInt(random.below(100)) };
    case 3:
      return { name, type: 'byte-array', value: Buffer.from([random.below(256)]) };
    default:
      return { name, type: 'string', value: random.pick(HEADER_TEXTS) };
  }
}

/** The same bytes with checksums that match, so that what lies behind the checks is tried, too. */
function withGoodChecksums(bytes: Buffer): Buffer {
  if (bytes.length < PRELUDE_CRC_OFFSET + 2 * MESSAGE_CRC_BYTES) return bytes;
  const copy = Buffer.from(bytes);
  copy.writeUInt32BE(copy.length, 0);
  copy.writeUInt32BE(crc32(copy.subarray(0, PRELUDE_CRC_OFFSET)), PRELUDE_CRC_OFFSET);
  const crcOffset = copy.length - MESSAGE_CRC_BYTES;
  copy.writeUInt32BE(crc32(copy.subarray(0, crcOffset)), crcOffset);
  return copy;
}
