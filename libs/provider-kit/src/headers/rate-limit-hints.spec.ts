import type { WireHeaders } from '@sluice/core';
import { rateLimitHints, type RateLimitHints } from './rate-limit-hints.js';

/** 2026-03-01T12:00:00Z */
const NOW_MS = 1_772_366_400_000;
const IN_30_S = '2026-03-01T12:00:30Z';
const IN_5_H_S = '1772384400';
const IN_7_D_S = '1772971200';

const model = (resetAfterMs: number) => ({ scope: 'model' as const, resetAfterMs });
const account = (resetAfterMs: number) => ({ scope: 'account' as const, resetAfterMs });

describe('rateLimitHints', () => {
  it.each<[what: string, headers: WireHeaders, hints: RateLimitHints]>([
    [
      'Anthropic’s requests that are used up',
      {
        'anthropic-ratelimit-requests-limit': '50',
        'anthropic-ratelimit-requests-remaining': '0',
        'anthropic-ratelimit-requests-reset': IN_30_S,
      },
      { spent: model(30_000), low: model(30_000) },
    ],
    [
      'Anthropic’s tokens that run low',
      {
        'anthropic-ratelimit-output-tokens-limit': '8000',
        'anthropic-ratelimit-output-tokens-remaining': '400',
        'anthropic-ratelimit-output-tokens-reset': IN_30_S,
      },
      { low: model(30_000) },
    ],
    [
      'OpenAI’s tokens that are used up while requests run low',
      {
        'x-ratelimit-limit-requests': '100',
        'x-ratelimit-remaining-requests': '4',
        'x-ratelimit-reset-requests': '1h0m0s',
        'x-ratelimit-limit-tokens': '150000',
        'x-ratelimit-remaining-tokens': '0',
        'x-ratelimit-reset-tokens': '6m0s',
      },
      { spent: model(360_000), low: model(3_600_000) },
    ],
    [
      'a last request of an unknown number',
      { 'x-ratelimit-remaining': '1', 'x-ratelimit-reset': '60' },
      { low: model(60_000) },
    ],
    [
      'a subscription’s window of five hours',
      {
        'anthropic-ratelimit-unified-status': 'rejected',
        'anthropic-ratelimit-unified-reset': IN_5_H_S,
        'anthropic-ratelimit-unified-5h-status': 'rejected',
        'anthropic-ratelimit-unified-5h-reset': IN_5_H_S,
        'anthropic-ratelimit-unified-7d-status': 'allowed',
        'anthropic-ratelimit-unified-7d-reset': IN_7_D_S,
      },
      { spent: account(18_000_000), low: account(18_000_000) },
    ],
    [
      'a subscription’s window for one family of models',
      {
        'anthropic-ratelimit-unified-status': 'rejected',
        'anthropic-ratelimit-unified-7d_oi-status': 'rejected',
        'anthropic-ratelimit-unified-7d_oi-reset': IN_7_D_S,
      },
      { spent: model(604_800_000), low: model(604_800_000) },
    ],
    [
      'the latest of several rejecting windows',
      {
        'anthropic-ratelimit-unified-status': 'rejected',
        'anthropic-ratelimit-unified-5h-status': 'rejected',
        'anthropic-ratelimit-unified-5h-reset': IN_5_H_S,
        'anthropic-ratelimit-unified-7d-status': 'rejected',
        'anthropic-ratelimit-unified-7d-reset': IN_7_D_S,
      },
      { spent: account(604_800_000), low: account(604_800_000) },
    ],
    [
      'a rejected subscription that names no window',
      { 'anthropic-ratelimit-unified-status': 'rejected', 'anthropic-ratelimit-unified-reset': IN_5_H_S },
      { spent: account(18_000_000), low: account(18_000_000) },
    ],
    [
      'a subscription that warns',
      {
        'anthropic-ratelimit-unified-status': 'allowed_warning',
        'anthropic-ratelimit-unified-7d-status': 'allowed_warning',
        'anthropic-ratelimit-unified-7d-reset': IN_7_D_S,
      },
      { low: account(604_800_000) },
    ],
  ])('reads %s', (_what, headers, hints) => {
    expect(rateLimitHints(headers, NOW_MS)).toEqual(hints);
  });

  it.each<[what: string, headers: WireHeaders]>([
    ['no headers', {}],
    [
      'plenty left',
      {
        'x-ratelimit-limit-requests': '100',
        'x-ratelimit-remaining-requests': '6',
        'x-ratelimit-reset-requests': '1s',
      },
    ],
    ['tokens left, of an unknown number', { 'x-ratelimit-remaining-tokens': '1', 'x-ratelimit-reset-tokens': '1s' }],
    ['a reset that is missing', { 'x-ratelimit-remaining-requests': '0' }],
    ['a reset that cannot be read', { 'x-ratelimit-remaining-requests': '0', 'x-ratelimit-reset-requests': 'soon' }],
    ['a count that cannot be read', { 'x-ratelimit-remaining-requests': '-1', 'x-ratelimit-reset-requests': '1s' }],
    [
      'a subscription in order',
      { 'anthropic-ratelimit-unified-status': 'allowed', 'anthropic-ratelimit-unified-5h-status': 'allowed' },
    ],
  ])('says nothing for %s', (_what, headers) => {
    expect(rateLimitHints(headers, NOW_MS)).toBeUndefined();
  });
});
