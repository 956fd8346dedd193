import { readBalance } from './read-balance.js';

const UNLIMITED = { unlimited: true, entitlement: 0, remaining: 0, percent_remaining: 100 };

describe('readBalance', () => {
  it('counts premium requests, by their exact number', () => {
    const premium = {
      entitlement: 1500,
      quota_remaining: 137.4,
      remaining: 137,
      percent_remaining: 9.1,
      unlimited: false,
    };

    expect(
      readBalance({
        copilot_plan: 'individual_pro',
        quota_reset_date: '2026-02-01',
        quota_snapshots: { chat: UNLIMITED, premium_interactions: premium },
      }),
    ).toEqual({
      limit: 1500,
      used: 1362.6,
      remaining: 137.4,
      percentUsed: 90.84,
      unit: 'premium requests',
      resetsAtMs: Date.UTC(2026, 1, 1),
      plan: 'individual_pro',
    });
  });

  it('counts what is used beyond the plan', () => {
    const premium = { entitlement: 300, remaining: 0, overage_count: 36, overage_permitted: true };

    expect(readBalance({ quota_snapshots: { premium_interactions: premium } })).toEqual({
      limit: 300,
      used: 336,
      remaining: 0,
      percentUsed: 100,
      unit: 'premium requests',
    });
  });

  it('counts chats where nothing else is counted', () => {
    const chat = { entitlement: 50, remaining: 20, unlimited: false };

    expect(readBalance({ quota_snapshots: { premium_interactions: UNLIMITED, chat } })).toMatchObject({
      used: 30,
      unit: 'chat messages',
    });
  });

  it('reads the free plan as it was told before', () => {
    expect(
      readBalance({
        access_type_sku: 'free_limited_copilot',
        monthly_quotas: { chat: 50, completions: 2000 },
        limited_user_quotas: { chat: 12, completions: 1 },
        limited_user_reset_date: '2026-03-05',
      }),
    ).toEqual({
      limit: 50,
      used: 38,
      remaining: 12,
      percentUsed: 76,
      unit: 'chat messages',
      resetsAtMs: Date.UTC(2026, 2, 5),
      plan: 'free_limited_copilot',
    });
  });

  it.each([
    ['nothing is limited', { quota_snapshots: { chat: UNLIMITED, premium_interactions: UNLIMITED } }],
    ['nothing is told', {}],
    ['it is no object', 'quota'],
  ])('knows nothing where %s', (_case, answer) => {
    expect(readBalance(answer)).toBeUndefined();
  });
});
