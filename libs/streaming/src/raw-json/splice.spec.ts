import fc from 'fast-check';
import { insertMember } from './insert-member.js';
import { parseSpan } from './parse-span.js';
import { replaceSpans } from './replace-spans.js';
import { scanMembers } from './scan-members.js';

describe('replaceSpans', () => {
  it('replaces several spans in any order and keeps every other byte', () => {
    const json = Buffer.from('{"a":12345678901234567890,"b":1.0,"é":"x"}');

    const replaced = replaceSpans(json, [
      { start: 30, end: 33, text: '"ü"' },
      { start: 5, end: 25, text: '0' },
    ]);

    expect(replaced.toString()).toBe('{"a":0,"b":"ü","é":"x"}');
    expect(json.toString()).toBe('{"a":12345678901234567890,"b":1.0,"é":"x"}');
  });

  it('inserts where a span is empty', () => {
    expect(replaceSpans(Buffer.from('ac'), [{ start: 1, end: 1, text: 'b' }]).toString()).toBe('abc');
  });

  it('copies without edits', () => {
    expect(replaceSpans(Buffer.from('abc'), []).toString()).toBe('abc');
  });

  it.each([
    [
      [
        { start: 0, end: 2, text: '' },
        { start: 1, end: 3, text: '' },
      ],
    ],
    [[{ start: 2, end: 1, text: '' }]],
    [[{ start: 0, end: 4, text: '' }]],
    [[{ start: -1, end: 1, text: '' }]],
  ])('refuses %j in three bytes', (edits) => {
    expect(() => replaceSpans(Buffer.from('abc'), edits)).toThrow(RangeError);
  });

  it('changes only the spliced member, and no byte besides', () => {
    const objects = fc.record({ before: fc.jsonValue(), model: fc.jsonValue(), after: fc.jsonValue() });
    fc.assert(
      fc.property(objects, fc.jsonValue(), (object, value) => {
        const text = JSON.stringify(object);
        const json = Buffer.from(text);
        const [span] = scanMembers(json, ['model'])?.members.model ?? [];
        if (span === undefined) throw new Error('the member was not found');
        const { valueStart: start, valueEnd: end } = span;

        const spliced = replaceSpans(json, [{ start, end, text: JSON.stringify(value) }]);

        expect(spliced.toString()).toBe(JSON.stringify({ ...object, model: value }));
        expect(spliced.subarray(0, start).equals(json.subarray(0, start))).toBe(true);
        expect(spliced.subarray(spliced.length - (json.length - end)).equals(json.subarray(end))).toBe(true);
      }),
    );
  });
});

describe('insertMember', () => {
  it.each([
    ['{}', '{"new":true}'],
    ['{ }\n', '{ "new":true}\n'],
    ['{"a":1.0}', '{"a":1.0,"new":true}'],
    ['{"a":{"b":2} }', '{"a":{"b":2} ,"new":true}'],
  ])('adds to the end of %j', (text, expected) => {
    const json = Buffer.from(text);
    const scan = scanMembers(json, ['new']);
    if (scan === undefined) throw new Error('the object was not found');

    expect(insertMember(json, scan, 'new', 'true').toString()).toBe(expected);
  });

  it('adds to a nested object', () => {
    const json = Buffer.from('{"o":{"a":1},"b":2}');
    const scan = scanMembers(json, ['new'], 5);
    if (scan === undefined) throw new Error('the object was not found');

    expect(insertMember(json, scan, 'n"w', '[]').toString()).toBe('{"o":{"a":1,"n\\"w":[]},"b":2}');
  });

  it('adds one member for JSON.parse and changes none', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.jsonValue(), (object, value) => {
        const json = Buffer.from(JSON.stringify(object));
        const scan = scanMembers(json, []);
        if (scan === undefined) throw new Error('the object was not found');

        const inserted = insertMember(json, scan, 'new member', JSON.stringify(value));

        expect(JSON.parse(inserted.toString())).toEqual(JSON.parse(JSON.stringify({ ...object, 'new member': value })));
      }),
    );
  });
});

describe('parseSpan', () => {
  it('reads the value of a span', () => {
    const json = Buffer.from('{"é":{"a":[1,"ü"]}}');

    expect(parseSpan(json, { valueStart: 6, valueEnd: json.length - 1 })).toEqual({ a: [1, 'ü'] });
  });

  it('throws for a nested value that is no JSON', () => {
    const json = Buffer.from('{"a":[1 2]}');
    const [span] = scanMembers(json, ['a'])?.members.a ?? [];
    if (span === undefined) throw new Error('the member was not found');

    expect(() => parseSpan(json, span)).toThrow(SyntaxError);
  });
});
