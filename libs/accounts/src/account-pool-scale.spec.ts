import { jest } from '@jest/globals';
import { candidatesOf, NOW_MS, SUCCESS, take } from './__fixtures__/ask-pool.js';
import { declareAccount } from './__fixtures__/declare-account.js';
import { fail } from './__fixtures__/upstream-failures.js';
import { AccountPool } from './account-pool.js';
import type { Candidate } from './candidate.js';
import { CooldownBook } from './cooldown-book.js';

const ACCOUNTS = 1_000;
const COOLDOWNS_EACH = 10;

/** A pool with many accounts, each with cooldowns of other models. */
function largePool() {
  const pool = new AccountPool();
  const declarations = Array.from({ length: ACCOUNTS }, (_, at) => declareAccount(`a${at}`, { weight: 1 + (at % 3) }));
  for (const declaration of declarations) {
    for (let at = 0; at < COOLDOWNS_EACH; at += 1) {
      const failure = fail('upstream_rate_limited', 'model', 3_600_000);
      take(pool, [{ declaration, model: `other-${at}` }]).release({ type: 'failure', failure, nowMs: NOW_MS });
    }
  }
  return { pool, candidates: candidatesOf(declarations) };
}

/** Candidates that count how often they are looked at. */
function counting(candidates: readonly Candidate[]) {
  const looks = { count: 0 };
  const watched = candidates.map(
    (candidate) =>
      new Proxy(candidate, {
        get: (target, name: keyof Candidate) => {
          looks.count += 1;
          return target[name];
        },
      }),
  );
  return { looks, watched };
}

describe('AccountPool', () => {
  describe('with a thousand accounts and ten thousand cooldowns', () => {
    it('looks at the chosen candidate only', () => {
      const { pool, candidates } = largePool();
      const { looks, watched } = counting(candidates);
      take(pool, watched).release(SUCCESS);
      looks.count = 0;

      for (let at = 0; at < 100; at += 1) take(pool, watched).release(SUCCESS);

      expect(looks.count).toBeLessThanOrEqual(100 * 10);
    });

    it('reads the cooldowns of an account again only when they have changed', () => {
      const { pool, candidates } = largePool();
      take(pool, candidates).release(SUCCESS);
      const reads = jest.spyOn(CooldownBook.prototype, 'endMs');

      for (let at = 0; at < 100; at += 1) take(pool, candidates).release(SUCCESS);
      expect(reads).not.toHaveBeenCalled();

      const failure = fail('upstream_rate_limited', 'model', 1_000);
      take(pool, candidates).release({ type: 'failure', failure, nowMs: NOW_MS });
      take(pool, candidates).release(SUCCESS);
      expect(reads.mock.contexts.length).toBe(3); // hard, told and soft, of the one that failed
      reads.mockRestore();
    });
  });
});
