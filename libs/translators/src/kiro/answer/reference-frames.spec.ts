import { crc32 } from 'node:zlib';
import { EventStreamDecoder, type StreamDamage } from '@sluice/event-stream';
import { bytesOf, ENDING, text, vectors } from '../__fixtures__/frames.js';
import { decodePieces, tell } from '../__fixtures__/tell-events.js';

/** A whole message of 40 bytes whose last checksum is wrong. */
const M2 = Buffer.from('000000280000001660470efd0d3a6d6573736167652d747970650700056576656e747b7db7184afd', 'hex');

/** The events that a tolerant decoder finds, and what it passed over. */
function tolerant(...pieces: readonly Buffer[]) {
  const damages: StreamDamage[] = [];
  const events: unknown[] = [];
  const decoder = new EventStreamDecoder({ onDamage: (damage) => void damages.push(damage) });
  for (const piece of pieces) decoder.push(piece, ({ headers }) => void events.push(headers[':event-type']));
  decoder.finish();
  return { events, damages: damages.map(({ error, skippedBytes }) => [error.code, skippedBytes]) };
}

describe('frames of the reference', () => {
  it('1: two in one piece', () => {
    expect(tolerant(vectors('V1', 'V5'))).toEqual({
      events: ['assistantResponseEvent', 'contextUsageEvent'],
      damages: [],
    });
  });

  it('2: one, byte by byte', () => {
    const bytes = [...vectors('V1')].map((byte) => Buffer.of(byte));

    expect(tolerant(...bytes.slice(0, 126), Buffer.alloc(0), ...bytes.slice(126)).events).toEqual([
      'assistantResponseEvent',
    ]);
    expect(bytes).toHaveLength(127);
  });

  it.each([
    ['3: a byte of garbage', 'ff'],
    ['4: ten bytes of garbage', 'ffffffffffffffffffff'],
  ])('%s', (_name, garbage) => {
    const { events, damages } = tolerant(Buffer.concat([Buffer.from(garbage, 'hex'), vectors('V5')]));

    expect(events).toEqual(['contextUsageEvent']);
    expect(damages).toHaveLength(1);
    expect(damages[0]?.[1]).toBe(garbage.length / 2);
  });

  it('5: a wrong checksum in front of a good frame', () => {
    const { events, damages } = tolerant(Buffer.concat([M2, vectors('V1')]));

    expect(events).toEqual(['assistantResponseEvent']);
    expect(damages).toEqual([['message-crc', 40]]);
  });

  it('6: a character that is cut by the network', () => {
    const bytes = Buffer.concat([bytesOf([text('21 °C 日本')]), bytesOf([...ENDING])]);
    const at = bytes.indexOf('日') + 1;

    expect(tell(decodePieces([bytes.subarray(0, at), bytes.subarray(at)]))).toEqual(['text: 21 °C 日本', 'end: stop']);
  });

  it('7: the checksum itself', () => {
    expect([crc32('123456789'), crc32('')].map((sum) => sum.toString(16))).toEqual(['cbf43926', '0']);
  });
});
