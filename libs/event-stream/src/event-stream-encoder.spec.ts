import type { BinaryFrame, BinaryHeaderValue } from '@sluice/core';
import { compose } from '@sluice/streaming';
import { ALL_HEADER_TYPES, GOOD_FRAMES, TEXT_EVENT } from './__fixtures__/frames.js';
import { decodeAll } from './__fixtures__/decode-all.js';
import { EventStreamDecoder } from './event-stream-decoder.js';
import { EventStreamEncoder } from './event-stream-encoder.js';

function encode(frame: BinaryFrame, encoder = new EventStreamEncoder()): Buffer {
  const pieces: Buffer[] = [];
  encoder.push(frame, (piece) => pieces.push(piece));
  encoder.finish();
  return Buffer.concat(pieces);
}

function frameWith(value: BinaryHeaderValue): BinaryFrame {
  return { kind: 'binary', headers: { name: value }, payload: Buffer.alloc(0) };
}

describe('EventStreamEncoder', () => {
  it('writes a stream as the decoder read it, types included', () => {
    const bytes = Buffer.concat(GOOD_FRAMES.map((frame) => frame.bytes));
    const pieces: Buffer[] = [];

    const relay = compose(new EventStreamDecoder(), new EventStreamEncoder());
    relay.push(bytes, (piece) => pieces.push(piece));
    relay.finish((piece) => pieces.push(piece));

    expect(pieces).toHaveLength(GOOD_FRAMES.length);
    expect(Buffer.concat(pieces).equals(bytes)).toBe(true);
  });

  it('writes a frame without types', () => {
    const headers = {
      ':event-type': 'assistantResponseEvent',
      ':content-type': 'application/json',
      ':message-type': 'event',
    };

    const bytes = encode({ kind: 'binary', headers, payload: Buffer.from('{"content":"Hello"}') });

    expect(bytes.equals(TEXT_EVENT.bytes)).toBe(true);
  });

  it.each<[BinaryHeaderValue, object]>([
    [true, { type: 'boolean', value: true }],
    ['text', { type: 'string', value: 'text' }],
    [-7, { type: 'integer', value: -7 }],
    [7n, { type: 'long', value: 7n }],
    [Uint8Array.of(1), { type: 'byte-array', value: Uint8Array.of(1) }],
    [new Date(1_700_000_000_000), { type: 'timestamp', value: 1_700_000_000_000n }],
  ])('infers the type of %p', (value, typed) => {
    const { messages } = decodeAll([encode(frameWith(value))]);

    expect(messages[0]?.typedHeaders).toEqual([{ name: 'name', ...typed }]);
  });

  it.each([0.5, 2 ** 31, Number.NaN, new Date(Number.NaN)])('refuses %p, which has no type', (value) => {
    expect(() => encode(frameWith(value))).toThrow(expect.objectContaining({ code: 'header-value' }));
  });

  it('has the limits that it was given', () => {
    const encoder = new EventStreamEncoder({ limits: { maxMessageBytes: 20 } });

    expect(() => encode(frameWith('text'), encoder)).toThrow(expect.objectContaining({ code: 'message-too-large' }));
  });

  it('writes a timestamp that no date can hold', () => {
    const far = { name: 'd', type: 'timestamp', value: 8_640_000_000_000_001n } as const;

    const bytes = encode({ ...frameWith(true), typedHeaders: [far] } as BinaryFrame);
    const { messages } = decodeAll([bytes]);

    expect(messages[0]?.typedHeaders).toEqual([far]);
    expect(messages[0]?.headers).toMatchObject({ d: 8_640_000_000_000_001n });
  });

  it('does not change what it writes', () => {
    const headers = Object.freeze({ a: Object.freeze(new Date(0)), b: 1 });
    const payload = Buffer.from('payload');

    encode(Object.freeze({ kind: 'binary', headers, payload }));

    expect(payload.toString()).toBe('payload');
    expect(ALL_HEADER_TYPES.headers).toHaveLength(10);
  });
});
