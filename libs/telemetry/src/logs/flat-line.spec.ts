import fc from 'fast-check';
import { FlatLine } from './flat-line.js';

interface Facts {
  readonly id?: string | undefined;
  readonly text?: string | undefined;
  readonly flag?: boolean | undefined;
  readonly count?: number | undefined;
  readonly rare?: object | undefined;
}

const happened = (): FlatLine<Facts> =>
  new FlatLine<Facts>({
    message: 'it "happened"',
    ids: [{ name: 'id', read: ({ id }) => id }],
    labels: [
      { name: 'text', read: ({ text }) => text },
      { name: 'flag', read: ({ flag }) => flag },
    ],
    figures: [
      { name: 'count', read: ({ count }) => count },
      { name: 'rare', read: ({ rare }) => rare },
    ],
  });

describe('FlatLine', () => {
  it('writes the members in their order, then the message, and leaves out what is undefined', () => {
    expect(happened().render('info', 17, { flag: false, text: 'a', count: 1.5, rare: undefined })).toBe(
      '{"level":"info","time":17,"text":"a","flag":false,"count":1.5,"msg":"it \\"happened\\""}\n',
    );
  });

  it('is one line of JSON whatever the values are, and whatever was written before', () => {
    const line = happened();
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ minLength: 90, maxLength: 200 }));
    const facts = fc.record(
      { id: text, text, flag: fc.boolean(), count: fc.integer(), rare: fc.dictionary(fc.string(), fc.jsonValue()) },
      { requiredKeys: [] },
    );

    fc.assert(
      fc.property(facts, (drawn) => {
        const rendered = line.render('warn', 17, drawn);

        expect(rendered.indexOf('\n')).toBe(rendered.length - 1);
        const known = JSON.parse(JSON.stringify(drawn)) as object;
        expect(JSON.parse(rendered)).toEqual({ level: 'warn', time: 17, ...known, msg: 'it "happened"' });
      }),
    );
  });

  it.each([NaN, Infinity, -Infinity])('writes null for %d', (count) => {
    expect(happened().render('info', 1, { count })).toContain('"count":null');
  });

  it('shows a value as the member says, and asks a label again only when the value changes', () => {
    const seen: unknown[] = [];
    const show = (value: unknown): string => `<${seen.push(value)}>`;
    const line = new FlatLine<Facts>({
      message: 'm',
      ids: [],
      labels: [{ name: 'text', read: ({ text }) => text, show }],
      figures: [],
    });

    const lines = ['a', 'a', 'b', undefined, 'b'].map((text) => line.render('info', 1, { text }));

    expect(lines.map((rendered) => (JSON.parse(rendered) as Facts).text)).toEqual([
      '<1>',
      '<1>',
      '<2>',
      undefined,
      '<3>',
    ]);
    expect(seen).toEqual(['a', 'b', 'b']);
  });
});
