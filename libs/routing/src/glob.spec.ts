import fc from 'fast-check';
import { compileGlob } from './glob.js';

/** The same meaning in the words of another engine. */
function asRegExp(pattern: string): RegExp {
  const source = [...pattern].map((char) => (char === '*' ? '.*' : char === '?' ? '.' : `\\u${hex4(char)}`)).join('');
  return new RegExp(`^(?:${source})$`, 's');
}

const hex4 = (char: string): string => char.charCodeAt(0).toString(16).padStart(4, '0');

describe('compileGlob', () => {
  it.each([
    ['gpt-4o', 'gpt-4o'],
    ['gpt-*', 'gpt-4o'],
    ['gpt-*', 'gpt-'],
    ['*', ''],
    ['*', 'anthropic/claude'],
    ['anthropic/*', 'anthropic/claude/3'],
    ['*-mini', 'gpt-4o-mini'],
    ['claude-*-2025*', 'claude-sonnet-4-20250514'],
    ['gpt-?', 'gpt-4'],
    ['**a**', 'banana'],
    ['*ana', 'banana'],
    ['o?-*', 'o3-mini'],
    ['a.b', 'a.b'],
  ])('%j matches %j', (pattern, name) => {
    expect(compileGlob(pattern)(name)).toBe(true);
  });

  it.each([
    ['gpt-4o', 'gpt-4o-mini'],
    ['gpt-4o', 'xgpt-4o'],
    ['gpt-*', 'GPT-4o'],
    ['gpt-?', 'gpt-'],
    ['gpt-?', 'gpt-4o'],
    ['*-mini', 'gpt-4o-mini-2024'],
    ['a*b*c', 'acb'],
    ['?', ''],
    ['', 'a'],
    ['a.b', 'axb'],
    ['[ab]', 'a'],
  ])('%j does not match %j', (pattern, name) => {
    expect(compileGlob(pattern)(name)).toBe(false);
  });

  it('means what the same regular expression means', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '/', '-') });
    const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '/', '*', '?'), maxLength: 8 });

    fc.assert(
      fc.property(pattern, text, (glob, name) => {
        expect(compileGlob(glob)(name)).toBe(asRegExp(glob).test(name));
      }),
      { numRuns: 2_000 },
    );
  });

  it('answers a hostile pattern at once', () => {
    const matches = compileGlob(`${'a*'.repeat(200)}b`);

    expect(matches('a'.repeat(5_000))).toBe(false);
  });
});
