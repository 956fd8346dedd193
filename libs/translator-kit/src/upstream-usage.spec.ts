import { upstreamUsage } from './upstream-usage.js';

describe('upstreamUsage', () => {
  it('keeps zeros and leaves out what was not reported', () => {
    const raw = { a: 1 };

    const usage = upstreamUsage({ input: 3, output: 0, cacheRead: undefined }, raw);

    expect(usage).toStrictEqual({ input: 3, output: 0, source: 'upstream', raw });
  });

  it('is nothing without input and output', () => {
    expect(upstreamUsage({ cacheRead: 3 }, {})).toBeUndefined();
  });
});
