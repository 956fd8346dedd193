import type { ExpectedFailure } from './expected-failures.js';
import { percentOf, staleOf, summaryOf, unexpectedOf, type Scored } from './tally.js';

const agrees = (answer: string): Scored => ({
  answer,
  verdicts: [
    { score: 'core', reasons: [] },
    { score: 'usage', reasons: [] },
  ],
});
const differs = (answer: string): Scored => ({
  answer,
  verdicts: [
    { score: 'core', reasons: ['text: "a" instead of "b"'] },
    { score: 'usage', reasons: [] },
  ],
});
const known = (answer: string, score: ExpectedFailure['score'] = 'core'): ExpectedFailure => ({
  answer,
  score,
  direction: 'a → b',
  why: 'It is known.',
});

describe('the tally', () => {
  const scored = [agrees('one'), differs('two'), agrees('three'), agrees('four')];

  it('counts what agrees of what was compared', () => {
    expect(summaryOf(scored)).toBe('core 3/4, reasoning –, usage 4/4, signature –');
    expect(percentOf(scored, 'core')).toBe(75);
    expect(percentOf(scored, 'reasoning')).toBe(100);
  });

  it('names what nobody expected', () => {
    expect(unexpectedOf(scored, [])).toEqual(['two: core: text: "a" instead of "b"']);
    expect(unexpectedOf(scored, [known('two', 'usage')])).toHaveLength(1);
    expect(unexpectedOf(scored, [known('two')])).toEqual([]);
  });

  it('names entries that are stale', () => {
    expect(staleOf(scored, [known('two')])).toEqual([]);
    expect(staleOf(scored, [known('one'), known('two', 'usage')])).toEqual(['one: core', 'two: usage']);
  });

  it('keeps entries whose answer is not at hand', () => {
    expect(staleOf(scored, [known('five')])).toEqual([]);
  });
});
