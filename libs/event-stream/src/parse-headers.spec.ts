import { parseHeaders } from './parse-headers.js';

function hex(digits: string): Buffer {
  return Buffer.from(digits.replaceAll(' ', ''), 'hex');
}

describe('parseHeaders', () => {
  it.each([
    ['the longest name', `ff${'61'.repeat(255)}00`, 'a'.repeat(255), true],
    ['an empty text', '01 61 07 0000', 'a', ''],
    ['the longest text', `01 61 07 7fff ${'62'.repeat(32_767)}`, 'a', 'b'.repeat(32_767)],
    ['a byte order mark', '01 61 07 0004 efbbbf 62', 'a', '\uFEFFb'],
    ['the smallest long', '01 61 05 8000000000000000', 'a', -(2n ** 63n)],
    ['the name __proto__', '09 5f5f70726f746f5f5f 00', '__proto__', true],
  ])('reads %s', (_, digits, name, value) => {
    expect(parseHeaders(hex(digits))).toEqual([expect.objectContaining({ name, value })]);
  });

  it.each([
    ['an empty name', '00 07 0000', 'header-name'],
    ['a name without its end', '05 616263', 'header-name'],
    ['a name without a type', '01 61', 'header-name'],
    ['a name that is not UTF-8', '01 ff 00', 'header-name'],
    ['a name that comes twice', '01 61 00 01 61 01', 'header-duplicate'],
    ['the type 10', '01 61 0a', 'header-type'],
    ['the type 255', '01 61 ff', 'header-type'],
    ['a number without its end', '01 61 04 000000', 'header-value'],
    ['half a uuid', '01 61 09 0001020304050607', 'header-value'],
    ['a text without a length', '01 61 07 00', 'header-value'],
    ['a text without its end', '01 61 07 0003 6162', 'header-value'],
    ['a text longer than the type allows', `01 61 07 8000 ${'62'.repeat(32_768)}`, 'header-value'],
    ['a text that is not UTF-8', '01 61 07 0002 c328', 'header-value'],
    ['bytes without their end', '01 61 06 ffff', 'header-value'],
  ])('refuses %s', (_, digits, code) => {
    expect(() => parseHeaders(hex(digits))).toThrow(expect.objectContaining({ name: 'EventStreamError', code }));
  });

  it('copies bytes, so that the read buffer may go', () => {
    const bytes = hex('01 61 06 0002 0102');

    const [header] = parseHeaders(bytes);
    bytes.fill(0);

    expect(header?.value).toEqual(Uint8Array.of(1, 2));
  });
});
