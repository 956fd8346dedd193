import type { EventStreamHeader } from './header.js';
import { encodeHeaders } from './encode-headers.js';
import { MAX_CACHED_BLOCKS, HeaderBlockCache, MAX_CACHED_BLOCK_BYTES } from './header-block-cache.js';

function block(value: string, name = ':event-type'): Buffer {
  return encodeHeaders([{ name, type: 'string', value }]);
}

function readFrom(cache: HeaderBlockCache, bytes: Buffer) {
  return cache.read(bytes, 0, bytes.length);
}

describe('HeaderBlockCache', () => {
  it('parses the same bytes once', () => {
    const cache = new HeaderBlockCache();

    const first = readFrom(cache, block('a'));
    readFrom(cache, block('b'));
    const again = readFrom(cache, block('a'));

    expect(again).toBe(first);
    expect(again.typed).toEqual([{ name: ':event-type', type: 'string', value: 'a' }]);
  });

  it('reads the headers between two offsets', () => {
    const cache = new HeaderBlockCache();
    const bytes = Buffer.concat([Buffer.alloc(12), block('x'), Buffer.alloc(5)]);

    const { record } = cache.read(bytes, 12, bytes.length - 5);

    expect({ ...record }).toEqual({ ':event-type': 'x' });
  });

  it('tells blocks apart that differ in one byte, wherever that is', () => {
    const cache = new HeaderBlockCache();
    const base = 'x'.repeat(50);

    for (let index = 0; index < base.length; index += 1) {
      const value = `${base.slice(0, index)}y${base.slice(index + 1)}`;

      expect(readFrom(cache, block(value)).record[':event-type']).toBe(value);
      expect(readFrom(cache, block(base)).record[':event-type']).toBe(base);
    }
  });

  it('does not follow changes of the bytes that it was given', () => {
    const cache = new HeaderBlockCache();
    const bytes = block('first');
    readFrom(cache, bytes);

    block('other').copy(bytes);

    expect(readFrom(cache, bytes).record).toMatchObject({ ':event-type': 'other' });
    expect(readFrom(cache, block('first')).record).toMatchObject({ ':event-type': 'first' });
  });

  it('forgets the oldest block when it is full', () => {
    const cache = new HeaderBlockCache();

    const first = readFrom(cache, block('first'));
    for (let index = 1; index < MAX_CACHED_BLOCKS; index += 1) readFrom(cache, block(`event ${index}`));
    const whileFull = readFrom(cache, block('first'));
    readFrom(cache, block('one more'));

    expect(whileFull).toBe(first);
    expect(readFrom(cache, block('first'))).not.toBe(first);
    expect(cache.size).toBe(MAX_CACHED_BLOCKS);
  });

  it('is not misled by blocks with the same hash', () => {
    const cache = new HeaderBlockCache();
    const values = ['Aa', 'BB', 'Aa', 'BB']; // 31 · 'A' + 'a' = 31 · 'B' + 'B'

    const read = values.map((value) => readFrom(cache, block(value)).record[':event-type']);

    expect(read).toEqual(values);
    expect(cache.size).toBe(1);
  });

  it('does not keep a long block', () => {
    const cache = new HeaderBlockCache();

    const { record } = readFrom(cache, block('x'.repeat(MAX_CACHED_BLOCK_BYTES)));

    expect(record).toMatchObject({ ':event-type': 'x'.repeat(MAX_CACHED_BLOCK_BYTES) });
    expect(cache.size).toBe(0);
  });

  it.each<EventStreamHeader>([
    { name: 'y', type: 'byte-array', value: Uint8Array.of(1) },
    { name: 'd', type: 'timestamp', value: 0n },
    { name: 'u', type: 'uuid', value: '00010203-0405-0607-0809-0a0b0c0d0e0f' },
  ])('does not keep a block with a $type', (header) => {
    const cache = new HeaderBlockCache();

    const [first, second] = [readFrom(cache, encodeHeaders([header])), readFrom(cache, encodeHeaders([header]))];

    expect(cache.size).toBe(0);
    expect(first).not.toBe(second);
    expect(first.typed).toEqual([header]);
  });

  it('shares headers that nobody can change', () => {
    const { typed, record } = readFrom(new HeaderBlockCache(), block('a'));

    expect([typed, typed[0], record].map(Object.isFrozen)).toEqual([true, true, true]);
  });

  it('does not keep a block that is wrong', () => {
    const cache = new HeaderBlockCache();

    expect(() => readFrom(cache, Buffer.of(1, 0x61, 10))).toThrow('no header type has the number 10');
    expect(cache.size).toBe(0);
  });
});
