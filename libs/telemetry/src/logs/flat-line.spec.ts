import fc from 'fast-check';
import { FlatLine } from './flat-line.js';

describe('FlatLine', () => {
  const line = new FlatLine('it "happened"', ['text', 'count', 'flag', 'rare']);

  it('writes the members in their order, then the message, and leaves out what is undefined', () => {
    const values = { flag: false, text: 'a', count: 1.5, rare: undefined };

    expect(line.render('info', 17, values)).toBe(
      '{"level":"info","time":17,"text":"a","count":1.5,"flag":false,"msg":"it \\"happened\\""}\n',
    );
  });

  it('is one line of JSON whatever the values are', () => {
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ minLength: 90, maxLength: 200 }));

    fc.assert(
      fc.property(
        text,
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.boolean(),
        fc.jsonValue(),
        (...values) => {
          const [written, count, flag, rare] = values;
          const rendered = line.render('warn', 17, { text: written, count, flag, rare: { rare } });

          expect(rendered.indexOf('\n')).toBe(rendered.length - 1);
          expect(JSON.parse(rendered)).toEqual({
            level: 'warn',
            time: 17,
            text: written,
            count: count === 0 ? 0 : count, // JSON has one zero
            flag,
            rare: JSON.parse(JSON.stringify({ rare })) as unknown,
            msg: 'it "happened"',
          });
        },
      ),
    );
  });

  it.each([NaN, Infinity, -Infinity])('writes null for %d', (count) => {
    expect(line.render('info', 1, { text: undefined, flag: undefined, rare: undefined, count })).toContain(
      '"count":null',
    );
  });
});
