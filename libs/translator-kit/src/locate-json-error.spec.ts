import fc from 'fast-check';
import { locateJsonError } from './locate-json-error.js';

describe('locateJsonError', () => {
  it.each([
    ['{"a":}', 6],
    ['{"a" 1}', 6],
    ['{"a":1 "b":2}', 8],
    ['{"a":1,}', 8],
    ['[1,]', 4],
    ["{'a':1}", 2],
    ['{"a":tru}', 6],
    ['{"a":01}', 7],
    ['{"a":"\\x"}', 6],
    ['{"a":"\n"}', 6],
    ['{} x', 4],
    ['[}', 2],
    ['<html>', 1],
  ])('points into %j', (text, character) => {
    expect(locateJsonError(text)).toEqual({ character, isTruncated: false });
  });

  it.each(['', '  ', '{', '{"a"', '{"a":', '{"a":1', '{"a":1,', '[1', '[1,', '{"a":"b'])(
    'sees that %j was cut',
    (text) => {
      expect(locateJsonError(text).isTruncated).toBe(true);
    },
  );

  it('survives any depth and any length', () => {
    expect(locateJsonError('['.repeat(200_000)).isTruncated).toBe(true);
    expect(locateJsonError(`{"a":"${'x'.repeat(5_000_000)}`)).toEqual({ character: 6, isTruncated: true });
  });

  it('never points into the valid part before a foreign character', () => {
    fc.assert(
      fc.property(fc.json(), (json) => {
        expect(locateJsonError(`${json}@`).character).toBe(json.length + 1);
      }),
    );
  });
});
