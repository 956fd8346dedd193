import { balanceOf } from './balance.js';
import { readUsageLimits } from './usage-limits.js';

/** The example of the protocol reference. */
const ANSWER = {
  daysUntilReset: 12,
  nextDateReset: 1.7672256e9,
  userInfo: { email: 'a@b.c', userId: 'd-906.uuid' },
  subscriptionInfo: { subscriptionTitle: 'KIRO PRO+', type: 'Q_DEVELOPER_STANDALONE_PRO_PLUS' },
  overageConfiguration: { overageStatus: 'DISABLED' },
  usageBreakdownList: [
    {
      resourceType: 'CREDIT',
      currentUsage: 12,
      currentUsageWithPrecision: 12.34,
      usageLimit: 1000,
      usageLimitWithPrecision: 1000.0,
      currentOverages: 0,
      currentOveragesWithPrecision: 0.5,
      nextDateReset: 1.7672256e9,
      bonuses: [
        { currentUsage: 0, usageLimit: 500, status: 'ACTIVE' },
        { currentUsage: 0, usageLimit: 100, status: 'EXPIRED' },
      ],
      freeTrialInfo: {
        freeTrialStatus: 'ACTIVE',
        freeTrialExpiry: 1.77e9,
        currentUsage: 3,
        currentUsageWithPrecision: 3.5,
        usageLimit: 500,
        usageLimitWithPrecision: 500.0,
      },
    },
  ],
};

describe('readUsageLimits', () => {
  it('reads what the vendor says', () => {
    expect(readUsageLimits(ANSWER)).toEqual({
      plan: 'KIRO PRO+',
      email: 'a@b.c',
      userId: 'd-906.uuid',
      overagesEnabled: false,
      resetsAtMs: 1_767_225_600_000,
      breakdowns: [
        {
          resourceType: 'CREDIT',
          used: 12.34,
          limit: 1000,
          overages: 0.5,
          resetsAtMs: 1_767_225_600_000,
          extras: [
            { kind: 'trial', isActive: true, used: 3.5, limit: 500, endsAtMs: 1_770_000_000_000 },
            { kind: 'bonus', isActive: true, used: 0, limit: 500 },
            { kind: 'bonus', isActive: false, used: 0, limit: 100 },
          ],
        },
      ],
    });
  });

  it.each([[{}], [null], ['x'], [{ usageBreakdownList: 'x', subscriptionInfo: 7 }]])('finds nothing in %j', (value) => {
    expect(readUsageLimits(value)).toEqual({ breakdowns: [] });
  });

  it('reads a single breakdown, and dates as text', () => {
    const limits = readUsageLimits({
      nextDateReset: '2026-02-01T00:00:00Z',
      usageBreakdown: { usageLimit: 50, currentUsage: 5 },
    });

    expect(limits).toEqual({ resetsAtMs: Date.UTC(2026, 1, 1), breakdowns: [{ used: 5, limit: 50, extras: [] }] });
  });
});

describe('balanceOf', () => {
  it('90: adds up what is active', () => {
    expect(balanceOf(readUsageLimits(ANSWER))).toEqual({
      limit: 2000,
      used: 15.84,
      remaining: 1984.16,
      percentUsed: expect.closeTo(0.792),
      resetsAtMs: 1_767_225_600_000,
      plan: 'KIRO PRO+',
      email: 'a@b.c',
    });
  });

  it.each([
    [
      [
        { resourceType: 'SPEC', usageLimit: 1 },
        { resourceType: 'AGENTIC_REQUEST', usageLimit: 2 },
      ],
      2,
    ],
    [
      [
        { resourceType: 'AGENTIC_REQUEST', usageLimit: 2 },
        { resourceType: 'CREDIT', usageLimit: 3 },
      ],
      3,
    ],
    [[{ resourceType: 'VIBE', usageLimit: 4 }, { usageLimit: 5 }], 4],
  ])('counts %j', (usageBreakdownList, limit) => {
    expect(balanceOf(readUsageLimits({ usageBreakdownList }))).toMatchObject({ limit });
  });

  it.each([
    [
      { usageLimit: 10, currentUsage: 25 },
      { remaining: 0, percentUsed: 100 },
    ],
    [
      { usageLimit: 0, currentUsage: 0 },
      { remaining: 0, percentUsed: 0 },
    ],
  ])('stays within its bounds: %j', (usageBreakdown, expected) => {
    expect(balanceOf(readUsageLimits({ usageBreakdown }))).toMatchObject(expected);
  });

  it('knows nothing where nothing is told', () => {
    expect(balanceOf(readUsageLimits({}))).toBeUndefined();
  });
});
