import { ask, candidatesOf, idsOf, NOW_MS, SUCCESS, take } from './__fixtures__/ask-pool.js';
import { declareAccount } from './__fixtures__/declare-account.js';
import { BAD_REQUEST, fail } from './__fixtures__/upstream-failures.js';
import { AccountPool } from './account-pool.js';

const ACCOUNTS = candidatesOf([declareAccount('a'), declareAccount('b'), declareAccount('c', { priority: 1 })]);
const session = { key: 'conversation', ttlMs: 60_000 };
const other = { key: 'another', ttlMs: 60_000 };
const failed = (failure = fail('upstream_rate_limited', 'model', 5_000)) =>
  ({ type: 'failure', failure, nowMs: NOW_MS }) as const;

describe('AccountPool', () => {
  describe('with session affinity', () => {
    it('keeps a conversation on its account while others take turns', () => {
      const pool = new AccountPool();

      const ids = [session, other, session, other, session].map((one) => idsOf(pool, ACCOUNTS, 1, { session: one })[0]);

      expect(ids).toEqual(['a', 'b', 'a', 'b', 'a']);
    });

    it('outranks priorities', () => {
      const pool = new AccountPool();
      take(pool, ACCOUNTS, { session, exclude: new Set(['a', 'b']) }).release(SUCCESS);

      expect(idsOf(pool, ACCOUNTS, 2, { session })).toEqual(['c', 'c']);
    });

    it('moves for good when the account fails', () => {
      const pool = new AccountPool();
      take(pool, ACCOUNTS, { session }).release(failed());

      expect(idsOf(pool, ACCOUNTS, 2, { session })).toEqual(['b', 'b']);
      expect(idsOf(pool, ACCOUNTS, 2, { session, nowMs: NOW_MS + 5_000 })).toEqual(['b', 'b']);
    });

    it('stays when only the request was wrong', () => {
      const pool = new AccountPool();
      take(pool, ACCOUNTS, { session }).release(failed(BAD_REQUEST));

      expect(idsOf(pool, ACCOUNTS, 2, { session })).toEqual(['a', 'a']);
    });

    it('does not lose a new binding to a late failure on the old account', () => {
      const pool = new AccountPool();
      const [late, soon] = [take(pool, ACCOUNTS, { session }), take(pool, ACCOUNTS, { session })];
      soon.release(failed());
      expect(idsOf(pool, ACCOUNTS, 1, { session })).toEqual(['b']);

      late.release(failed());

      expect(idsOf(pool, ACCOUNTS, 1, { session })).toEqual(['b']);
      expect(pool.sessions).toMatchObject({ rebinds: 0, hits: 2 });
    });

    it('uses another account for a moment when its own is at its limit, and goes back', () => {
      const pool = new AccountPool();
      const narrow = candidatesOf([declareAccount('a', { maxConcurrency: 1 }), declareAccount('b', { priority: 1 })]);
      const running = take(pool, narrow, { session });
      expect(idsOf(pool, narrow, 1, { session })).toEqual(['b']);

      running.release(SUCCESS);

      expect(idsOf(pool, narrow, 1, { session })).toEqual(['a']);
    });

    it('forgets a conversation that was silent for too long', () => {
      const pool = new AccountPool();
      take(pool, ACCOUNTS, { session }).release(SUCCESS);

      expect(idsOf(pool, ACCOUNTS, 1, { session, nowMs: NOW_MS + 60_000 })).toEqual(['b']);
    });

    it('keeps conversations with two models apart', () => {
      const pool = new AccountPool();
      take(pool, ACCOUNTS, { session }).release(SUCCESS);
      const small = ACCOUNTS.map(({ declaration }) => ({ declaration, model: 'small' }));

      expect(idsOf(pool, small, 1, { session })).toEqual(['b']);
      expect(idsOf(pool, ACCOUNTS, 1, { session })).toEqual(['a']);
    });

    it('is no reason to wait: nobody is nobody', () => {
      const all = new Set(['a', 'b', 'c']);

      expect(ask(new AccountPool(), ACCOUNTS, { session, exclude: all })).toEqual({ none: 'excluded' });
    });
  });
});
