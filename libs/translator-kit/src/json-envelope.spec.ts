import { GatewayError } from '@sluice/core';
import fc from 'fast-check';
import { jsonEnvelope } from './json-envelope.js';
import type { WireCall } from './wire-call.js';

const envelope = jsonEnvelope();
const callOf = (text: string): WireCall => ({ path: '/v1/acme', query: '', body: Buffer.from(text) });
const read = (text: string) => envelope.read(callOf(text));
const withModel = (text: string, model: string): string => envelope.withModel(callOf(text), model).body.toString();

const failureOf = (text: string): GatewayError => {
  try {
    read(text);
  } catch (error) {
    if (error instanceof GatewayError) return error;
  }
  throw new Error('expected a GatewayError');
};

/** Values whose bytes a parse and a serialisation would change, and values that look like what is searched. */
const DELICATE_VALUES = [
  '12345678901234567890',
  '1.0',
  '-0',
  '1e400',
  '"\\u0041\\/"',
  '"\\ud83d\\ude00 😀 é"',
  '"a \\" quote, \\"model\\":\\"x\\""',
  '{"model":"inner","stream":true}',
  '[{"model":"inner"},{"role":"user"}]',
  '{"a":1,"a":2}',
];
const space = fc.stringMatching(/^[ \t\r\n]{0,2}$/);
const value = fc.oneof(fc.json(), fc.constantFrom(...DELICATE_VALUES));
const otherMember = fc
  .tuple(fc.string({ unit: 'grapheme' }), space, space, value)
  .filter(([name]) => name !== 'model' && name !== 'stream')
  .map(([name, before, after, json]) => `${before}${JSON.stringify(name)}${after}:${before}${json}${after}`);

/** A body around a model: at least one `model` member, some others, in any order and spacing. */
const bodyAround = fc
  .tuple(fc.array(otherMember, { maxLength: 6 }), fc.integer({ min: 1, max: 3 }), fc.infiniteStream(fc.nat()), space)
  .map(([others, count, random, spacing]) => {
    const isModel = [...others.map(() => false), ...Array.from({ length: count }, () => true)];
    const order = isModel.map((_, index) => [random.next().value, index]).sort(([a = 0], [b = 0]) => a - b);
    return (model: string): string => {
      const members = order.map(([, index = 0]) =>
        isModel[index] ? `"model"${spacing}:${spacing}${JSON.stringify(model)}` : others[index],
      );
      return `${spacing}{${members.join(',')}}${spacing}`;
    };
  });

describe('jsonEnvelope', () => {
  describe('read', () => {
    it.each([
      ['{"model":"m"}', { model: 'm', stream: false }],
      ['{"stream":true,"messages":[],"model":"m"}', { model: 'm', stream: true }],
      ['{"model":"m","stream":null}', { model: 'm', stream: false }],
      ['{"model":"m","stream":false}', { model: 'm', stream: false }],
      ['\uFEFF{"model":"m"}', { model: 'm', stream: false }],
      ['{"metadata":{"model":"inner","stream":true},"model":"outer"}', { model: 'outer', stream: false }],
      ['{"model":"first","model":"last"}', { model: 'last', stream: false }],
      ['{"model":"caf\\u00e9/\\"q\\""}', { model: 'café/"q"', stream: false }],
      ['{"mod\\u0065l":"m","str\\u0065am":true}', { model: 'm', stream: true }],
    ])('reads %j', (text, facts) => {
      expect(read(text)).toEqual(facts);
    });

    it.each([
      ['{}', 'model', '"model" must be a non-empty string, but it is missing.'],
      ['{"model":""}', 'model', '"model" must be a non-empty string, but it is an empty string.'],
      ['{"model":" "}', 'model', '"model" must be a non-empty string, but it is an empty string.'],
      ['{"model":null}', 'model', '"model" must be a non-empty string, but it is null.'],
      ['{"model":7}', 'model', '"model" must be a non-empty string, but it is a number.'],
      ['{"model":["m"]}', 'model', '"model" must be a non-empty string, but it is an array.'],
      ['{"model":"m","stream":"true"}', 'stream', '"stream" must be true or false, but it is a string.'],
      ['{"model":"m","stream":1}', 'stream', '"stream" must be true or false, but it is a number.'],
      ['', undefined, 'The body is empty; a JSON object is expected.'],
      ['[]', undefined, 'The body must be a JSON object, but it is an array.'],
      ['{"model":"m",}', undefined, 'The body is not valid JSON: unexpected content at character 14.'],
      ['{"model":"m"', undefined, 'The body is not valid JSON: it ends too early (after character 12).'],
      ['{"model":tru}', undefined, 'The body is not valid JSON: unexpected content at character 10.'],
    ])('refuses %j', (text, param, message) => {
      expect(failureOf(text)).toMatchObject({ kind: 'invalid_request', param, message });
    });

    it('finds the model wherever it stands', () => {
      fc.assert(
        fc.property(bodyAround, fc.string({ minLength: 1 }), (body, name) => {
          const model = `m${name}`;

          expect(read(body(model)).model).toBe(model);
        }),
      );
    });
  });

  describe('withModel', () => {
    it('changes the model and not one byte more', () => {
      fc.assert(
        fc.property(bodyAround, fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (body, from, to) => {
          expect(withModel(body(`from${from}`), `to${to}`)).toBe(body(`to${to}`));
        }),
      );
    });

    it('can be repeated on what it made', () => {
      fc.assert(
        fc.property(
          bodyAround,
          fc.string({ unit: 'grapheme' }),
          fc.string({ unit: 'grapheme' }),
          (body, name, other) => {
            const once = envelope.withModel(callOf(body('first')), `m${name}`);
            const twice = envelope.withModel(once, `n${other}`);

            expect(envelope.read(once).model).toBe(`m${name}`);
            expect(twice.body.toString()).toBe(body(`n${other}`));
          },
        ),
      );
    });

    it('takes a byte order mark away, and nothing else', () => {
      expect(withModel('\uFEFF{"model":"a","n":1.0}', 'b')).toBe('{"model":"b","n":1.0}');
    });

    it('returns the same call when the model is the same', () => {
      const call = callOf('{"model":"m","n":1.0}');

      expect(envelope.withModel(call, 'm')).toBe(call);
    });

    it('changes every model when only one of them is the wanted one', () => {
      expect(withModel('{"model":"a","model":"b"}', 'b')).toBe('{"model":"b","model":"b"}');
    });

    it('leaves no other model behind when one is spelt with an escape', () => {
      expect(JSON.parse(withModel('{"model":"a","mod\\u0065l":"b","n":1}', 'c'))).toEqual({ model: 'c', n: 1 });
    });

    it('keeps path and query', () => {
      const call = { ...callOf('{"model":"a"}'), query: '?beta=true' };

      expect(envelope.withModel(call, 'b')).toMatchObject({ path: '/v1/acme', query: '?beta=true' });
    });
  });
});
