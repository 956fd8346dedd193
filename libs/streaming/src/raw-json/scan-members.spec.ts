import fc from 'fast-check';
import { parseSpan } from './parse-span.js';
import { scanMembers } from './scan-members.js';
import { MAX_DEPTH } from './skip-value.js';

describe('scanMembers', () => {
  it('finds the wanted members of the top level only', () => {
    const json = Buffer.from('{"input":{"model":"inner"},"model":"outer","list":[{"model":1}],"stream":true}');

    const scan = scanMembers(json, ['model', 'stream', 'absent']);

    expect(texts(json, scan?.members.model)).toEqual(['"outer"']);
    expect(texts(json, scan?.members.stream)).toEqual(['true']);
    expect(scan?.members.absent).toBeUndefined();
    expect(scan).toMatchObject({ objectStart: 0, objectEnd: json.length, isEmpty: false });
  });

  it('finds duplicates in the order of the text', () => {
    const json = Buffer.from('{"model":1,"a":2,"mod\\u0065l":3}');

    expect(texts(json, scanMembers(json, ['model'])?.members.model)).toEqual(['1', '3']);
  });

  it('takes white space anywhere', () => {
    const json = Buffer.from(' \n{ \t"model"\r\n: "m" , "a" : [ 1 , 2 ] }\n ');

    const scan = scanMembers(json, ['model', 'a']);

    expect(texts(json, scan?.members.model)).toEqual(['"m"']);
    expect(texts(json, scan?.members.a)).toEqual(['[ 1 , 2 ]']);
    expect(scan).toMatchObject({ objectStart: 2, objectEnd: json.length - 2 });
  });

  it.each(['"\\""', '"\\\\"', '"\\\\\\" , \\"model\\":2"', `"${'x'.repeat(100)}\\"${'y'.repeat(100)}"`, '"é😀}]"'])(
    'skips the string %s',
    (text) => {
      const json = Buffer.from(`{"a":${text},"b":[${text}],"model":"m"}`);

      expect(texts(json, scanMembers(json, ['model'])?.members.model)).toEqual(['"m"']);
    },
  );

  it('says that an object is empty', () => {
    const json = Buffer.from('{ }');

    expect(scanMembers(json, ['a'])).toMatchObject({ objectStart: 0, objectEnd: 3, isEmpty: true });
  });

  it('scans a nested object, whatever follows it', () => {
    const json = Buffer.from('{"options":{"usage":false},"x":1}');
    const [span] = scanMembers(json, ['options'])?.members.options ?? [];

    const scan = scanMembers(json, ['usage', 'x'], span?.valueStart);

    expect(texts(json, scan?.members.usage)).toEqual(['false']);
    expect(scan?.members.x).toBeUndefined();
    expect(scan).toMatchObject({ objectStart: 11, objectEnd: 26 });
  });

  it('takes a member called __proto__ for a member', () => {
    const json = Buffer.from('{"__proto__":1}');

    expect(texts(json, scanMembers(json, ['__proto__'])?.members.__proto__)).toEqual(['1']);
  });

  it.each([
    '',
    ' ',
    '[]',
    '"a"',
    '\uFEFF{"a":1}',
    '{',
    '{"a"',
    '{"a":',
    '{"a":1',
    '{"a":1,',
    '{"a":1,}',
    '{,"a":1}',
    '{"a":1 "b":2}',
    '{"a" 1}',
    '{a:1}',
    '{"a":}',
    '{"a":tru}',
    '{"a":01}',
    '{"a":+1}',
    '{"a":1.}',
    '{"a":[1}',
    '{"a":{]}',
    '{"a":["x}',
    '{"a":"x',
    '{"a":"x\\"}',
    '{"a":1}}',
    '{"a":1} x',
    '{"a":1}{"a":2}',
    '{"\\x":1}',
    '{"a":"\\x"}',
    '{"a":"\n"}',
  ])('doubts %j', (text) => {
    expect(scanMembers(Buffer.from(text), ['a'])).toBeUndefined();
  });

  it('doubts what is nested too deeply', () => {
    const nested = (depth: number) => Buffer.from(`{"a":${'['.repeat(depth)}${']'.repeat(depth)}}`);

    expect(scanMembers(nested(MAX_DEPTH), ['a'])).toBeDefined();
    expect(scanMembers(nested(MAX_DEPTH + 1), ['a'])).toBeUndefined();
  });

  it('doubts an offset that is no object', () => {
    const json = Buffer.from('{"a":[1]}');

    expect(scanMembers(json, ['a'], 5)).toBeUndefined();
    expect(scanMembers(json, ['a'], 100)).toBeUndefined();
  });

  it('finds what JSON.parse finds', () => {
    fc.assert(
      fc.property(fc.dictionary(keys(), fc.jsonValue()), fc.constantFrom(undefined, 2), (object, indent) => {
        const json = Buffer.from(JSON.stringify(object, undefined, indent));

        const scan = scanMembers(json, ['model', 'stream', 'é"\\']);

        expect(values(json, scan?.members.model)).toEqual(expectedValues(json, 'model'));
        expect(values(json, scan?.members.stream)).toEqual(expectedValues(json, 'stream'));
        expect(scan?.isEmpty).toBe(Object.keys(object).length === 0);
      }),
    );
  });

  it('never finds anything in the front of an object', () => {
    fc.assert(
      fc.property(fc.dictionary(keys(), fc.jsonValue()), fc.nat(), (object, cut) => {
        const json = Buffer.from(JSON.stringify(object));

        expect(scanMembers(json.subarray(0, cut % json.length), ['model'])).toBeUndefined();
      }),
    );
  });

  it('vouches for the wanted scalars of any text it does not doubt', () => {
    const pieces = [
      '{',
      '}',
      '[',
      ']',
      ':',
      ',',
      '"',
      '"a"',
      '\\',
      'u0061',
      '1',
      '-',
      '.',
      'e',
      'true',
      'null',
      ' ',
      '\n',
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 8 }), (middle) => {
        const json = Buffer.from(`{"a":${middle.join('')}}`);

        const spans = scanMembers(json, ['a'])?.members.a ?? [];

        for (const span of spans) {
          const isNested = '[{'.includes(String.fromCharCode(json[span.valueStart] ?? 0));
          if (!isNested) expect(() => parseSpan(json, span)).not.toThrow();
        }
      }),
      { numRuns: 2000 },
    );
  });
});

function keys(): fc.Arbitrary<string> {
  return fc.oneof(fc.constantFrom('model', 'stream', 'é"\\'), fc.string());
}

function texts(json: Buffer, spans: readonly { valueStart: number; valueEnd: number }[] | undefined) {
  return spans?.map(({ valueStart, valueEnd }) => json.toString('utf8', valueStart, valueEnd));
}

function values(json: Buffer, spans: readonly { valueStart: number; valueEnd: number }[] | undefined) {
  return texts(json, spans)?.map((text) => JSON.parse(text) as unknown);
}

function expectedValues(json: Buffer, name: string): readonly unknown[] | undefined {
  const parsed = JSON.parse(json.toString()) as Record<string, unknown>;
  return Object.hasOwn(parsed, name) ? [parsed[name]] : undefined;
}
