import { textOfBlocks } from './text-of-blocks.js';

describe('textOfBlocks', () => {
  it('joins text and nothing else', () => {
    const blocks = [
      { type: 'text', text: 'a' },
      { type: 'reasoning', text: 'secret' },
      { type: 'text', text: 'b' },
    ] as const;

    expect(textOfBlocks(blocks)).toBe('ab');
    expect(textOfBlocks(blocks, '\n\n')).toBe('a\n\nb');
    expect(textOfBlocks([])).toBe('');
  });
});
