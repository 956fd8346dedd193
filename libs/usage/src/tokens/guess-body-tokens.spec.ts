import { guessBodyTokens } from './guess-body-tokens.js';
import { UNKNOWN_IMAGE_TOKENS } from './media-tokens.js';

const PROSE = 'A sentence of forty characters in a row. ';
const IMAGE = Buffer.alloc(300_000, 7).toString('base64');

describe('guessBodyTokens', () => {
  it.each([
    ['nothing', '', 0],
    ['a short text', 'four', 1],
    ['a little more', 'fours', 2],
    ['a long text', PROSE.repeat(1_000), 10_250],
    ['letters in a row that are too few for an image', 'a'.repeat(60), 15],
  ])('takes %s by its length', (_, text, tokens) => {
    expect(guessBodyTokens(Buffer.from(text))).toBe(tokens);
  });

  it('counts an image as one, whatever its length', () => {
    const body = Buffer.from(JSON.stringify({ text: PROSE.repeat(100), image: IMAGE, more: PROSE, second: IMAGE }));
    const tokens = guessBodyTokens(body);

    expect(tokens).toBeGreaterThanOrEqual(UNKNOWN_IMAGE_TOKENS);
    expect(tokens).toBeLessThan(2 * UNKNOWN_IMAGE_TOKENS + PROSE.length * 101 + 4_096);
  });
});
