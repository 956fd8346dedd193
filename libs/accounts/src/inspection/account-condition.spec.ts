import type { AccountDeclaration } from '@sluice/config';
import type { UpstreamFailure } from '@sluice/core';
import { candidatesOf, NOW_MS, take } from '../__fixtures__/ask-pool.js';
import { declareAccount } from '../__fixtures__/declare-account.js';
import { fail, THROTTLED } from '../__fixtures__/upstream-failures.js';
import { AccountPool } from '../account-pool.js';
import type { VendorProtection } from '../vendor-health.js';
import { MAX_NAMED_MODELS } from './account-condition.js';

const MODEL_THROTTLED = fail('upstream_rate_limited', 'model', 60_000);
const PROTECTION: VendorProtection = {
  circuitBreaker: { enabled: true, failures: 3, openMs: 30_000 },
  retryBudget: { percent: 100, minPerSecond: 10 },
};
const MODEL_FAULTY = fail('upstream_error', 'provider', 20_000);

describe('AccountPool', () => {
  describe('inspect', () => {
    let pool: AccountPool;
    beforeEach(() => {
      pool = new AccountPool();
    });

    function failAt(declaration: AccountDeclaration, model: string, failure: UpstreamFailure): void {
      take(pool, candidatesOf([declaration], model)).release({ type: 'failure', failure, nowMs: NOW_MS });
    }

    it('finds an account that nobody has used well', () => {
      expect(pool.inspect(declareAccount('a'), NOW_MS)).toEqual({
        standing: { type: 'usable' },
        inFlight: 0,
        circuit: { vendor: 'acme', state: 'closed' },
        restingModels: 0,
        modelRests: [],
        lowModels: [],
      });
    });

    it('tells that it is disabled, whatever else there is', () => {
      const account = declareAccount('a');
      failAt(account, 'm1', THROTTLED);

      const { standing, rest } = pool.inspect({ ...account, enabled: false }, NOW_MS);

      expect([standing.type, rest?.kind]).toEqual(['disabled', 'upstream_rate_limited']);
    });

    it('takes an owned account for its owner', () => {
      expect(pool.inspect(declareAccount('a', { owner: 'key:bob' }), NOW_MS).standing).toEqual({ type: 'usable' });
    });

    it('tells that it is busy', () => {
      const account = declareAccount('a', { maxConcurrency: 1 });
      take(pool, candidatesOf([account]));

      expect(pool.inspect(account, NOW_MS)).toMatchObject({
        standing: { type: 'busy', inFlight: 1, maxConcurrency: 1 },
        inFlight: 1,
      });
    });

    it('tells the rest of the account as a whole', () => {
      const account = declareAccount('a');
      failAt(account, 'm1', fail('upstream_quota_exhausted', 'account', 5_000));

      const told = { untilMs: NOW_MS + 5_000, kind: 'upstream_quota_exhausted', message: 'upstream_quota_exhausted' };
      expect(pool.inspect(account, NOW_MS + 4_999)).toMatchObject({
        standing: { type: 'cooling', ...told },
        rest: { strength: 'hard', ...told },
        restingModels: 0,
      });
      expect(pool.inspect(account, NOW_MS + 5_000)).not.toHaveProperty('rest');
    });

    it('tells that some of its models rest', () => {
      const account = declareAccount('a');
      failAt(account, 'slow', MODEL_THROTTLED);
      failAt(account, 'sick', MODEL_FAULTY);

      const { standing, restingModels, modelRests } = pool.inspect(account, NOW_MS);

      expect(standing).toEqual({ type: 'models-resting', untilMs: NOW_MS + 20_000 });
      expect(restingModels).toBe(2);
      expect(modelRests).toMatchObject([
        { model: 'slow', strength: 'hard', untilMs: NOW_MS + 60_000 },
        { model: 'sick', strength: 'soft', untilMs: NOW_MS + 20_000 },
      ]);
    });

    it.each<[string, readonly UpstreamFailure[], object]>([
      [
        'of which all are refused',
        [MODEL_THROTTLED, fail('upstream_rate_limited', 'model', 9_000)],
        { type: 'cooling', untilMs: NOW_MS + 9_000, kind: 'upstream_rate_limited' },
      ],
      ['of which one is still asked', [MODEL_THROTTLED, MODEL_FAULTY], { type: 'soft', untilMs: NOW_MS + 20_000 }],
      ['of which one is well', [MODEL_THROTTLED], { type: 'models-resting', untilMs: NOW_MS + 60_000 }],
    ])('rests as a whole with the models that it is declared for: %s', (_what, failures, standing) => {
      const models = ['m1', 'm2'];
      const account = declareAccount('a', { models });
      for (const [at, failure] of failures.entries()) failAt(account, models[at] ?? '', failure);

      expect(pool.inspect(account, NOW_MS).standing).toMatchObject(standing);
    });

    it('does not tell of rests that are not kept', () => {
      const account = declareAccount('a', { cooldownEnabled: false });
      failAt(account, 'm1', THROTTLED);

      expect(pool.inspect(account, NOW_MS)).toMatchObject({ standing: { type: 'usable' }, modelRests: [] });
    });

    it('names only so many models, and counts the others', () => {
      const account = declareAccount('a');
      for (let at = 0; at <= MAX_NAMED_MODELS; at += 1) failAt(account, `m${at}`, MODEL_THROTTLED);

      const { restingModels, modelRests } = pool.inspect(account, NOW_MS);

      expect([restingModels, modelRests.length]).toEqual([51, 50]);
    });
  });

  describe('limitsOf', () => {
    it('is what the last answer said, also one that refused', () => {
      const pool = new AccountPool();
      const account = declareAccount('a');
      expect(pool.limitsOf(account)).toBeUndefined();

      for (const left of ['7', '0']) {
        const lease = take(pool, candidatesOf([account], `model-${left}`));
        lease.hear({ 'x-ratelimit-remaining-requests': left, 'x-ratelimit-reset-requests': '2s' });
        lease.release({ type: 'failure', failure: MODEL_THROTTLED, nowMs: NOW_MS });
      }

      expect(pool.limitsOf(account)).toEqual({
        atMs: NOW_MS,
        limits: [{ name: 'requests', remaining: 0, resetsAtMs: NOW_MS + 2_000 }],
      });
    });
  });

  describe('circuits', () => {
    it('tells the state of every host that accounts have reached', () => {
      const pool = new AccountPool();
      const accounts = ['one', 'two'].map((host) =>
        declareAccount(host, {}, { settings: { baseUrl: `https://${host}.example/v1` } }),
      );
      for (const account of accounts) take(pool, candidatesOf([account]));
      const failure = fail('upstream_unreachable', 'network');
      for (let at = 0; at < PROTECTION.circuitBreaker.failures; at += 1) {
        const lease = take(pool, candidatesOf(accounts.slice(0, 1)), { protection: PROTECTION });
        lease.release({ type: 'failure', failure, nowMs: NOW_MS });
      }

      expect(pool.circuits(NOW_MS)).toEqual([
        { vendor: 'acme (one.example)', state: 'open' },
        { vendor: 'acme (two.example)', state: 'closed' },
      ]);
    });
  });
});
