import { GatewayError } from '@sluice/core';
import { declare, fakeWorkplace, recordingTerminal, storedLogin } from './__fixtures__/workplace.js';
import { listAccounts } from './list-accounts.js';

const KEY = { kind: 'api-key', secret: 'sk-1234567890123456789012345678abcd' };
const UNREAD_LOGIN = { kind: 'oauth', secret: '', expiresAtMs: 0 };

describe('listAccounts', () => {
  const cells = (line: string | undefined) => line?.split(/ {2,}/);

  it('says of every account what it is called with, and masks it', async () => {
    const terminal = recordingTerminal();
    const accounts = [
      declare('keyed', { credential: KEY }),
      declare('off', { credential: { kind: 'none', secret: '' }, enabled: false }),
      declare('in-file', { credential: UNREAD_LOGIN }),
      declare('renewed', { credential: UNREAD_LOGIN }),
      declare('logged-in'),
      declare('waiting'),
    ];
    const place = fakeWorkplace({}, { accounts });
    await place.store.put('renewed', storedLogin('a').credential);
    await place.store.put('logged-in', {
      ...storedLogin('b').credential,
      details: { endsAtMs: String(Date.UTC(2026, 5, 1)) },
    });

    expect(await listAccounts({}, place, terminal)).toBe(0);

    expect(terminal.printed.map(cells)).toEqual([
      ['ACCOUNT', 'PROVIDER', 'STATE', 'CREDENTIAL', 'TOKEN UNTIL'],
      ['keyed', 'acme', 'ready', 'api-key sk-…abcd', 'no end is known'],
      ['off', 'acme', 'disabled', 'none is needed', 'no end is known'],
      ['in-file', 'acme', 'ready', 'oauth, renewed with its first call', '-'],
      ['renewed', 'acme', 'ready', 'oauth acc…in-a, stored', '2026-01-01T00:00:00.000Z'],
      ['logged-in', 'acme', 'ready', 'oauth acc…in-b, stored', '2026-06-01T00:00:00.000Z'],
      ['waiting', 'acme', 'no login', 'npx sluice login', '-'],
    ]);
  });

  it('asks the vendors what is left when told to', async () => {
    const terminal = recordingTerminal();
    const accounts = [
      declare('good', { credential: KEY }),
      declare('silent', { credential: KEY }),
      declare('failing', { credential: KEY }),
      declare('off', { credential: KEY, enabled: false }),
      declare('plain', { credential: KEY, provider: 'plain' }),
    ];
    const place = fakeWorkplace(
      {
        balance: async ({ id }) => {
          if (id === 'failing') throw new GatewayError({ kind: 'upstream_error', message: 'The vendor is unwell.' });
          const resetsAtMs = Date.UTC(2026, 1, 1);
          return id === 'good' ? { used: 12.5, limit: 1000, remaining: 987.5, plan: 'PRO', resetsAtMs } : undefined;
        },
      },
      { accounts },
    );

    await listAccounts({ limits: true }, place, terminal);

    expect(terminal.printed.map((line) => cells(line)?.at(-1))).toEqual([
      'LIMITS',
      '12.5 of 1000 used, until 2026-02-01 (PRO)',
      'not told',
      'The vendor is unwell.',
      '-',
      '-',
    ]);
  });

  it('names logins that no declared account uses', async () => {
    const terminal = recordingTerminal();
    const place = fakeWorkplace({ logIn: async () => storedLogin('x') }, { accounts: [declare('acme-1')] });
    await place.store.put('acme-1', storedLogin('one').credential);
    await place.store.put('acme-3', storedLogin('three').credential);

    await listAccounts({}, place, terminal);

    expect(terminal.warned).toEqual([expect.stringMatching(/not declared.*: acme-3\.$/)]);
  });

  it('says so when there is no account', async () => {
    const terminal = recordingTerminal();

    expect(await listAccounts({}, fakeWorkplace(), terminal)).toBe(0);

    expect(terminal.printed).toEqual([expect.stringMatching(/^There are no accounts/)]);
  });
});
