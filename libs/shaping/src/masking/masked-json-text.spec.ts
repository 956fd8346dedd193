import { wordMaskOf } from '../__fixtures__/word-mask-of.js';
import { maskJsonText, restoreJsonText } from './masked-json-text.js';

const P = 'MASK_PPPPPPPPPP';
const shown = (json: string): string => json.replace(/MASK_[0-9a-f]{10}/g, P);

describe('maskJsonText', () => {
  it.each<[what: string, json: string, masked: string]>([
    ['in values and names', '{ "acmeId" : "the Acme", "n":1.0 }', `{ "${P}Id" : "the ${P}", "n":1.0 }`],
    ['however it is escaped', String.raw`{"a":"\u0041cm\u0065 \/ \u00e9"}`, String.raw`{"a":"${P} \/ \u00e9"}`],
    ['not across strings', '["ac","me"]', '["ac","me"]'],
    ['not outside of strings', '{"a":4711,"b":"4711"}', `{"a":4711,"b":"${P}"}`],
    ['anywhere in what is no JSON', '{"a": acme, "b": "Acme', `{"a": ${P}, "b": "${P}`],
    ['behind an escape that does not exist', String.raw`{"a":"\q acme"}`, String.raw`{"a":"\q ${P}"}`],
    ['in a plain text', 'acme', P],
    ['nothing of nothing', '', ''],
  ])('masks %s', (_what, json, masked) => {
    expect(shown(maskJsonText(json, wordMaskOf('acme', '4711')))).toBe(masked);
  });

  it('writes a word back as JSON does', () => {
    const mask = wordMaskOf('O"Neil\\x');
    const json = JSON.stringify({ name: 'o"neil\\x' });

    const masked = maskJsonText(json, mask);

    expect(shown(masked)).toBe(`{"name":"${P}"}`);
    expect(restoreJsonText(masked, mask)).toBe(json);
  });
});
