import fc from 'fast-check';
import { GatewayError } from '../gateway-error.js';
import { MAX_REDACTED_CHARACTERS, MAX_REDACTED_NODES, MAX_SCANNED_CHARACTERS, redact } from './redact.js';

describe('redact', () => {
  describe('secrets', () => {
    it('masks members by their name, at any depth', () => {
      const fields = {
        requestId: 'r1',
        headers: { authorization: 'abc', 'x-api-key': ['abc'], accept: 'text/plain' },
        accounts: [{ id: 'a', apiKey: 'abc', settings: { client_secret: { nested: 'abc' }, refreshToken: 12345 } }],
      };

      expect(redact(fields)).toEqual({
        requestId: 'r1',
        headers: { authorization: '[redacted]', 'x-api-key': '[redacted]', accept: 'text/plain' },
        accounts: [
          { id: 'a', apiKey: '[redacted]', settings: { client_secret: '[redacted]', refreshToken: '[redacted]' } },
        ],
      });
    });

    it('shows whether a secret is there', () => {
      expect(redact({ token: null, secret: true, password: undefined })).toEqual({ token: null, secret: true });
    });

    it('masks texts by their shape, member names included', () => {
      expect(redact({ note: 'Bearer abcdefgh', 'sk-proj-abc123DEF456ghi789': 1 })).toEqual({
        note: 'Bearer [redacted]',
        '[redacted]': 1,
      });
    });

    it.each([
      ["node's raw headers", ['Host', 'a', 'X-Api-Key', 'abc'], ['Host', 'a', 'X-Api-Key', '[redacted]']],
      ['pairs', [['authorization', 'abc']], [['authorization', '[redacted]']]],
      ['named values', { name: 'Cookie', value: 'a=b' }, { name: 'Cookie', value: '[redacted]' }],
      ['a Map', new Map([['apiKey', 'abc']]), { apiKey: '[redacted]' }],
      ['Headers', new Headers({ 'x-api-key': 'abc' }), { 'x-api-key': '[redacted]' }],
      ['URLSearchParams', new URLSearchParams('key=abc&alt=sse'), { key: '[redacted]', alt: 'sse' }],
      ['a Set', new Set(['Bearer abcdefgh']), ['Bearer [redacted]']],
      ['a URL', new URL('https://u:p@a.example/?key=abc'), 'https://[redacted]@a.example/?key=[redacted]'],
    ])('masks them in %s', (_, value, expected) => {
      expect(redact(value)).toEqual(expected);
    });

    it('shows an error with its cause and its own members, redacted', () => {
      const error = new GatewayError({
        kind: 'upstream_auth_failed',
        message: 'refused: Bearer abcdefgh',
        cause: new Error('key sk-proj-abc123DEF456ghi789'),
      });

      expect(redact({ error })).toMatchObject({
        error: {
          type: 'GatewayError',
          kind: 'upstream_auth_failed',
          message: 'refused: Bearer [redacted]',
          cause: { message: 'key [redacted]' },
        },
      });
      expect(JSON.stringify(redact({ error }))).not.toMatch(/abcdefgh|ghi789/);
    });

    it('shows the parts of an AggregateError', () => {
      const error = new AggregateError([new Error('first'), new Error('second')], 'both');

      expect(redact(error)).toMatchObject({ message: 'both', errors: [{ message: 'first' }, { message: 'second' }] });
    });

    it('lets no known secret through, however deep and wherever it stands', () => {
      const SECRET = 'p4ss"w/ord <ö> 42';
      const holder = fc.letrec((tie) => ({
        node: fc.oneof(
          { maxDepth: 10, withCrossShrink: true },
          fc.constantFrom<unknown>(SECRET, `before ${SECRET} after`, JSON.stringify({ a: SECRET }), new Error(SECRET)),
          fc.array(tie('node'), { maxLength: 4 }),
          fc.dictionary(fc.oneof(fc.string(), fc.constant(SECRET)), tie('node'), { maxKeys: 4 }),
          tie('node').map((node) => new Map([[SECRET, node]])),
          tie('node').map((node) => new Error('x', { cause: node })),
        ),
      })).node;

      fc.assert(
        fc.property(holder, (value) => {
          const shown = JSON.stringify(redact(value, [SECRET]));

          expect(shown).not.toContain('p4ss');
          expect(shown).not.toContain('ord <');
        }),
      );
    });

    it('lets no secret of a known shape through', () => {
      const word = fc.stringMatching(/^[A-Za-z0-9]{24,40}$/);
      const secret = fc.oneof(
        word.map((text) => ({ text: `sk-ant-${text}`, core: text })),
        word.map((text) => ({ text: `ghp_${text}`, core: text })),
        word.map((text) => ({ text: `AIza${text}`, core: text })),
        word.map((text) => ({ text: `authorization: Bearer ${text}`, core: text })),
        word.map((text) => ({ text: `https://user:${text}@a.example/`, core: text })),
        word.map((text) => ({ text: `/v1?key=${text}&a=b`, core: text })),
      );
      const around = fc.constantFrom('', ' ', '\n', '"', ', ', '(', '%20', '\\n');

      fc.assert(
        fc.property(secret, around, around, ({ text, core }, before, after) => {
          expect(JSON.stringify(redact({ deep: [{ note: `${before}${text}${after}` }] }))).not.toContain(core);
        }),
      );
    });
  });

  describe('bounds', () => {
    it('tells a cycle, and shows a value that merely occurs twice', () => {
      const shared = { a: 1 };
      const loop: Record<string, unknown> = { first: shared, second: shared };
      loop['self'] = loop;

      expect(redact(loop)).toEqual({ first: { a: 1 }, second: { a: 1 }, self: '[circular]' });
    });

    it('stops at a depth of eight', () => {
      const deep = [[[[[[[[['too deep']]]]]]]]];

      expect(redact(deep)).toEqual([[[[[[[['[deeper]']]]]]]]]);
    });

    it('stops after a thousand members', () => {
      const copy = redact(Array.from({ length: 5000 }, () => 1));

      expect(copy).toHaveLength(MAX_REDACTED_NODES + 1);
      expect(copy).toHaveProperty([MAX_REDACTED_NODES], '[more]');
    });

    it('cuts long texts after redaction, so that no half of a secret stays', () => {
      const secret = 'sk-proj-abc123DEF456ghi789';
      const text = `${'x'.repeat(MAX_REDACTED_CHARACTERS - 10)} ${secret}`;

      const shown = String(redact(text));

      expect(shown).toHaveLength(MAX_REDACTED_CHARACTERS + '[cut]'.length);
      expect(shown).not.toContain('sk-');
    });

    it('tells only the length of a body', () => {
      expect(redact('x'.repeat(MAX_SCANNED_CHARACTERS + 1))).toBe('[text of 65537 characters]');
    });

    it.each([
      [Buffer.from('secret'), '[6 bytes]'],
      [new ArrayBuffer(3), '[3 bytes]'],
      [new Date(0), '1970-01-01T00:00:00.000Z'],
      [new Date(NaN), '[invalid date]'],
      [12n, '12'],
      [Symbol('s'), '[symbol]'],
      [() => 1, '[function]'],
      [undefined, undefined],
      [null, null],
      [{ ['__proto__']: 1 }, { '[__proto__]': 1 }],
    ])('shows %p safely', (value, expected) => {
      expect(redact(value)).toEqual(expected);
    });

    it('tells a getter that throws', () => {
      const value = Object.defineProperty({}, 'broken', {
        enumerable: true,
        get: () => {
          throw new Error('no');
        },
      });

      expect(redact(value)).toEqual({ broken: '[unreadable]' });
    });

    it('does not touch what it was given', () => {
      const value = Object.freeze({ apiKey: 'abc', list: Object.freeze([Object.freeze({ token: 'x' })]) });

      redact(value);

      expect(value).toEqual({ apiKey: 'abc', list: [{ token: 'x' }] });
    });
  });
});
