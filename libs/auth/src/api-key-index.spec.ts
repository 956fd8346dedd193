import type { ApiKeyDeclaration } from '@sluice/config';
import { ApiKeyIndex } from './api-key-index.js';

// SHA-256 of "abc" and of the empty string, from FIPS 180-4's examples.
const DIGEST_OF_ABC = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
const DIGEST_OF_NOTHING = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

const declare = (name: string, key: string): ApiKeyDeclaration => ({ name, key, models: ['gpt-*'], scopes: ['admin'] });

describe('ApiKeyIndex', () => {
  describe('find', () => {
    it('knows the owner of a declared key by its digest', () => {
      const index = new ApiKeyIndex([declare('ci', 'abc')]);

      expect(index.find(DIGEST_OF_ABC)).toEqual({
        id: 'key:ci',
        name: 'ci',
        scopes: new Set(['admin']),
        models: ['gpt-*'],
      });
    });

    it('does not know other digests', () => {
      expect(new ApiKeyIndex([declare('ci', 'other')]).find(DIGEST_OF_ABC)).toBeUndefined();
    });

    it('gives a key that is declared twice to the first', () => {
      const index = new ApiKeyIndex([declare('first', 'abc'), declare('second', 'abc')]);

      expect(index.find(DIGEST_OF_ABC)?.name).toBe('first');
    });

    it('never accepts an empty key', () => {
      expect(new ApiKeyIndex([declare('slip', '')]).find(DIGEST_OF_NOTHING)).toBeUndefined();
    });
  });

  describe('of', () => {
    it('builds one index per list of declarations', () => {
      const keys = [declare('ci', 'abc')];

      expect(ApiKeyIndex.of(keys)).toBe(ApiKeyIndex.of(keys));
      expect(ApiKeyIndex.of([...keys])).not.toBe(ApiKeyIndex.of(keys));
    });
  });
});
