import { signatureFamily } from './signature-family.js';

/** A protobuf field of bytes. */
function field(tag: number, ...content: readonly (Buffer | readonly number[])[]): Buffer {
  const value = Buffer.concat(content.map((part) => Buffer.from(part)));
  const size = value.length < 0x80 ? [value.length] : [(value.length & 0x7f) | 0x80, value.length >> 7];
  return Buffer.concat([Buffer.from([tag, ...size]), value]);
}

const SEAL = field(0x2a, Buffer.alloc(64, 0xc8));
const OPAQUE = Buffer.concat([Buffer.from([0x01, 0xbe, 0x3e, 0xf6]), Buffer.alloc(300, 0x9f)]);
/** Container › channel block › channel id 11, version 2, seal; as recorded in 2025. */
const CHANNEL = field(0x12, field(0x0a, [0x08, 0x0b, 0x18, 0x02], SEAL), field(0x12, Buffer.alloc(12, 1)));
const base64 = (bytes: Buffer): string => bytes.toString('base64');

describe('signatureFamily', () => {
  it.each([
    ['a Fernet token', 'gAAAAABpZXhhbXBsZQ==', 'openai'],
    ['a channel block', base64(CHANNEL), 'anthropic'],
    ['a channel block behind a version', base64(Buffer.concat([Buffer.from([0x08, 0x02]), CHANNEL])), 'anthropic'],
    ['a channel block twice in base64', base64(Buffer.from(base64(CHANNEL))), 'anthropic'],
    [
      'a channel block with the model’s name',
      base64(field(0x12, field(0x0a, [0x08, 0x10, 0x32, 0x01, 0x63]))),
      'anthropic',
    ],
    ['one opaque record in an envelope', base64(field(0x12, field(0x0a, OPAQUE))), 'gemini'],
    ['one that begins like a channel block', base64(field(0x12, field(0x0a, [0x08, 0x0b, 0x99], OPAQUE))), 'gemini'],
    ['opaque records without an envelope', base64(Buffer.concat([field(0x0a, OPAQUE), field(0x0a, OPAQUE)])), 'gemini'],
    ['a documented stand-in', 'skip_thought_signature_validator', 'gemini'],
  ])('recognises %s', (_name, value, family) => {
    expect(signatureFamily(value)).toBe(family);
  });

  it.each([
    ['nothing', ''],
    ['a word', 'sig_0123456789abcdef'],
    ['a handle that looks like a UUID', base64(Buffer.from('7f1c2f5e-4c0d-4f5e-9d59-0a8f2f0c1a11'))],
    ['an alphabet of its own', 'AbC.~dEf.~0'],
    ['an envelope with less in it than it says', base64(CHANNEL.subarray(0, 40))],
    ['an opaque record with something after it', base64(Buffer.concat([field(0x12, field(0x0a, OPAQUE)), OPAQUE]))],
    ['an empty record', base64(field(0x0a))],
    ['a length without end', base64(Buffer.from([0x12, 0xff, 0xff, 0xff, 0xff, 0xff]))],
    ['text in base64', base64(Buffer.from('Hello, world'))],
  ])('does not guess at %s', (_name, value) => {
    expect(signatureFamily(value)).toBe('unknown');
  });

  it('looks at the beginning of a large signature only', () => {
    const large = field(0x12, field(0x0a, [0x08, 0x0b, 0x18, 0x02], SEAL), field(0x12, Buffer.alloc(12_000, 7)));

    expect(signatureFamily(base64(large))).toBe('anthropic');
    expect(signatureFamily(base64(field(0x12, field(0x0a, Buffer.alloc(12_000, 0x01)))))).toBe('gemini');
  });
});
