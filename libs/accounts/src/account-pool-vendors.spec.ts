import { ask, candidatesOf, idsOf, NONE, NOW_MS, SUCCESS, take } from './__fixtures__/ask-pool.js';
import { declareAccount } from './__fixtures__/declare-account.js';
import { fail, THROTTLED } from './__fixtures__/upstream-failures.js';
import { AccountPool } from './account-pool.js';
import type { VendorProtection } from './vendor-health.js';

const PROTECTION: VendorProtection = {
  circuitBreaker: { enabled: true, failures: 3, openMs: 30_000 },
  retryBudget: { percent: 0, minPerSecond: 1 },
};
const NO_CIRCUIT = { ...PROTECTION, circuitBreaker: { ...PROTECTION.circuitBreaker, enabled: false } };
const UNREACHABLE = fail('upstream_unreachable', 'network');
const at = (host: string) => ({ settings: { baseUrl: `https://${host}/v1` } });

const SICK = declareAccount('sick', {}, at('one.example'));
const SICK_TOO = [declareAccount('sick-2', {}, at('one.example')), declareAccount('sick-3', {}, at('one.example'))];
const NEIGHBOUR = declareAccount('neighbour', {}, at('one.example'));
const ELSEWHERE = declareAccount('elsewhere', { priority: 9 }, at('two.example'));

/** A pool in which calls to the first host have just failed so often that its circuit is open. */
function sickPool(failure = UNREACHABLE): AccountPool {
  const pool = new AccountPool();
  for (const declaration of [SICK, ...SICK_TOO]) {
    take(pool, candidatesOf([declaration]), { protection: PROTECTION }).release({
      type: 'failure',
      failure,
      nowMs: NOW_MS,
    });
  }
  return pool;
}

/** The host of `SICK` and its neighbour. */
const FAILED: ReadonlySet<string> = new Set(['acme (one.example)']);

describe('AccountPool', () => {
  describe('with a vendor whose circuit is open', () => {
    it('asks none of its accounts, and others as before', () => {
      const candidates = candidatesOf([NEIGHBOUR, ELSEWHERE]);

      expect(idsOf(sickPool(), candidates, 1, { protection: PROTECTION })).toEqual(['elsewhere']);
    });

    it('says who is left alone, for how long, and why', () => {
      const result = ask(sickPool(), candidatesOf([NEIGHBOUR]), { protection: PROTECTION, nowMs: NOW_MS + 1_000 });

      expect(result).toMatchObject({
        none: 'cooling',
        earliestMs: NOW_MS + 30_000,
        cause: {
          kind: 'upstream_overloaded',
          message:
            'The vendor "acme" has failed again and again and is left alone for now. Try again in 29 s. ' +
            'Its last failure: upstream_unreachable',
        },
      });
    });

    it('sends one probe when the time is over', () => {
      const pool = sickPool();
      const wish = { protection: PROTECTION, nowMs: NOW_MS + 30_000 };
      const probe = take(pool, candidatesOf([NEIGHBOUR]), wish);
      expect(ask(pool, candidatesOf([NEIGHBOUR]), wish).none).toBe('cooling');

      probe.release({ type: 'success', nowMs: NOW_MS + 30_001 });

      expect(ask(pool, candidatesOf([NEIGHBOUR]), wish).lease).toBeDefined();
    });

    it('sends another probe when the client of the first went away', () => {
      const pool = sickPool();
      const wish = { protection: PROTECTION, nowMs: NOW_MS + 30_000 };

      take(pool, candidatesOf([NEIGHBOUR]), wish).release({ type: 'cancelled' });

      expect(ask(pool, candidatesOf([NEIGHBOUR]), wish).lease).toBeDefined();
    });

    it('still asks where cooldowns are switched off', () => {
      const stubborn = declareAccount('stubborn', { cooldownEnabled: false }, at('one.example'));

      expect(ask(sickPool(), candidatesOf([stubborn]), { protection: PROTECTION }).lease).toBeDefined();
    });

    it('still asks where circuits are switched off', () => {
      expect(ask(sickPool(), candidatesOf([NEIGHBOUR]), { protection: NO_CIRCUIT }).lease).toBeDefined();
    });
  });

  it('opens no circuit for what is the account’s or the model’s fault', () => {
    const pool = sickPool(THROTTLED);

    expect(ask(pool, candidatesOf([NEIGHBOUR]), { protection: PROTECTION }).lease).toBeDefined();
  });

  describe('with a retry budget', () => {
    it('repeats no more than it allows, and tells first calls from repetitions', () => {
      const pool = new AccountPool();
      const candidates = candidatesOf([SICK]);
      const wish = { protection: PROTECTION, failedVendors: FAILED };
      expect(idsOf(pool, candidates, 10, wish)).toHaveLength(10);

      expect(ask(pool, candidates, wish)).toEqual({ none: 'excluded' });
      expect(ask(pool, candidates, { protection: PROTECTION }).lease).toBeDefined();
      expect(ask(pool, candidates, { ...wish, nowMs: NOW_MS + 1_000 }).lease).toBeDefined();
    });

    it('goes on to another vendor, which is asked for the first time', () => {
      const pool = new AccountPool();
      const protection = { ...PROTECTION, retryBudget: { percent: 0, minPerSecond: 0 } };

      const wish = { protection, failedVendors: FAILED };
      expect(ask(pool, candidatesOf([SICK]), wish).none).toBe('excluded');
      expect(idsOf(pool, candidatesOf([SICK, ELSEWHERE]), 100, wish)).toEqual(Array(100).fill('elsewhere'));
    });

    it('takes the account elsewhere once it is spent', () => {
      const pool = new AccountPool();
      const wish = { protection: PROTECTION, failedVendors: FAILED };
      idsOf(pool, candidatesOf([SICK]), 10, wish);

      expect(idsOf(pool, candidatesOf([SICK, ELSEWHERE]), 1, wish)).toEqual(['elsewhere']);
    });

    it('is paid by the requests', () => {
      const pool = new AccountPool();
      const protection = { ...PROTECTION, retryBudget: { percent: 50, minPerSecond: 0 } };
      idsOf(pool, candidatesOf([SICK]), 4, { protection });

      expect(idsOf(pool, candidatesOf([SICK]), 2, { protection, failedVendors: FAILED })).toHaveLength(2);
      expect(ask(pool, candidatesOf([SICK]), { protection, failedVendors: FAILED }).none).toBe('excluded');
    });
  });

  describe('standingOf', () => {
    const standing = (pool: AccountPool, declaration = NEIGHBOUR, wish = {}) =>
      pool.standingOf({ declaration, model: 'm1' }, { exclude: NONE, nowMs: NOW_MS, protection: PROTECTION, ...wish });

    it.each([
      ['usable', new AccountPool(), NEIGHBOUR, {}, { type: 'usable' }],
      ['tried', new AccountPool(), NEIGHBOUR, { exclude: new Set(['neighbour']) }, { type: 'excluded' }],
      ['somebody’s', new AccountPool(), declareAccount('x', { owner: 'key:bob' }), {}, { type: 'foreign' }],
      [
        'behind an open circuit',
        sickPool(),
        NEIGHBOUR,
        {},
        { type: 'open-circuit', vendor: 'acme (one.example)', untilMs: NOW_MS + 30_000 },
      ],
      [
        'resting after a passing fault',
        sickPool(),
        SICK,
        { protection: NO_CIRCUIT },
        { type: 'soft', untilMs: NOW_MS + 10_000, kind: 'upstream_unreachable', message: 'upstream_unreachable' },
      ],
      [
        'throttled',
        sickPool(THROTTLED),
        SICK,
        {},
        { type: 'cooling', untilMs: NOW_MS + 1_000, kind: 'upstream_rate_limited', message: 'upstream_rate_limited' },
      ],
    ])('tells that an account is %s', (_what, pool, declaration, wish, expected) => {
      expect(standing(pool, declaration, wish)).toEqual(expected);
    });

    it('tells that an account is at its limit, and changes nothing by telling', () => {
      const pool = new AccountPool();
      const narrow = declareAccount('narrow', { maxConcurrency: 1 });
      const lease = take(pool, candidatesOf([narrow]));

      expect(standing(pool, narrow)).toEqual({ type: 'busy', inFlight: 1, maxConcurrency: 1 });
      expect(standing(pool, narrow)).toEqual({ type: 'busy', inFlight: 1, maxConcurrency: 1 });

      lease.release(SUCCESS);
      expect(standing(pool, narrow)).toEqual({ type: 'usable' });
    });
  });
});
