import fc from 'fast-check';
import { parseConfigurationText } from './parse-document.js';

function parsed(text: string) {
  const outcome = parseConfigurationText(text);
  if (!outcome.ok) throw new Error(outcome.errors.map(({ message }) => message).join('\n'));
  return outcome.document;
}

function errorsOf(text: string) {
  const outcome = parseConfigurationText(text);
  return outcome.ok ? [] : outcome.errors;
}

describe('parseConfigurationText', () => {
  it('reads JSON with tabs and a byte order mark', () => {
    expect(parsed('\uFEFF{\n\t"server": {\n\t\t"port": 1\n\t}\n}').value).toEqual({ server: { port: 1 } });
  });

  it('takes an empty text for an empty configuration', () => {
    expect(parsed('# nothing\n').value).toEqual({});
  });

  it('reads anchors and merge keys', () => {
    expect(parsed('a: &x { p: 1 }\nb: { <<: *x, q: 2 }').value).toEqual({ a: { p: 1 }, b: { p: 1, q: 2 } });
  });

  describe('positionOf', () => {
    const text = 'server:\n  port: 1\naccounts:\n  - id: a\n    timeouts: { idleMs: 5 }\n  - plain\n';

    it.each([
      [['server', 'port'], { line: 2, column: 3 }],
      [['accounts', 0, 'timeouts', 'idleMs'], { line: 5, column: 17 }],
      [['accounts', 1], { line: 6, column: 5 }],
    ])('finds %j', (path, position) => {
      expect(parsed(text).positionOf(path)).toEqual(position);
    });

    it('falls back to what is there of the path', () => {
      expect(parsed(text).positionOf(['accounts', 0, 'apiKey'])).toEqual({ line: 4, column: 5 });
      expect(parsed(text).positionOf(['apiKeys'])).toBeUndefined();
    });

    it('looks through aliases', () => {
      expect(parsed('a: &x\n  p: 1\nb: *x\n').positionOf(['b', 'p'])).toEqual({ line: 2, column: 3 });
    });
  });

  describe('syntax errors', () => {
    it.each([
      ['a:\n\tb: 1', 2, /tab/],
      ['a: "open', 1, /closed/],
      ['a: [1, 2', 1, /closed/],
      ['a: @b', 1, /reserve/],
      ['a: b: c', 1, /second ": "/],
      ['a: 1\n---\nb: 2', 2, /more than one document/],
      ['keys: { name: a, key: ${KEY} }', 1, /without quotes/],
      ['models: [*-mini]', 1, /alias/],
    ])('explains %j', (text, line, message) => {
      const errors = errorsOf(text);

      expect(errors).toHaveLength(1);
      expect(errors[0]?.line).toBe(line);
      expect(errors[0]?.message).toMatch(message);
    });

    it('tells every member that is declared twice', () => {
      expect(errorsOf('a: 1\na: 2\nb: 1\nb: 2').map(({ line }) => line)).toEqual([2, 4]);
    });

    it('refuses aliases that expand without end', () => {
      const levels = Array.from(
        { length: 9 },
        (_, level) => `l${level + 1}: &l${level + 1} [${`*l${level},`.repeat(9)}]`,
      );

      expect(errorsOf(`l0: &l0 [x]\n${levels.join('\n')}`)).toHaveLength(1);
    });

    it('never repeats the text, which may hold secrets, and never throws', () => {
      const secret = 'sk-proj-4f9';
      const noise = fc.array(
        fc.constantFrom(secret, '{', '}', '[', ':', ': ', '"', "'", '\n', ' ', '*', '&', '- ', '\t', '!'),
      );

      fc.assert(
        fc.property(noise, (parts) => {
          expect(JSON.stringify(errorsOf(parts.join('')))).not.toContain(secret);
        }),
      );
    });
  });
});
