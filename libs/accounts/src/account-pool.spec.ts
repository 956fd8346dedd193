import fc from 'fast-check';
import type { AccountDeclaration } from '@sluice/config';
import { declareAccount } from './__fixtures__/declare-account.js';
import { BAD_REQUEST, fail, OVERLOADED, REFUSED, THROTTLED } from './__fixtures__/upstream-failures.js';
import type { AccountLease, LeaseOutcome } from './account-lease.js';
import { AccountPool } from './account-pool.js';
import type { LeaseResult } from './lease-result.js';

const NOW_MS = 1_000_000;
const SUCCESS: LeaseOutcome = { type: 'success' };
const CANCELLED: LeaseOutcome = { type: 'cancelled' };

const failed = (failure = THROTTLED, nowMs = NOW_MS): LeaseOutcome => ({ type: 'failure', failure, nowMs });

interface Wish {
  readonly nowMs?: number;
  readonly exclude?: readonly string[];
  readonly model?: string;
  readonly heedsWishes?: boolean;
}

function ask(pool: AccountPool, declarations: readonly AccountDeclaration[], wish: Wish = {}): LeaseResult {
  const { nowMs = NOW_MS, exclude = [], model = 'm1', heedsWishes } = wish;
  const candidates = declarations.map((declaration) => ({ declaration, model }));
  return pool.lease({ candidates, exclude: new Set(exclude), nowMs, heedsWishes });
}

function lease(pool: AccountPool, declarations: readonly AccountDeclaration[], wish: Wish = {}): AccountLease {
  const result = ask(pool, declarations, wish);
  if (result.lease === undefined) throw new Error(`expected a lease, got: ${result.none}`);
  return result.lease;
}

/** Leases and gives back at once; the ids of the leased accounts. */
function leasedIds(pool: AccountPool, declarations: readonly AccountDeclaration[], times: number): string[] {
  return Array.from({ length: times }, () => {
    const taken = lease(pool, declarations);
    taken.release(SUCCESS);
    return taken.declaration.account.id;
  });
}

describe('AccountPool', () => {
  describe('lease', () => {
    it('hands out the account and the model of the candidate', () => {
      const a = declareAccount('a');

      const taken = lease(new AccountPool(), [a], { model: 'upstream-model' });

      expect(taken.declaration).toBe(a);
      expect(taken.model).toBe('upstream-model');
    });

    it('has nothing without candidates', () => {
      expect(ask(new AccountPool(), [])).toEqual({ none: 'excluded' });
    });

    it('takes the lower priority number first', () => {
      const [fallback, main] = [declareAccount('fallback', { priority: 1 }), declareAccount('main', { priority: 0 })];

      expect(leasedIds(new AccountPool(), [fallback, main], 3)).toEqual(['main', 'main', 'main']);
    });

    it('lets equals take turns', () => {
      const accounts = [declareAccount('a'), declareAccount('b'), declareAccount('c')];

      expect(leasedIds(new AccountPool(), accounts, 6)).toEqual(['a', 'b', 'c', 'a', 'b', 'c']);
    });

    it('spreads turns evenly by weight', () => {
      const accounts = [declareAccount('a', { weight: 5 }), declareAccount('b'), declareAccount('c')];

      expect(leasedIds(new AccountPool(), accounts, 7)).toEqual(['a', 'a', 'b', 'a', 'c', 'a', 'a']);
    });

    it('keeps an account with weight 0 in reserve', () => {
      const pool = new AccountPool();
      const [reserve, main] = [declareAccount('reserve', { weight: 0 }), declareAccount('main')];

      expect(leasedIds(pool, [reserve, main], 3)).toEqual(['main', 'main', 'main']);
      expect(lease(pool, [reserve, main], { exclude: ['main'] }).declaration).toBe(reserve);
    });

    it('gives a returning account its share, not what it missed', () => {
      const pool = new AccountPool();
      const accounts = [declareAccount('a'), declareAccount('b')];
      for (let at = 0; at < 50; at += 1) lease(pool, accounts, { exclude: ['b'] }).release(SUCCESS);

      const ids = leasedIds(pool, accounts, 10);

      expect(ids.filter((id) => id === 'b')).toHaveLength(5);
    });

    it('skips excluded accounts', () => {
      const accounts = [declareAccount('a'), declareAccount('b')];

      expect(lease(new AccountPool(), accounts, { exclude: ['a'] }).declaration.account.id).toBe('b');
      expect(ask(new AccountPool(), accounts, { exclude: ['a', 'b'] })).toEqual({ none: 'excluded' });
    });

    it('skips accounts at their limit until a call ends', () => {
      const pool = new AccountPool();
      const accounts = [declareAccount('a', { maxConcurrency: 1 }), declareAccount('b', { priority: 1 })];
      const first = lease(pool, accounts);
      const second = lease(pool, accounts);
      first.release(SUCCESS);
      const third = lease(pool, accounts);

      expect([first, second, third].map(({ declaration }) => declaration.account.id)).toEqual(['a', 'b', 'a']);
    });

    it('is busy when every account is at its limit', () => {
      const pool = new AccountPool();
      const a = declareAccount('a', { maxConcurrency: 1 });
      lease(pool, [a]);

      expect(ask(pool, [a])).toEqual({ none: 'busy' });
    });

    describe('with a hard cooldown', () => {
      it('uses somebody else', () => {
        const pool = new AccountPool();
        const accounts = [declareAccount('a'), declareAccount('b', { priority: 9 })];
        lease(pool, accounts).release(failed(THROTTLED));

        expect(lease(pool, accounts).declaration.account.id).toBe('b');
      });

      it('says when the first account is back, and what its vendor said', () => {
        const pool = new AccountPool();
        const accounts = [declareAccount('a'), declareAccount('b')];
        lease(pool, accounts).release(failed(fail('upstream_rate_limited', 'account', 60_000)));
        lease(pool, accounts).release(failed(REFUSED));

        const result = ask(pool, accounts);

        expect(result).toMatchObject({ none: 'cooling', earliestMs: NOW_MS + 60_000 });
        expect(result).toMatchObject({ cause: { kind: 'upstream_rate_limited' } });
      });

      it('does not ask a lone account either', () => {
        const pool = new AccountPool();
        const a = declareAccount('a');
        lease(pool, [a]).release(failed(REFUSED));

        expect(ask(pool, [a])).toEqual({ none: 'cooling', earliestMs: NOW_MS + 300_000, cause: REFUSED.error });
        expect(lease(pool, [a], { nowMs: NOW_MS + 300_000 }).declaration).toBe(a);
      });

      it('leaves excluded accounts out of the answer', () => {
        const pool = new AccountPool();
        const accounts = [declareAccount('a'), declareAccount('b')];
        lease(pool, accounts).release(failed(THROTTLED));
        lease(pool, accounts).release(failed(REFUSED));

        expect(ask(pool, accounts, { exclude: ['a'] })).toMatchObject({ none: 'cooling', cause: REFUSED.error });
      });

      it('is busy rather than cooling while a call may end any moment', () => {
        const pool = new AccountPool();
        const accounts = [declareAccount('a'), declareAccount('b', { maxConcurrency: 1 })];
        lease(pool, accounts).release(failed(THROTTLED));
        lease(pool, accounts);

        expect(ask(pool, accounts)).toEqual({ none: 'busy' });
      });
    });

    describe('with a soft cooldown', () => {
      it('prefers somebody else, whatever the priority', () => {
        const pool = new AccountPool();
        const accounts = [declareAccount('a'), declareAccount('b', { priority: 9 })];
        lease(pool, accounts).release(failed(OVERLOADED));

        expect(lease(pool, accounts).declaration.account.id).toBe('b');
      });

      it('still asks when nothing else is left', () => {
        const pool = new AccountPool();
        const a = declareAccount('a');
        lease(pool, [a]).release(failed(OVERLOADED));

        expect(lease(pool, [a]).declaration).toBe(a);
      });

      it('keeps the order of priority among passing faults', () => {
        const pool = new AccountPool();
        const accounts = [declareAccount('fallback', { priority: 1 }), declareAccount('main')];
        lease(pool, accounts).release(failed(OVERLOADED));
        lease(pool, accounts).release(failed(OVERLOADED));

        expect(lease(pool, accounts).declaration.account.id).toBe('main');
      });

      it('is kept to until the time that the vendor named, where wishes are heeded', () => {
        const pool = new AccountPool();
        const accounts = [declareAccount('a')];
        lease(pool, accounts).release(failed(fail('upstream_overloaded', 'provider', 5_000)));

        expect(ask(pool, accounts, { heedsWishes: true })).toMatchObject({
          none: 'cooling',
          earliestMs: NOW_MS + 5_000,
          cause: { kind: 'upstream_overloaded' },
        });
        expect(ask(pool, accounts, { heedsWishes: true, nowMs: NOW_MS + 5_000 }).none).toBeUndefined();
        expect(ask(pool, accounts).none).toBeUndefined();
      });

      it('is no wish where the vendor named no time', () => {
        const pool = new AccountPool();
        const accounts = [declareAccount('a')];
        lease(pool, accounts).release(failed(OVERLOADED));

        expect(ask(pool, accounts, { heedsWishes: true }).none).toBeUndefined();
      });

      it('concerns the model that failed only', () => {
        const pool = new AccountPool();
        const accounts = [declareAccount('a'), declareAccount('b', { priority: 9 })];
        lease(pool, accounts, { model: 'm1' }).release(failed(OVERLOADED));

        expect(lease(pool, accounts, { model: 'm2' }).declaration.account.id).toBe('a');
      });
    });

    it('never lets an account rest that has no cooldown', () => {
      const pool = new AccountPool();
      const a = declareAccount('a', { cooldownEnabled: false });
      lease(pool, [a]).release(failed(REFUSED));

      expect(lease(pool, [a]).declaration).toBe(a);
    });

    it('asks a resting account at once when its cooldown is switched off', () => {
      const pool = new AccountPool();
      lease(pool, [declareAccount('a')]).release(failed(REFUSED));
      const switchedOff = declareAccount('a', { cooldownEnabled: false });

      expect(lease(pool, [switchedOff]).declaration).toBe(switchedOff);
    });
  });

  describe('release', () => {
    it('counts once', () => {
      const pool = new AccountPool();
      const a = declareAccount('a', { maxConcurrency: 1 });
      const first = lease(pool, [a]);
      first.release(SUCCESS);
      lease(pool, [a]);

      first.release(SUCCESS);
      first.release(failed(REFUSED));

      expect(ask(pool, [a])).toEqual({ none: 'busy' });
    });

    it('learns nothing from a client that went away', () => {
      const pool = new AccountPool();
      const a = declareAccount('a', { maxConcurrency: 1 });
      lease(pool, [a]).release(CANCELLED);

      expect(lease(pool, [a]).declaration).toBe(a);
    });

    it('learns nothing from a request that was wrong', () => {
      const pool = new AccountPool();
      const accounts = [declareAccount('a'), declareAccount('b', { priority: 1 })];
      lease(pool, accounts).release(failed(BAD_REQUEST));

      expect(lease(pool, accounts).declaration.account.id).toBe('a');
    });

    it('ends a cooldown with a success', () => {
      const pool = new AccountPool();
      const accounts = [declareAccount('spare', { priority: 9 }), declareAccount('main')];
      lease(pool, accounts).release(failed(OVERLOADED));
      lease(pool, accounts, { exclude: ['spare'], nowMs: NOW_MS + 1 }).release(SUCCESS);

      expect(lease(pool, accounts).declaration.account.id).toBe('main');
    });

    it('does not let an old call end a younger cooldown', () => {
      const pool = new AccountPool();
      const a = declareAccount('a');
      const longRunning = lease(pool, [a]);
      lease(pool, [a]).release(failed(REFUSED, NOW_MS + 1));

      longRunning.release(SUCCESS);

      expect(ask(pool, [a], { nowMs: NOW_MS + 2 })).toMatchObject({ none: 'cooling' });
    });
  });

  describe('across snapshots', () => {
    it('remembers an account that is declared again as it was', () => {
      const pool = new AccountPool();
      lease(pool, [declareAccount('a')]).release(failed(REFUSED));

      expect(ask(pool, [declareAccount('a', { priority: 3 })])).toMatchObject({ none: 'cooling' });
    });

    it.each([
      ['credential', declareAccount('a', { credential: { kind: 'api-key', secret: 'new' } })],
      ['settings', declareAccount('a', {}, { settings: { baseUrl: 'http://127.0.0.1:1' } })],
      ['provider', declareAccount('a', {}, { provider: 'other' })],
    ])('starts fresh with another %s', (_what, changed) => {
      const pool = new AccountPool();
      lease(pool, [declareAccount('a')]).release(failed(REFUSED));

      expect(lease(pool, [changed]).declaration).toBe(changed);
    });

    it('drops what it knows of an account that is gone', () => {
      const pool = new AccountPool();
      lease(pool, [declareAccount('a')]).release(failed(REFUSED));

      pool.retainOnly([declareAccount('b')]);

      expect(lease(pool, [declareAccount('a')]).declaration.account.id).toBe('a');
    });

    it('keeps counting the calls of an account that is gone while they run', () => {
      const pool = new AccountPool();
      const running = lease(pool, [declareAccount('a', { maxConcurrency: 1 })]);

      pool.retainOnly([]);
      const back = declareAccount('a', { maxConcurrency: 1 });
      expect(ask(pool, [back])).toEqual({ none: 'busy' });

      running.release(SUCCESS);
      expect(lease(pool, [back]).declaration).toBe(back);
    });
  });

  describe('laws', () => {
    const weights = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 6 });

    it('gives everybody exactly their share in every round', () => {
      fc.assert(
        fc.property(weights, (shares) => {
          const pool = new AccountPool();
          const accounts = shares.map((weight, at) => declareAccount(`a${at}`, { weight }));
          const total = shares.reduce((sum, weight) => sum + weight, 0);

          const ids = leasedIds(pool, accounts, total);

          expect(shares.map((_, at) => ids.filter((id) => id === `a${at}`).length)).toEqual(shares);
        }),
      );
    });

    it('never exceeds a limit, and asks a candidate whenever one may be asked', () => {
      const event = fc.record({
        take: fc.boolean(),
        outcome: fc.constantFrom(SUCCESS, CANCELLED, failed(BAD_REQUEST), failed(OVERLOADED)),
      });
      fc.assert(
        fc.property(
          fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 4 }),
          fc.array(event),
          (limits, events) => {
            const pool = new AccountPool();
            const accounts = limits.map((maxConcurrency, at) => declareAccount(`a${at}`, { maxConcurrency }));
            const room = limits.reduce((sum, limit) => sum + limit, 0);
            const held: AccountLease[] = [];
            for (const { take, outcome } of events) {
              if (!take) {
                held.shift()?.release(outcome);
                continue;
              }
              const result = ask(pool, accounts);
              expect(result.lease === undefined).toBe(held.length === room);
              if (result.lease !== undefined) held.push(result.lease);
            }
            const used = accounts.map((account) => held.filter(({ declaration }) => declaration === account).length);
            used.forEach((count, at) => expect(count).toBeLessThanOrEqual(limits[at] ?? 0));
          },
        ),
      );
    });
  });
});
