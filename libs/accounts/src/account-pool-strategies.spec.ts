import fc from 'fast-check';
import type { SelectionStrategy } from '@sluice/config';
import { ask, candidatesOf, idsOf, NOW_MS, SUCCESS, take } from './__fixtures__/ask-pool.js';
import { declareAccount } from './__fixtures__/declare-account.js';
import { fail, OVERLOADED, THROTTLED } from './__fixtures__/upstream-failures.js';
import { AccountPool } from './account-pool.js';
import { MAX_COUNTED_EQUALS } from './roster.js';

/** Declared in this order, which is not the one of their priorities. */
const ACCOUNTS = candidatesOf([
  declareAccount('second', { priority: 1 }),
  declareAccount('first', { priority: 0 }),
  declareAccount('also-first', { priority: 0 }),
]);

describe('AccountPool', () => {
  describe('strategy', () => {
    it.each<[SelectionStrategy, string]>([
      ['round-robin', 'first also-first first also-first first also-first'],
      ['priority', 'first first first first first first'],
      ['fill-first', 'second second second second second second'],
      ['balanced', 'first also-first second first also-first second'],
    ])('%s asks %s', (strategy, ids) => {
      expect(idsOf(new AccountPool(), ACCOUNTS, 6, { strategy }).join(' ')).toBe(ids);
    });

    it.each<[SelectionStrategy, string]>([
      ['priority', 'also-first'],
      ['fill-first', 'first'],
    ])('%s goes on to %s while its first one rests, and comes back', (strategy, next) => {
      const pool = new AccountPool();
      const lease = take(pool, ACCOUNTS, { strategy });
      const favourite = lease.declaration.account.id;
      lease.release({ type: 'failure', failure: fail('upstream_rate_limited', 'model', 5_000), nowMs: NOW_MS });

      expect(idsOf(pool, ACCOUNTS, 2, { strategy })).toEqual([next, next]);
      expect(idsOf(pool, ACCOUNTS, 1, { strategy, nowMs: NOW_MS + 5_000 })).toEqual([favourite]);
    });

    describe('priority', () => {
      const restFor = (pool: AccountPool, ms: number): void =>
        take(pool, ACCOUNTS, { strategy: 'priority' }).release({
          type: 'failure',
          failure: fail('upstream_quota_exhausted', 'account', ms),
          nowMs: NOW_MS,
        });
      const asked = (pool: AccountPool, nowMs: number): string | undefined =>
        idsOf(pool, ACCOUNTS, 1, { strategy: 'priority', nowMs })[0];

      it('stays with the stand-in of one that rested for more than a minute', () => {
        const pool = new AccountPool();
        restFor(pool, 60_001);

        expect(asked(pool, NOW_MS)).toBe('also-first');
        expect(asked(pool, NOW_MS + 60_001)).toBe('also-first');
      });

      it('goes back to one that rested for a minute', () => {
        const pool = new AccountPool();
        restFor(pool, 60_000);

        expect(asked(pool, NOW_MS)).toBe('also-first');
        expect(asked(pool, NOW_MS + 60_000)).toBe('first');
      });

      it('takes the best again when the stand-in rests', () => {
        const pool = new AccountPool();
        restFor(pool, 70_000);
        restFor(pool, 200_000);

        expect(asked(pool, NOW_MS)).toBe('second');
        expect(asked(pool, NOW_MS + 100_000)).toBe('second');
        take(pool, ACCOUNTS, { strategy: 'priority', nowMs: NOW_MS + 100_000 }).release({
          type: 'failure',
          failure: fail('upstream_quota_exhausted', 'account', 200_000),
          nowMs: NOW_MS + 100_000,
        });
        expect(asked(pool, NOW_MS + 100_000)).toBe('first');
      });

      it('finds nobody among none', () => {
        expect(ask(new AccountPool(), [], { strategy: 'priority' }).lease).toBeUndefined();
      });

      it('does not move for a request that has tried the best one', () => {
        const pool = new AccountPool();

        const [next] = idsOf(pool, ACCOUNTS, 1, { strategy: 'priority', exclude: new Set(['first']) });

        expect([next, asked(pool, NOW_MS)]).toEqual(['also-first', 'first']);
      });
    });

    describe('balanced', () => {
      const PAIR = candidatesOf([declareAccount('a'), declareAccount('b')]);

      it('prefers whoever has fewer calls under way', () => {
        const pool = new AccountPool();
        take(pool, PAIR, { strategy: 'balanced' });

        expect(idsOf(pool, PAIR, 5, { strategy: 'balanced' })).toEqual(['b', 'b', 'b', 'b', 'b']);
      });

      it('gives a returning account its share, not what it missed', () => {
        const pool = new AccountPool();
        idsOf(pool, PAIR, 100, { strategy: 'balanced', exclude: new Set(['b']) });

        const ids = idsOf(pool, PAIR, 10, { strategy: 'balanced' });

        expect(ids.filter((id) => id === 'b').length).toBeLessThanOrEqual(6);
      });

      it('keeps to the weights', () => {
        fc.assert(
          fc.property(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 6 }), (weights) => {
            const candidates = candidatesOf(weights.map((weight, at) => declareAccount(`a${at}`, { weight })));
            const rounds = 20;
            const total = weights.reduce((sum, weight) => sum + weight, 0) * rounds;

            const ids = idsOf(new AccountPool(), candidates, total, { strategy: 'balanced' });

            weights.forEach((weight, at) => {
              const used = ids.filter((id) => id === `a${at}`).length;
              expect(Math.abs(used - weight * rounds)).toBeLessThanOrEqual(weights.length);
            });
          }),
        );
      });
    });

    describe('round-robin over very many', () => {
      const MANY = candidatesOf(Array.from({ length: MAX_COUNTED_EQUALS + 6 }, (_, at) => declareAccount(`a${at}`)));
      const IDS = MANY.map(({ declaration }) => declaration.account.id);

      it('asks each once a round', () => {
        expect(idsOf(new AccountPool(), MANY, 2 * IDS.length)).toEqual([...IDS, ...IDS]);
      });

      it('shares evenly among those that are left', () => {
        const pool = new AccountPool();
        const resting = IDS.slice(0, 40);
        for (const candidate of MANY.slice(0, 40)) {
          take(pool, [candidate]).release({ type: 'failure', failure: THROTTLED, nowMs: NOW_MS });
        }

        const ids = idsOf(pool, MANY, 3 * (IDS.length - resting.length));

        IDS.slice(40).forEach((id) => expect(ids.filter((one) => one === id)).toHaveLength(3));
      });
    });
  });

  describe('an account whose limits run low', () => {
    const LOW = {
      'x-ratelimit-limit-requests': '100',
      'x-ratelimit-remaining-requests': '1',
      'x-ratelimit-reset-requests': '6s',
    };
    const PAIR = candidatesOf([declareAccount('main'), declareAccount('spare', { priority: 9 })]);

    /** A pool in which `main` has just reported so. */
    function poolAfter(headers: Readonly<Record<string, string>>): AccountPool {
      const pool = new AccountPool();
      const lease = take(pool, PAIR);
      lease.hear(headers);
      lease.release(SUCCESS);
      return pool;
    }

    it('comes after all others until its reset', () => {
      const pool = poolAfter(LOW);

      expect(idsOf(pool, PAIR, 2, { nowMs: NOW_MS + 5_999 })).toEqual(['spare', 'spare']);
      expect(idsOf(pool, PAIR, 1, { nowMs: NOW_MS + 6_000 })).toEqual(['main']);
    });

    it('is asked when nobody else is left', () => {
      expect(idsOf(poolAfter(LOW), PAIR, 1, { exclude: new Set(['spare']) })).toEqual(['main']);
    });

    it('is asked before one with a passing fault', () => {
      const pool = poolAfter(LOW);
      take(pool, PAIR).release({ type: 'failure', failure: OVERLOADED, nowMs: NOW_MS });

      expect(idsOf(pool, PAIR, 1)).toEqual(['main']);
    });

    it('serves its other models as before', () => {
      const others = PAIR.map(({ declaration }) => ({ declaration, model: 'm2' }));

      expect(idsOf(poolAfter(LOW), others, 1)).toEqual(['main']);
    });
  });
});
