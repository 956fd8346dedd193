import { cutRuns, MAX_RUN_CHARS } from './cut-runs.js';

describe('cutRuns', () => {
  it.each(['', 'plain words stay whole', 'x'.repeat(MAX_RUN_CHARS), ' '.repeat(MAX_RUN_CHARS)])(
    'leaves %j whole',
    (text) => {
      expect(cutRuns(text)).toEqual([text]);
    },
  );

  it.each([
    ['letters', 'a'.repeat(1000)],
    ['spaces', ' '.repeat(1000)],
    ['both between words', `one two ${'a'.repeat(300)} three ${'\n'.repeat(300)}four`],
    ['ideographs', '漢'.repeat(1000)],
  ])('cuts long runs of %s and keeps every character', (_, text) => {
    const pieces = cutRuns(text);

    expect(pieces.join('')).toBe(text);
    for (const piece of pieces)
      expect(piece).not.toMatch(new RegExp(`\\S{${MAX_RUN_CHARS + 1}}|\\s{${MAX_RUN_CHARS + 1}}`));
  });

  it('keeps what stands between them in one piece', () => {
    expect(cutRuns(`one two ${'a'.repeat(200)} three`)).toEqual([
      'one two ',
      'a'.repeat(128),
      'a'.repeat(72),
      ' three',
    ]);
  });
});
