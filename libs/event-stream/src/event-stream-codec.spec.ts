import { TEXT_EVENT } from './__fixtures__/frames.js';
import { EventStreamCodec } from './event-stream-codec.js';

describe('EventStreamCodec', () => {
  it('makes decoders that share their header blocks', () => {
    const codec = new EventStreamCodec();
    const seen: object[] = [];

    for (const decoder of [codec.createDecoder(), codec.createDecoder()]) {
      decoder.push(TEXT_EVENT.bytes, ({ headers }) => seen.push(headers));
    }

    expect(seen).toHaveLength(2);
    expect(seen[0]).toBe(seen[1]);
  });

  it('makes a tolerant decoder on demand', () => {
    const damages: string[] = [];
    const decoder = new EventStreamCodec().createDecoder({ onDamage: ({ error }) => damages.push(error.code) });

    decoder.push(Buffer.concat([Buffer.of(0xff), TEXT_EVENT.bytes]), () => {});

    expect(damages).toEqual(['prelude-crc']);
  });

  it('makes encoders with its limits', () => {
    const encoder = new EventStreamCodec({ maxMessageBytes: 16 }).createEncoder();

    expect(() => encoder.push({ kind: 'binary', headers: {}, payload: Buffer.of(1) }, () => {})).toThrow(
      expect.objectContaining({ code: 'message-too-large' }),
    );
  });
});
