import { ask, candidatesOf, idsOf, NOW_MS, take } from './__fixtures__/ask-pool.js';
import { declareAccount } from './__fixtures__/declare-account.js';
import { fail, OVERLOADED } from './__fixtures__/upstream-failures.js';
import { AccountPool } from './account-pool.js';

const ACCOUNTS = candidatesOf([
  declareAccount('shared', {}, { provider: 'anthropic' }),
  declareAccount('alices-copilot', { owner: 'key:alice', priority: 5 }, { provider: 'copilot' }),
  declareAccount('alices-claude', { owner: 'key:alice', priority: 9 }, { provider: 'anthropic' }),
  declareAccount('bobs', { owner: 'key:bob' }, { provider: 'anthropic' }),
]);
const THROTTLED = fail('upstream_rate_limited', 'model', 60_000);
const ALICE = { id: 'key:alice', providerOrder: ['anthropic', 'copilot'] };
const ALICE_OTHERWISE = { id: 'key:alice', providerOrder: ['copilot'] };
const ALICE_ANYHOW = { id: 'key:alice', providerOrder: [] };
const BOB = { id: 'key:bob', providerOrder: [] };
const CAROL = { id: 'key:carol', providerOrder: [] };

describe('AccountPool', () => {
  describe('lease for an owner', () => {
    it.each([
      ['Alice, in her order of providers', ALICE, [], 'alices-claude'],
      ['Alice, in another order', ALICE_OTHERWISE, [], 'alices-copilot'],
      ['Alice, by priority where she has no order', ALICE_ANYHOW, [], 'alices-copilot'],
      ['Alice, while her first one rests', ALICE, ['alices-claude'], 'alices-copilot'],
      ['Alice, while both of hers rest', ALICE, ['alices-claude', 'alices-copilot'], 'shared'],
      ['Alice, never on Bob’s', ALICE, ['alices-claude', 'alices-copilot', 'shared'], 'cooling'],
      ['Bob', BOB, [], 'bobs'],
      ['Bob, while his rests', BOB, ['bobs'], 'shared'],
      ['Bob, never on Alice’s', BOB, ['bobs', 'shared'], 'cooling'],
      ['Carol, who owns none', CAROL, [], 'shared'],
      ['Carol, never on anybody’s', CAROL, ['shared'], 'cooling'],
      ['nobody in particular', undefined, [], 'shared'],
      ['nobody in particular, never on anybody’s', undefined, ['shared'], 'cooling'],
    ])('serves %s', (_what, owner, resting, expected) => {
      const pool = new AccountPool();
      for (const id of resting) {
        const [candidate] = ACCOUNTS.filter(({ declaration }) => declaration.account.id === id);
        const declared = candidate?.declaration.owner;
        take(pool, candidate === undefined ? [] : [candidate], {
          owner: declared === undefined ? undefined : { id: declared, providerOrder: [] },
        }).release({ type: 'failure', failure: THROTTLED, nowMs: NOW_MS });
      }

      const result = ask(pool, ACCOUNTS, { owner });

      expect(result.lease?.declaration.account.id ?? result.none).toBe(expected);
    });

    it('asks a shared account before an own one with a passing fault', () => {
      const pool = new AccountPool();
      take(pool, ACCOUNTS, { owner: BOB }).release({ type: 'failure', failure: OVERLOADED, nowMs: NOW_MS });

      expect(idsOf(pool, ACCOUNTS, 1, { owner: BOB })).toEqual(['shared']);
    });

    it('keeps to its owner also by a conversation that was bound to it', () => {
      const pool = new AccountPool();
      const session = { key: 's', ttlMs: 60_000 };
      expect(idsOf(pool, ACCOUNTS, 1, { owner: BOB, session })).toEqual(['bobs']);

      expect(idsOf(pool, ACCOUNTS, 1, { owner: CAROL, session })).toEqual(['shared']);
    });

    it('says that there is nobody when only others’ accounts are there', () => {
      expect(ask(new AccountPool(), ACCOUNTS.slice(1), { owner: CAROL })).toEqual({ none: 'excluded' });
    });
  });
});
