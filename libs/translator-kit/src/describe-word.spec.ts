import { describeWord } from './describe-word.js';

describe('describeWord', () => {
  it.each([
    ['usr', '"usr"'],
    ['', 'an empty string'],
    ['x'.repeat(41), 'a string'],
    [7, 'a number'],
    [undefined, 'missing'],
  ])('describes %j as %s', (value, words) => {
    expect(describeWord(value)).toBe(words);
  });
});
