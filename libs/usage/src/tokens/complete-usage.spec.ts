import type { Usage } from '@sluice/core';
import { completeUsage } from './complete-usage.js';

const complete = (reported: Usage | undefined, unreportedChars: number | undefined) =>
  completeUsage(reported, { inputTokens: () => 50, unreportedChars });

describe('completeUsage', () => {
  it.each<[string, Usage | undefined, number | undefined, Usage]>([
    ['estimates all of a silent vendor’s', undefined, 10, { input: 50, output: 3, source: 'estimated' }],
    ['leaves out what nobody counted', undefined, undefined, { input: 50, source: 'estimated' }],
    [
      'adds what came behind the vendor’s latest word',
      { input: 7, output: 1, source: 'upstream' },
      40,
      { input: 7, output: 11, source: 'mixed' },
    ],
    [
      'adds an output that the vendor left out',
      { input: 7, source: 'upstream' },
      4,
      { input: 7, output: 1, source: 'mixed' },
    ],
    ['says zero where nothing came', { input: 7, source: 'upstream' }, 0, { input: 7, output: 0, source: 'mixed' }],
    [
      'adds an input that the vendor left out',
      { output: 4, source: 'upstream' },
      0,
      { input: 50, output: 4, source: 'mixed' },
    ],
    [
      'adds to an estimate of another’s',
      { output: 4, source: 'estimated' },
      0,
      { input: 50, output: 4, source: 'estimated' },
    ],
  ])('%s', (_, reported, chars, expected) => {
    expect(complete(reported, chars)).toEqual(expected);
  });

  it.each<[Usage, number | undefined]>([
    [{ input: 7, output: 4, source: 'upstream' }, 0],
    [{ input: 7, output: 4, source: 'upstream' }, undefined],
    [{ input: 0, output: 0, source: 'estimated' }, 0],
  ])('leaves %j alone', (reported, chars) => {
    const inputTokens = (): never => {
      throw new Error('nobody has to estimate');
    };

    expect(completeUsage(reported, { inputTokens, unreportedChars: chars })).toBe(reported);
  });
});
