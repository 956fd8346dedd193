import { countPieces, MAX_COUNTED_CHARS } from './count-pieces.js';
import { loadTokenizer } from './load-tokenizer.js';

describe('countPieces', () => {
  it('counts all texts', () => {
    expect(countPieces(['ab', 'c', ''], (piece) => piece.length)).toBe(3);
  });

  it('takes the rest of an endless text to be like its beginning', () => {
    let counted = 0;
    const half = 'ab '.repeat(MAX_COUNTED_CHARS / 4);

    const tokens = countPieces([half, half, half], (piece) => {
      counted += piece.length;
      return piece.length;
    });

    expect(counted).toBe(MAX_COUNTED_CHARS);
    expect(tokens).toBe(3 * half.length);
  });
});

/** Counts that OpenAI's own tokenizer gives for `o200k_base`. */
describe('the tokenizer', () => {
  it.each([
    ['hello world', 2],
    ['', 0],
    ['<|endoftext|>', 7],
  ])('counts %j as %d', async (text, tokens) => {
    const countPiece = await loadTokenizer();

    expect(countPieces([text], countPiece)).toBe(tokens);
  });
});
