import { GatewayError } from '@sluice/core';
import { nothingLeft } from './nothing-left.js';

const cooling = (cause: GatewayError) => ({ none: 'cooling', earliestMs: 12_300, cause }) as const;

describe('nothingLeft', () => {
  it('says of busy accounts that a moment helps', () => {
    expect(nothingLeft('m', { none: 'busy' }, 0)).toMatchObject({
      kind: 'rate_limited',
      status: 429,
      retryAfterMs: 1000,
    });
  });

  it('says of accounts that are switched off that the operator must help', () => {
    expect(nothingLeft('m', { none: 'excluded' }, 0)).toMatchObject({ kind: 'no_account_available', status: 503 });
  });

  it('says of throttled accounts when the first is back', () => {
    const cause = new GatewayError({ kind: 'upstream_rate_limited', message: 'Slow down.' });

    expect(nothingLeft('m', cooling(cause), 2000)).toMatchObject({
      kind: 'model_cooldown',
      status: 429,
      retryAfterMs: 10_300,
      message: 'Every account for the model "m" is cooling down. Try again in 11 s. The vendor said: Slow down.',
      cause,
    });
  });

  it('repeats any other cause as it was', () => {
    const upstream = { status: 402, message: 'Pay first.' };
    const cause = new GatewayError({ kind: 'upstream_quota_exhausted', message: 'Pay first.', upstream });

    expect(nothingLeft('m', cooling(cause), 20_000)).toMatchObject({
      kind: 'upstream_quota_exhausted',
      message: 'Pay first.',
      upstream,
      retryAfterMs: 0,
    });
  });
});
