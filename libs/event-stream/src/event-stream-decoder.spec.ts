import { BYTE_CUTS } from '@sluice/testing';
import { decodeAll, spoken } from './__fixtures__/decode-all.js';
import {
  ALL_HEADER_TYPES,
  BAD_FRAMES,
  BAD_MESSAGE_CRC,
  CONTEXT_USAGE,
  GOOD_FRAMES,
  TEXT_EVENT,
  THROTTLING,
  TOO_LARGE,
  UNKNOWN_HEADER_TYPE,
} from './__fixtures__/frames.js';
import type { StreamDamage } from './damage-control.js';
import { encodeMessage } from './encode-message.js';
import { EventStreamDecoder } from './event-stream-decoder.js';
import type { EventStreamMessage } from './event-stream-message.js';
import { HeaderBlockCache } from './header-block-cache.js';

const ALL_GOOD = Buffer.concat(GOOD_FRAMES.map((frame) => frame.bytes));
const ALL_SPOKEN = GOOD_FRAMES.map(({ headers, payload }) => ({ headers, payload }));

describe('EventStreamDecoder', () => {
  describe('push', () => {
    it.each(GOOD_FRAMES)('reads $about', ({ bytes, headers, payload }) => {
      const { messages, error } = decodeAll([bytes]);

      expect(error).toBeUndefined();
      expect(messages.map(spoken)).toEqual([{ headers, payload }]);
    });

    it.each(BYTE_CUTS)('reads messages that follow each other (%s)', (_, cut) => {
      const { messages, error } = decodeAll(cut(ALL_GOOD));

      expect(error).toBeUndefined();
      expect(messages.map(spoken)).toEqual(ALL_SPOKEN);
    });

    it('emits a message with its last byte, not before', () => {
      const decoder = new EventStreamDecoder();
      const seen: number[] = [];

      for (const [index, byte] of TEXT_EVENT.bytes.entries()) {
        decoder.push(Buffer.of(byte), () => seen.push(index + 1));
      }

      expect(seen).toEqual([127]);
    });

    it('gives headers by name in the frame that formats read', () => {
      const { messages } = decodeAll([ALL_HEADER_TYPES.bytes]);

      expect(messages[0]?.kind).toBe('binary');
      expect({ ...messages[0]?.headers }).toEqual({
        t: true,
        f: false,
        b: -1,
        s: -2,
        i: -3,
        l: -4n,
        y: Uint8Array.of(1, 2),
        x: 'é',
        d: new Date('2023-11-14T22:13:20.000Z'),
        u: '00010203-0405-0607-0809-0a0b0c0d0e0f',
      });
    });

    it('keeps the payload that it handed out when more bytes come', () => {
      const decoder = new EventStreamDecoder();
      const messages: EventStreamMessage[] = [];
      const pieces = [TEXT_EVENT, THROTTLING].flatMap(({ bytes }) => [bytes.subarray(0, 50), bytes.subarray(50)]);

      for (const piece of pieces) decoder.push(piece, (message) => messages.push(message));
      const payloads = messages.map(({ payload }) => payload.toString());

      expect(payloads).toEqual([TEXT_EVENT.payload, THROTTLING.payload]);
    });

    it('takes empty chunks', () => {
      const { messages, error } = decodeAll([Buffer.alloc(0), TEXT_EVENT.bytes, Buffer.alloc(0)]);

      expect(messages).toHaveLength(1);
      expect(error).toBeUndefined();
    });

    it.each(BAD_FRAMES)('refuses $about', ({ bytes, code }) => {
      const { messages, error } = decodeAll([bytes]);

      expect(error).toMatchObject({ name: 'EventStreamError', code });
      expect(messages).toEqual([]);
    });

    it.each(BAD_FRAMES)('refuses $about byte by byte', ({ bytes, code }) => {
      expect(decodeAll([...bytes].map((byte) => Buffer.of(byte))).error).toMatchObject({ code });
    });

    it('refuses a prelude as soon as its twelve bytes are there', () => {
      const decoder = new EventStreamDecoder();

      decoder.push(TOO_LARGE.bytes.subarray(0, 11), () => {});

      expect(() => decoder.push(TOO_LARGE.bytes.subarray(11, 12), () => {})).toThrow('16777217 bytes was announced');
    });

    it('emits what came before the damage', () => {
      const { messages, error } = decodeAll([Buffer.concat([TEXT_EVENT.bytes, BAD_MESSAGE_CRC.bytes])]);

      expect(messages).toHaveLength(1);
      expect(error).toMatchObject({ code: 'message-crc' });
    });

    it('throws the same error again', () => {
      const decoder = new EventStreamDecoder();
      const push = (bytes: Buffer) => () => decoder.push(bytes, () => {});

      expect(push(BAD_MESSAGE_CRC.bytes)).toThrow('the checksum of a message does not match');
      expect(push(TEXT_EVENT.bytes)).toThrow('the checksum of a message does not match');
      expect(() => decoder.finish()).toThrow('the checksum of a message does not match');
    });

    it('has the limits that it was given', () => {
      const limits = { maxMessageBytes: 140, maxHeadersBytes: 90 };

      expect(decodeAll([CONTEXT_USAGE.bytes], { limits }).error).toBeUndefined();
      expect(decodeAll([TEXT_EVENT.bytes], { limits }).error).toMatchObject({ code: 'headers-too-large' });
      expect(decodeAll([THROTTLING.bytes], { limits }).error).toMatchObject({ code: 'message-too-large' });
    });

    it('shares a memory of header blocks with other decoders', () => {
      const headerCache = new HeaderBlockCache();

      const [first, second] = [TEXT_EVENT, TEXT_EVENT].map(
        ({ bytes }) => decodeAll([bytes], { headerCache }).messages[0],
      );

      expect(first).toBeDefined();
      expect(first?.headers).toBe(second?.headers);
    });
  });

  describe('finish', () => {
    it('accepts a stream without a message', () => {
      expect(decodeAll([])).toEqual({ messages: [], error: undefined });
    });

    it('refuses a stream that ended inside a message, wherever that was', () => {
      for (let length = 1; length < CONTEXT_USAGE.bytes.length; length += 1) {
        const { messages, error } = decodeAll([TEXT_EVENT.bytes, CONTEXT_USAGE.bytes.subarray(0, length)]);

        expect(messages).toHaveLength(1);
        expect(error).toMatchObject({ code: 'truncated' });
      }
    });
  });

  describe('with onDamage', () => {
    function decodeTolerantly(pieces: readonly Buffer[], maxConsecutiveDamages?: number) {
      const damages: [code: string, skippedBytes: number][] = [];
      const onDamage = ({ error, skippedBytes }: StreamDamage) => damages.push([error.code, skippedBytes]);
      const limits = maxConsecutiveDamages === undefined ? {} : { maxConsecutiveDamages };
      const { messages, error } = decodeAll(pieces, { onDamage, limits });
      return { payloads: messages.map(({ payload }) => payload.toString()), error, damages };
    }

    const garbage = Buffer.from('0123456789');

    it.each(BYTE_CUTS)('passes over a byte that belongs to nothing (%s)', (_, cut) => {
      const result = decodeTolerantly(cut(Buffer.concat([Buffer.of(0xff), CONTEXT_USAGE.bytes])));

      expect(result).toEqual({ payloads: [CONTEXT_USAGE.payload], error: undefined, damages: [['prelude-crc', 1]] });
    });

    it.each(BYTE_CUTS)('counts a whole search as one damage (%s)', (_, cut) => {
      const bytes = Buffer.concat([garbage, TEXT_EVENT.bytes, garbage, garbage, CONTEXT_USAGE.bytes]);

      const result = decodeTolerantly(cut(bytes), 2);

      expect(result).toEqual({
        payloads: [TEXT_EVENT.payload, CONTEXT_USAGE.payload],
        error: undefined,
        damages: [['prelude-crc', 10], ['prelude-crc', 20]], // prettier-ignore
      });
    });

    it.each(BYTE_CUTS)('drops a damaged message as a whole and goes on behind it (%s)', (_, cut) => {
      const bytes = Buffer.concat([
        BAD_MESSAGE_CRC.bytes,
        TEXT_EVENT.bytes,
        UNKNOWN_HEADER_TYPE.bytes,
        TEXT_EVENT.bytes,
      ]);

      const result = decodeTolerantly(cut(bytes));

      expect(result).toEqual({
        payloads: [TEXT_EVENT.payload, TEXT_EVENT.payload],
        error: undefined,
        damages: [['message-crc', 40], ['header-type', 20]], // prettier-ignore
      });
    });

    it.each(BAD_FRAMES)('reads the message behind $about', ({ bytes, code }) => {
      const result = decodeTolerantly([bytes, TEXT_EVENT.bytes]);

      expect(result).toEqual({ payloads: [TEXT_EVENT.payload], error: undefined, damages: [[code, bytes.length]] });
    });

    it('gives up at the fifth damage in a row', () => {
      const damaged = Array.from({ length: 5 }, () => BAD_MESSAGE_CRC.bytes);

      const four = decodeTolerantly([...damaged.slice(1), TEXT_EVENT.bytes, ...damaged.slice(1)]);
      const five = decodeTolerantly([...damaged, TEXT_EVENT.bytes]);

      expect(four.error).toBeUndefined();
      expect(four.damages).toHaveLength(8);
      expect(five.error).toMatchObject({
        code: 'too-damaged',
        cause: expect.objectContaining({ code: 'message-crc' }),
      });
      expect(five.payloads).toEqual([]);
    });

    it('searches no further than the largest message', () => {
      const limits = { maxMessageBytes: 1000 };

      const near = decodeAll([Buffer.alloc(1000, 'x'), TEXT_EVENT.bytes], { limits, onDamage: () => {} });
      const far = decodeAll([Buffer.alloc(1001, 'x'), TEXT_EVENT.bytes], { limits, onDamage: () => {} });

      expect(near.messages).toHaveLength(1);
      expect(far.error).toMatchObject({ code: 'too-damaged' });
    });

    it('refuses a stream that ends in a search', () => {
      const result = decodeTolerantly([TEXT_EVENT.bytes, Buffer.alloc(30, 'x')]);

      expect(result.error).toMatchObject({ code: 'truncated' });
      expect(result.damages).toEqual([['prelude-crc', 19]]);
    });
  });

  it('reads a character that two reads cut', () => {
    const bytes = encodeMessage({ typedHeaders: [], payload: Buffer.from('{"content":"naïve"}') });
    const inside = bytes.indexOf(0xaf);

    const { messages } = decodeAll([bytes.subarray(0, inside), bytes.subarray(inside)]);

    expect(messages.map(({ payload }) => payload.toString())).toEqual(['{"content":"naïve"}']);
  });
});
