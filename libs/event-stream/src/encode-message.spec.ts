import { ALL_HEADER_TYPES, GOOD_FRAMES } from './__fixtures__/frames.js';
import { encodeMessage } from './encode-message.js';
import type { EventStreamHeader } from './header.js';
import { DEFAULT_LIMITS } from './limits.js';

function encodeHeader(header: EventStreamHeader): Buffer {
  return encodeMessage({ typedHeaders: [header], payload: Buffer.alloc(0) });
}

describe('encodeMessage', () => {
  it.each(GOOD_FRAMES)('writes $about', ({ bytes, headers, payload }) => {
    const encoded = encodeMessage({ typedHeaders: headers, payload: Buffer.from(payload) });

    expect(encoded.toString('hex')).toBe(bytes.toString('hex'));
  });

  it('takes a uuid in upper case', () => {
    const typedHeaders = ALL_HEADER_TYPES.headers.map((header) =>
      header.type === 'uuid' ? { ...header, value: header.value.toUpperCase() } : header,
    );

    expect(encodeMessage({ typedHeaders, payload: Buffer.alloc(0) }).equals(ALL_HEADER_TYPES.bytes)).toBe(true);
  });

  it.each<[about: string, header: EventStreamHeader, code: string]>([
    ['an empty name', { name: '', type: 'boolean', value: true }, 'header-name'],
    ['a name of 256 bytes', { name: 'é'.repeat(128), type: 'boolean', value: true }, 'header-name'],
    ['a name with half a character', { name: 'a\ud83d', type: 'boolean', value: true }, 'header-name'],
    ['a byte of 128', { name: 'a', type: 'byte', value: 128 }, 'header-value'],
    ['a short below its range', { name: 'a', type: 'short', value: -32_769 }, 'header-value'],
    ['an integer above its range', { name: 'a', type: 'integer', value: 2 ** 31 }, 'header-value'],
    ['an integer with a fraction', { name: 'a', type: 'integer', value: 1.5 }, 'header-value'],
    ['a long above its range', { name: 'a', type: 'long', value: 2n ** 63n }, 'header-value'],
    ['a timestamp below its range', { name: 'a', type: 'timestamp', value: -(2n ** 63n) - 1n }, 'header-value'],
    ['a text of 32768 bytes', { name: 'a', type: 'string', value: 'x'.repeat(32_768) }, 'header-value'],
    ['half a character', { name: 'a', type: 'string', value: '\ude00' }, 'header-value'],
    ['bytes beyond their length', { name: 'a', type: 'byte-array', value: new Uint8Array(32_768) }, 'header-value'],
    ['no uuid', { name: 'a', type: 'uuid', value: '0001020304050607-0809-0a0b0c0d0e0f' }, 'header-value'],
  ])('refuses %s', (_, header, code) => {
    expect(() => encodeHeader(header)).toThrow(expect.objectContaining({ name: 'EventStreamError', code }));
  });

  it('refuses a name that comes twice', () => {
    const header: EventStreamHeader = { name: 'a', type: 'boolean', value: true };

    expect(() => encodeMessage({ typedHeaders: [header, header], payload: Buffer.alloc(0) })).toThrow(
      expect.objectContaining({ code: 'header-duplicate' }),
    );
  });

  it('stays within its limits', () => {
    const limits = { ...DEFAULT_LIMITS, maxMessageBytes: 30, maxHeadersBytes: 3 };
    const typedHeaders: EventStreamHeader[] = [{ name: 'ab', type: 'boolean', value: true }];
    const encode = (typedHeaders: EventStreamHeader[], length: number) => () =>
      encodeMessage({ typedHeaders, payload: Buffer.alloc(length) }, limits);

    expect(encode([], 14)()).toHaveLength(30);
    expect(encode([], 15)).toThrow(expect.objectContaining({ code: 'message-too-large' }));
    expect(encode(typedHeaders, 0)).toThrow(expect.objectContaining({ code: 'headers-too-large' }));
  });
});
