import type { AccountDeclaration } from '@sluice/config';
import { GatewayError } from '@sluice/core';
import { ProviderRegistry, type Balance, type LoginProvider } from '@sluice/provider-kit';
import { FakeClock } from '@sluice/testing';
import type { CredentialSource } from '../credential-source.js';
import { AccountBalances, BALANCE_TTL_MS, MAX_KNOWN_BALANCES } from './account-balances.js';

const BALANCE: Balance = { limit: 10, used: 4, remaining: 6, percentUsed: 40 };

/** Only what a balance needs of an account. */
const declared = (id: string) => ({ account: { id, provider: 'p' } }) as AccountDeclaration;

describe('AccountBalances', () => {
  const create = (answer: () => Promise<Balance | undefined> = async () => BALANCE) => {
    const asked: string[] = [];
    const provider = {
      descriptor: { id: 'p' },
      balance: (account: { readonly id: string }) => {
        asked.push(account.id);
        return answer();
      },
    } as unknown as LoginProvider; // a provider that only tells balances
    const credentials = { current: () => ({ kind: 'api-key', secret: 's' }) } as unknown as CredentialSource; // the same
    const clock = new FakeClock();
    return {
      asked,
      clock,
      balances: new AccountBalances({ providers: new ProviderRegistry([provider]), credentials, clock }),
    };
  };

  it('asks the vendor once in a while', async () => {
    const { asked, balances, clock } = create();

    expect(await Promise.all([balances.of(declared('a')), balances.of(declared('a'))])).toEqual([BALANCE, BALANCE]);
    clock.advance(BALANCE_TTL_MS - 1);
    await balances.of(declared('a'));
    expect(asked).toEqual(['a']);

    clock.advance(1);
    await balances.of(declared('a'));
    expect(asked).toEqual(['a', 'a']);
  });

  it('asks again after a failure, and when it is told to forget', async () => {
    const failure = new GatewayError({ kind: 'upstream_error', message: 'away' });
    let answers = [Promise.reject(failure), Promise.resolve(BALANCE), Promise.resolve(BALANCE)];
    const { asked, balances } = create(() => answers.shift() ?? Promise.resolve(undefined));

    await expect(balances.of(declared('a'))).rejects.toBe(failure);
    expect(await balances.of(declared('a'))).toEqual(BALANCE);
    balances.forget('a');
    await balances.of(declared('a'));

    expect(asked).toHaveLength(3);
    answers = [];
  });

  it('says that the vendor did not tell', async () => {
    const { balances } = create(async () => undefined);

    await expect(balances.of(declared('a'))).rejects.toMatchObject({ kind: 'upstream_invalid_response' });
  });

  it('forgets the one that was asked for first', async () => {
    const { asked, balances } = create();
    for (let index = 0; index <= MAX_KNOWN_BALANCES; index += 1) await balances.of(declared(`a${index}`));
    asked.length = 0;

    await balances.of(declared(`a${MAX_KNOWN_BALANCES}`));
    await balances.of(declared('a0'));

    expect(asked).toEqual(['a0']);
  });
});
