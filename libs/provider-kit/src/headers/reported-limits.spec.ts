import type { WireHeaders } from '@sluice/core';
import { reportedLimits, type ReportedLimit } from './reported-limits.js';

/** 2026-03-01T12:00:00Z */
const NOW_MS = 1_772_366_400_000;

describe('reportedLimits', () => {
  it.each<[what: string, headers: WireHeaders, limits: readonly ReportedLimit[]]>([
    [
      'Anthropic’s counts',
      {
        'anthropic-ratelimit-requests-limit': '50',
        'anthropic-ratelimit-requests-remaining': '49',
        'anthropic-ratelimit-requests-reset': '2026-03-01T12:00:30Z',
        'anthropic-ratelimit-input-tokens-remaining': '0',
      },
      [
        { name: 'requests', remaining: 49, limit: 50, resetsAtMs: NOW_MS + 30_000 },
        { name: 'input-tokens', remaining: 0 },
      ],
    ],
    [
      'OpenAI’s counts, whose reset is a time from now',
      {
        'x-ratelimit-limit-tokens': '150000',
        'x-ratelimit-remaining-tokens': '149984',
        'x-ratelimit-reset-tokens': '6m0s',
      },
      [{ name: 'tokens', remaining: 149_984, limit: 150_000, resetsAtMs: NOW_MS + 360_000 }],
    ],
    [
      'the windows of a subscription',
      {
        'anthropic-ratelimit-unified-status': 'allowed',
        'anthropic-ratelimit-unified-5h-status': 'allowed_warning',
        'anthropic-ratelimit-unified-5h-reset': '1772384400',
        'anthropic-ratelimit-unified-7d-status': 'allowed',
      },
      [
        { name: '5h', status: 'allowed_warning', resetsAtMs: NOW_MS + 18_000_000 },
        { name: '7d', status: 'allowed' },
      ],
    ],
    ['nothing, where nothing readable is said', { 'x-ratelimit-remaining-requests': 'many', date: 'today' }, []],
  ])('reads %s', (_what, headers, limits) => {
    expect(reportedLimits(headers, NOW_MS)).toEqual(limits);
  });

  it('cuts words that nobody expects', () => {
    const headers = { 'anthropic-ratelimit-unified-7d-status': 'x'.repeat(1_000) };

    expect(reportedLimits(headers, NOW_MS)).toEqual([{ name: '7d', status: 'x'.repeat(32) }]);
  });
});
