import { CreditDecoder, encodeCredits } from './credit-codec.js';

describe('CreditDecoder', () => {
  describe('push', () => {
    it('reads the same ids however the bytes are cut', () => {
      const bytes = encodeCredits([1, 70_000, 3]);

      for (let cut = 0; cut <= bytes.length; cut++) {
        const decoder = new CreditDecoder();
        const ids: number[] = [];
        decoder.push(bytes.subarray(0, cut), (id) => ids.push(id));
        decoder.push(bytes.subarray(cut), (id) => ids.push(id));
        expect(ids).toEqual([1, 70_000, 3]);
      }
    });
  });
});
