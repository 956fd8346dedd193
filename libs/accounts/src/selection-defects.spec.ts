import { ask, candidatesOf, idsOf, NONE, NOW_MS, take } from './__fixtures__/ask-pool.js';
import { declareAccount } from './__fixtures__/declare-account.js';
import { BAD_REQUEST, fail, OVERLOADED, REFUSED } from './__fixtures__/upstream-failures.js';
import { AccountPool } from './account-pool.js';

const [A, B, C] = [declareAccount('a'), declareAccount('b'), declareAccount('c')];
const ALL = candidatesOf([A, B, C]);

/** Defects of gateways before this one; each test would fail with the defect. */
describe('account selection', () => {
  describe('a cooldown', () => {
    it('for one model does not block the key’s other models', () => {
      const pool = new AccountPool();
      const failure = fail('upstream_rate_limited', 'model', 60_000);
      take(pool, candidatesOf([A], 'm1')).release({ type: 'failure', failure, nowMs: NOW_MS });

      expect(ask(pool, candidatesOf([A], 'm1')).none).toBe('cooling');
      expect(ask(pool, candidatesOf([A], 'm2')).lease).toBeDefined();
    });

    it('keeps fractions of a second of the vendor’s time', () => {
      const pool = new AccountPool();
      const failure = fail('upstream_rate_limited', 'model', 1_500);
      take(pool, candidatesOf([A])).release({ type: 'failure', failure, nowMs: NOW_MS });

      expect(ask(pool, candidatesOf([A]), { nowMs: NOW_MS + 1_499 }).none).toBe('cooling');
      expect(ask(pool, candidatesOf([A]), { nowMs: NOW_MS + 1_500 }).lease).toBeDefined();
    });

    it('marks every account that fails, also the last one', () => {
      const pool = new AccountPool();
      const failure = fail('upstream_rate_limited', 'model', 60_000);
      const tried = new Set<string>();
      for (let at = 0; at < ALL.length; at += 1) {
        const lease = take(pool, ALL, { exclude: tried });
        tried.add(lease.declaration.account.id);
        lease.release({ type: 'failure', failure, nowMs: NOW_MS });
      }

      expect(ask(pool, ALL)).toMatchObject({ none: 'cooling', earliestMs: NOW_MS + 60_000 });
    });

    it('ends at a true time, not at a constant one', () => {
      const pool = new AccountPool();
      const rests = [90_000, 7_000, 30_000];
      rests.forEach((restMs, at) => {
        const failure = fail('upstream_rate_limited', 'model', restMs);
        take(pool, ALL.slice(at, at + 1)).release({ type: 'failure', failure, nowMs: NOW_MS });
      });

      expect(ask(pool, ALL)).toMatchObject({ none: 'cooling', earliestMs: NOW_MS + 7_000 });
    });
  });

  it.each([
    ['overloaded', OVERLOADED],
    ['refused', REFUSED],
    ['throttled', fail('upstream_rate_limited', 'model')],
    ['out of quota', fail('upstream_quota_exhausted', 'account')],
    ['unreachable', fail('upstream_unreachable', 'network')],
  ])('fails over also when an account is %s', (_what, failure) => {
    const pool = new AccountPool();
    take(pool, ALL).release({ type: 'failure', failure, nowMs: NOW_MS });

    expect(idsOf(pool, ALL, 4)).toEqual(['b', 'c', 'b', 'c']);
  });

  it('makes nobody rest for a request that is wrong', () => {
    const pool = new AccountPool();
    for (let at = 0; at < ALL.length; at += 1)
      take(pool, ALL).release({ type: 'failure', failure: BAD_REQUEST, nowMs: NOW_MS });

    expect(new Set(idsOf(pool, ALL, 3)).size).toBe(3);
  });

  it('has one order, whatever the order in which accounts became known', () => {
    const order = (known: typeof ALL): readonly string[] => {
      const pool = new AccountPool();
      for (const candidate of known) pool.standingOf(candidate, { exclude: NONE, nowMs: NOW_MS });
      return pool
        .rank({ candidates: ALL, exclude: NONE, nowMs: NOW_MS, strategy: 'priority' })
        .map(({ declaration }) => declaration.account.id);
    };

    expect(order(ALL)).toEqual(['a', 'b', 'c']);
    expect(order([...ALL].reverse())).toEqual(['a', 'b', 'c']);
  });

  it('tells two accounts of one provider apart', () => {
    const pool = new AccountPool();
    take(pool, candidatesOf([A])).release({ type: 'failure', failure: REFUSED, nowMs: NOW_MS });

    expect(pool.standingOf({ declaration: A, model: 'm1' }, { exclude: NONE, nowMs: NOW_MS }).type).toBe('cooling');
    expect(pool.standingOf({ declaration: B, model: 'm1' }, { exclude: NONE, nowMs: NOW_MS }).type).toBe('usable');
  });
});
