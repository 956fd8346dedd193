import { DEFAULT_LIMITS, resolveLimits, type EventStreamLimits } from './limits.js';

describe('resolveLimits', () => {
  it('has the documented defaults', () => {
    expect(resolveLimits()).toEqual({
      maxMessageBytes: 16_777_216,
      maxHeadersBytes: 131_072,
      maxConsecutiveDamages: 5,
    });
  });

  it('changes what it was given, member by member', () => {
    expect(resolveLimits({ maxHeadersBytes: 10 })).toEqual({ ...DEFAULT_LIMITS, maxHeadersBytes: 10 });
  });

  it.each<Partial<EventStreamLimits>>([
    { maxMessageBytes: 15 },
    { maxMessageBytes: Number.POSITIVE_INFINITY },
    { maxHeadersBytes: -1 },
    { maxHeadersBytes: 1.5 },
    { maxConsecutiveDamages: 0 },
    { maxConsecutiveDamages: Number.NaN },
  ])('refuses %p', (limits) => {
    expect(() => resolveLimits(limits)).toThrow(RangeError);
  });
});
