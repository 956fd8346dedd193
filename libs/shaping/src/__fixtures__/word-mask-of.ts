import { Masker } from '../masking/masker.js';
import { WordMask } from '../masking/word-mask.js';

/** A mask with a fixed key. */
export function wordMaskOf(...words: readonly string[]): WordMask {
  return new WordMask(new Masker({ words, key: 'key' }));
}
