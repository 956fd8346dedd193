import { crc32 as independentCrc32 } from '@aws-crypto/crc32';
import { jest } from '@jest/globals';
import fc from 'fast-check';
import { decodeAll } from './__fixtures__/decode-all.js';
import { encodeMessage, type EncodableMessage } from './encode-message.js';
import type { EventStreamHeader } from './header.js';

const int64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
const name = fc.string({ minLength: 1, maxLength: 60, unit: 'grapheme' });
const value = fc.oneof(
  fc.record({ type: fc.constant('boolean' as const), value: fc.boolean() }),
  fc.record({ type: fc.constant('byte' as const), value: fc.integer({ min: -128, max: 127 }) }),
  fc.record({ type: fc.constant('short' as const), value: fc.integer({ min: -32_768, max: 32_767 }) }),
  fc.record({ type: fc.constant('integer' as const), value: fc.integer() }),
  fc.record({ type: fc.constantFrom('long' as const, 'timestamp' as const), value: int64 }),
  fc.record({ type: fc.constant('byte-array' as const), value: fc.uint8Array({ maxLength: 300 }) }),
  fc.record({ type: fc.constant('string' as const), value: fc.string({ maxLength: 300, unit: 'grapheme' }) }),
  fc.record({ type: fc.constant('uuid' as const), value: fc.uuid() }),
);
const header: fc.Arbitrary<EventStreamHeader> = fc.tuple(name, value).map(([name, value]) => ({ name, ...value }));
const message: fc.Arbitrary<EncodableMessage> = fc.record({
  typedHeaders: fc.uniqueArray(header, { selector: ({ name }) => name, maxLength: 12 }),
  payload: fc.uint8Array({ maxLength: 2000 }),
});
const cuttings = fc.array(fc.nat({ max: 40 }), { maxLength: 60 });

describe('the laws of the binary event stream', () => {
  it('writes what an independent encoder writes', () => {
    fc.assert(
      fc.property(message, (message) => {
        expect(encodeMessage(message).equals(encodeIndependently(message))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('reads what an independent encoder wrote, however it is cut', () => {
    fc.assert(
      fc.property(fc.array(message, { maxLength: 4 }), cuttings, (messages, cutting) => {
        const bytes = Buffer.concat(messages.map(encodeIndependently));

        const decoded = decodeAll(cut(bytes, cutting));

        expect(decoded.error).toBeUndefined();
        expect(decoded.messages.map(plain)).toEqual(messages.map(plain));
      }),
      { numRuns: 500 },
    );
  });

  it('detects every single damaged byte', () => {
    const flips = fc.integer({ min: 1, max: 255 });
    fc.assert(
      fc.property(message, fc.nat(), flips, cuttings, (message, position, flip, cutting) => {
        const bytes = encodeIndependently(message);
        const at = position % bytes.length;
        bytes.writeUInt8(bytes.readUInt8(at) ^ flip, at);

        const decoded = decodeAll(cut(bytes, cutting));

        expect(decoded.messages).toEqual([]);
        expect(decoded.error).toMatchObject({ code: at < 12 ? 'prelude-crc' : 'message-crc' });
      }),
      { numRuns: 500 },
    );
  });

  it('refuses every unfinished message', () => {
    fc.assert(
      fc.property(message, fc.nat(), cuttings, (message, position, cutting) => {
        const bytes = encodeIndependently(message);
        const length = 1 + (position % (bytes.length - 1));

        const decoded = decodeAll(cut(bytes.subarray(0, length), cutting));

        expect(decoded.messages).toEqual([]);
        expect(decoded.error).toMatchObject({ code: 'truncated' });
      }),
    );
  });

  it('allocates nothing for a message before its prelude is good, and then no more than twice what came', () => {
    const total = fc.oneof(fc.integer({ min: 0, max: 2 ** 32 - 1 }), fc.integer({ min: 0, max: 17 * 1024 * 1024 }));
    fc.assert(
      fc.property(total, fc.boolean(), fc.nat({ max: 300_000 }), (total, isDamaged, arrived) => {
        const prelude = encodePrelude(total, isDamaged);
        const pieces = [prelude, Buffer.alloc(arrived)];

        const allocations = recordAllocations(() => decodeAll(pieces));

        const isRefused = isDamaged || total < 16 || total > 16 * 1024 * 1024;
        const allowed = isRefused ? 0 : Math.max(64 * 1024, 2 * (12 + arrived));
        expect(Math.max(0, ...allocations)).toBeLessThanOrEqual(allowed);
      }),
    );
  });

  it('answers any bytes with messages or an error of its own, strictly and tolerantly', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.uint8Array({ maxLength: 60 }), message)), cuttings, (parts, cutting) => {
        const bytes = Buffer.concat(parts.map((part) => ('payload' in part ? encodeIndependently(part) : part)));
        const decodings = [{}, { onDamage: () => {} }].map((options) => decodeAll(cut(bytes, cutting), options));

        for (const { error } of decodings) {
          expect(error === undefined || (error instanceof Error && error.name === 'EventStreamError')).toBe(true);
        }
        expect(decodings[1]?.messages.slice(0, decodings[0]?.messages.length)).toEqual(decodings[0]?.messages);
      }),
    );
  });

  it('gives the same messages, damages and error tolerantly, however the bytes are cut', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.uint8Array({ maxLength: 60 }), message)), cuttings, (parts, cutting) => {
        const bytes = Buffer.concat(parts.map((part) => ('payload' in part ? encodeIndependently(part) : part)));

        expect(decodeTolerantly(cut(bytes, cutting))).toEqual(decodeTolerantly([bytes]));
      }),
    );
  });
});

function decodeTolerantly(pieces: readonly Buffer[]): object {
  const damages: object[] = [];
  const { messages, error } = decodeAll(pieces, {
    onDamage: ({ error, skippedBytes }) => damages.push({ code: error.code, skippedBytes }),
  });
  return { messages: messages.map(plain), damages, error };
}

/** The sizes of the buffers that were made. */
function recordAllocations(run: () => void): number[] {
  const spies = [jest.spyOn(Buffer, 'allocUnsafe'), jest.spyOn(Buffer, 'alloc')];
  try {
    run();
    return spies.flatMap(({ mock }) => mock.calls.map(([size]) => size));
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

function encodePrelude(total: number, isDamaged: boolean): Buffer {
  const lengths = [...bigEndian(BigInt(total), 4), 0, 0, 0, 0];
  const prelude = Buffer.from([...lengths, ...checksum(lengths)]);
  if (isDamaged) prelude.writeUInt8(prelude.readUInt8(11) ^ 1, 11);
  return prelude;
}

function plain({ typedHeaders, payload }: EncodableMessage): object {
  return { headers: [...typedHeaders], payload: Buffer.from(payload).toString('hex') };
}

function cut(bytes: Buffer, sizes: readonly number[]): Buffer[] {
  const pieces: Buffer[] = [];
  let offset = 0;
  for (const size of sizes) {
    pieces.push(bytes.subarray(offset, offset + size));
    offset += size;
  }
  return [...pieces, bytes.subarray(offset)];
}

/** Written from the specification alone: a list of byte values, and the checksums of another library. */
function encodeIndependently({ typedHeaders, payload }: EncodableMessage): Buffer {
  const headers = typedHeaders.flatMap((header) => {
    const name = [...Buffer.from(header.name)];
    return [name.length, ...name, ...independentValue(header)];
  });
  const lengths = [
    ...bigEndian(BigInt(16 + headers.length + payload.length), 4),
    ...bigEndian(BigInt(headers.length), 4),
  ];
  const prelude = [...lengths, ...checksum(lengths)];
  const message = [...prelude, ...headers, ...payload];
  return Buffer.from([...message, ...checksum(message)]);
}

function independentValue({ type, value }: EventStreamHeader): number[] {
  switch (type) {
    case 'boolean':
      return [value ? 0 : 1];
    case 'byte':
      return [2, ...bigEndian(BigInt(value), 1)];
    case 'short':
      return [3, ...bigEndian(BigInt(value), 2)];
    case 'integer':
      return [4, ...bigEndian(BigInt(value), 4)];
    case 'long':
      return [5, ...bigEndian(value, 8)];
    case 'byte-array':
      return [6, ...bigEndian(BigInt(value.length), 2), ...value];
    case 'string': {
      const bytes = new TextEncoder().encode(value);
      return [7, ...bigEndian(BigInt(bytes.length), 2), ...bytes];
    }
    case 'timestamp':
      return [8, ...bigEndian(value, 8)];
    case 'uuid':
      return [9, ...bigEndian(BigInt(`0x${value.replaceAll('-', '')}`), 16)];
  }
}

function bigEndian(value: bigint, size: number): number[] {
  const unsigned = BigInt.asUintN(size * 8, value);
  return Array.from({ length: size }, (_, index) => Number((unsigned >> BigInt(8 * (size - 1 - index))) & 0xffn));
}

function checksum(bytes: readonly number[]): number[] {
  return bigEndian(BigInt(independentCrc32(Uint8Array.from(bytes))), 4);
}
