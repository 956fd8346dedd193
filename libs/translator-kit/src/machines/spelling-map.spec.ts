import fc from 'fast-check';
import { SpellingMap, type SpellingRule } from './spelling-map.js';

const RULE: SpellingRule = { disallowed: /[^a-zA-Z0-9_-]/g, maxChars: 64 };

describe('SpellingMap', () => {
  describe('toWire', () => {
    it('replaces what the vendor does not allow', () => {
      expect(new SpellingMap(RULE).toWire('call.with space:1')).toBe('call_with_space_1');
    });

    it('gives one original one spelling, for calls and results alike', () => {
      const map = new SpellingMap(RULE);

      expect([map.toWire('a.b'), map.toWire('a.b')]).toEqual(['a_b', 'a_b']);
    });

    it('keeps different originals apart', () => {
      const map = new SpellingMap(RULE);

      expect(['a.b', 'a b', 'a_b'].map((original) => map.toWire(original))).toEqual(['a_b', 'a_b_2', 'a_b_3']);
    });

    it('lets known originals that are fine keep their spelling', () => {
      const map = new SpellingMap(RULE, ['a.b', 'a_b']);

      expect([map.toWire('a_b'), map.toWire('a.b')]).toEqual(['a_b', 'a_b_2']);
    });

    it('shortens with a hash, so that long names with one beginning stay apart', () => {
      const map = new SpellingMap(RULE);
      const spellings = ['x', 'y'].map((end) => map.toWire(`${'a'.repeat(80)}${end}`));

      expect(spellings.map((spelling) => spelling.length)).toEqual([64, 64]);
      expect(spellings[0]).toMatch(/^a{47}_[0-9a-f]{16}$/);
      expect(new Set(spellings).size).toBe(2);
    });
  });

  describe('toOriginal', () => {
    it('finds the client’s spelling again', () => {
      const map = new SpellingMap(RULE, ['mcp.read file']);

      expect(map.toOriginal('mcp_read_file')).toBe('mcp.read file');
    });

    it('forgives another case, unless two names differ in nothing else', () => {
      const map = new SpellingMap(RULE, ['Bash', 'read', 'Read']);

      expect(['bash', 'READ'].map((wire) => map.toOriginal(wire))).toEqual(['Bash', 'READ']);
    });

    it('leaves what it does not know', () => {
      expect(new SpellingMap(RULE).toOriginal('other')).toBe('other');
    });
  });

  describe('isIdentity', () => {
    it('says whether anything has to be put back', () => {
      expect(new SpellingMap(RULE, ['a', 'b']).isIdentity).toBe(true);
      expect(new SpellingMap(RULE, ['a', 'b.c']).isIdentity).toBe(false);
    });
  });

  it('is reversible for any set of names', () => {
    const names = fc.uniqueArray(fc.oneof(fc.stringMatching(/^[ab._ ]{1,4}$/), fc.string({ maxLength: 100 })));
    fc.assert(
      fc.property(names, (originals) => {
        const map = new SpellingMap(RULE, originals);
        const wires = originals.map((original) => map.toWire(original));

        expect(wires.every((wire) => /^[a-zA-Z0-9_-]{0,64}$/.test(wire))).toBe(true);
        expect(wires.map((wire) => map.toOriginal(wire))).toEqual(originals);
      }),
    );
  });
});
