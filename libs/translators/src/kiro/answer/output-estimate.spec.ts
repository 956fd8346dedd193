import { OutputEstimate } from './output-estimate.js';

function estimate(...pieces: string[]): number {
  const tally = new OutputEstimate();
  for (const piece of pieces) tally.addText(piece);
  return tally.tokens;
}

describe('OutputEstimate', () => {
  it.each([
    ['', 1],
    ['Hello', 2],
    ['你好', 2],
    ['Hello 你好', 4],
    ['aaaaaaaa', 2],
  ])('89: counts %j as %d', (text, tokens) => {
    expect(estimate(text)).toBe(tokens);
  });

  it('counts the whole, not the pieces', () => {
    expect(estimate(...'aaaaaaaa')).toBe(2);
  });

  it('counts a pair of surrogates as one character', () => {
    expect(estimate('🙂🙂🙂🙂')).toBe(1);
  });

  it('counts arguments by bytes', () => {
    const tally = new OutputEstimate();

    tally.addJson('{"a":"éé"}'); // 12 bytes

    expect(tally.tokens).toBe(3);
  });
});
