import { GatewayError } from '@sluice/core';
import { declare, fakeWorkplace, recordingTerminal, storedLogin } from './__fixtures__/workplace.js';
import { listAccounts } from './list-accounts.js';

const KEY = { kind: 'api-key', secret: 'sk-1234567890123456789012345678abcd' };
const UNREAD_LOGIN = { kind: 'oauth', secret: '', expiresAtMs: 0 };

describe('listAccounts', () => {
  const cells = (line: string) => line.split(/ {2,}/);
  const isRow = (line: string) => !line.startsWith(' ');
  const details = (lines: readonly string[]) => lines.filter((line) => !isRow(line)).map((line) => line.trim());

  it('says of every account what it is called with, and masks it', async () => {
    const terminal = recordingTerminal();
    const accounts = [
      declare('keyed', { credential: KEY }),
      declare('off', { credential: { kind: 'none', secret: '' }, enabled: false }),
      declare('in-file', { credential: UNREAD_LOGIN }),
      declare('renewed', { credential: UNREAD_LOGIN }),
      declare('logged-in', { owner: 'key:bob' }),
      declare('waiting'),
    ];
    const place = fakeWorkplace({}, { accounts });
    await place.store.put('renewed', storedLogin('a').credential);
    await place.store.put('logged-in', {
      ...storedLogin('b').credential,
      details: { endsAtMs: String(Date.UTC(2026, 5, 1)), login: 'octocat' },
    });

    expect(await listAccounts({}, place, terminal)).toBe(0);

    expect(terminal.printed.filter(isRow).map(cells)).toEqual([
      ['ACCOUNT', 'PROVIDER', 'STATE', 'TOKEN ENDS', 'LOGIN'],
      ['keyed', 'acme', 'ready', '-', 'api-key sk-…abcd'],
      ['off', 'acme', 'disabled', '-', 'none is needed'],
      ['in-file', 'acme', 'ready', '-', 'oauth, at its first call'],
      ['renewed', 'acme', 'ready', 'in 60 min', 'oauth acc…in-a, stored'],
      ['logged-in', 'acme', 'ready', 'in 151 d', 'oauth acc…in-b, stored'],
      ['waiting', 'acme', 'no login', '-', '-'],
    ]);
    expect(details(terminal.printed)).toEqual([
      'until 2026-01-01 00:00 UTC',
      'octocat · until 2026-06-01 00:00 UTC · only for bob',
      'npx sluice login acme --account waiting',
    ]);
  });

  it('asks the vendors what is left when told to', async () => {
    const terminal = recordingTerminal();
    const accounts = [
      declare('good', { credential: KEY }),
      declare('silent', { credential: KEY }),
      declare('share', { credential: KEY }),
      declare('failing', { credential: KEY }),
      declare('refused', { credential: KEY }),
      declare('off', { credential: KEY, enabled: false }),
      declare('plain', { credential: KEY, provider: 'plain' }),
    ];
    const resetsAtMs = Date.UTC(2026, 1, 1);
    const place = fakeWorkplace(
      {
        balance: async ({ id }) => {
          if (id === 'failing') throw new GatewayError({ kind: 'upstream_error', message: 'The vendor is unwell.' });
          if (id === 'refused') throw new GatewayError({ kind: 'upstream_auth_failed', message: 'Log in again.' });
          if (id === 'share') return { used: 37, limit: 100, remaining: 63, percentUsed: 37, unit: '%' };
          if (id !== 'good') return undefined;
          const counted = { used: 12.5, limit: 1000, remaining: 987.5, percentUsed: 1.25, unit: 'credits' };
          return { ...counted, plan: 'PRO', resetsAtMs };
        },
      },
      { accounts },
    );

    await listAccounts({ limits: true }, place, terminal);

    expect(details(terminal.printed)).toEqual([
      '12.5 of 1000 credits used, until 2026-02-01 (PRO)',
      'limits are not told',
      '37 % used',
      'The vendor is unwell.',
      'npx sluice login acme --account refused · Log in again.',
    ]);
    expect(terminal.printed.filter(isRow).map((line) => cells(line)[2])).toEqual([
      'STATE',
      ...['ready', 'ready', 'ready', 'ready', 'refused', 'disabled', 'ready'],
    ]);
  });

  it('shows the token that asking has brought', async () => {
    const terminal = recordingTerminal();
    const place = fakeWorkplace(
      { balance: async () => undefined },
      {
        accounts: [declare('a', { credential: UNREAD_LOGIN })],
        credential: async () => {
          await place.store.put('a', storedLogin('new').credential);
          return storedLogin('new').credential;
        },
      },
    );

    await listAccounts({ limits: true }, place, terminal);

    expect(cells(terminal.printed[1] ?? '')).toContain('oauth acc…-new, stored');
  });

  it('lists logins that no declared account uses, by whatever name', async () => {
    const terminal = recordingTerminal();
    const place = fakeWorkplace({}, { accounts: [declare('acme-1')] });
    for (const id of ['acme-1', 'acme-3', 'mine']) await place.store.put(id, storedLogin(id).credential);

    await listAccounts({}, place, terminal);

    expect(terminal.printed.filter(isRow).map((line) => cells(line).slice(0, 3))).toEqual([
      ['ACCOUNT', 'PROVIDER', 'STATE'],
      ['acme-1', 'acme', 'ready'],
      ['acme-3', 'acme', 'not declared'],
      ['mine', '-', 'not declared'],
    ]);
    expect(terminal.warned).toEqual([expect.stringMatching(/not declared.*: acme-3, mine\.$/)]);
  });

  it('says so when there is no account', async () => {
    const terminal = recordingTerminal();

    expect(await listAccounts({}, fakeWorkplace(), terminal)).toBe(0);

    expect(terminal.printed).toEqual(['There are no accounts: sluice.yaml declares none.']);
  });

  it('says what to do when there is no configuration', async () => {
    const terminal = recordingTerminal();

    expect(await listAccounts({}, fakeWorkplace({}, { configFile: undefined }), terminal)).toBe(0);

    expect(terminal.printed).toEqual([]);
    expect(terminal.warned).toEqual([expect.stringMatching(/^There is no configuration here: .* --url http/)]);
  });

  describe('on a screen of 80 characters', () => {
    async function linesFor(ids: readonly string[]): Promise<readonly string[]> {
      const terminal = { ...recordingTerminal(), columns: 80 };
      const accounts = ids.map((id) => declare(id, { provider: 'openai-compatible', owner: 'key:the-search-team' }));
      const place = fakeWorkplace({}, { accounts });
      for (const id of ids) {
        const { credential } = storedLogin(id);
        await place.store.put(id, { ...credential, details: { login: 'somebody-with-a-long-name@example.com' } });
      }
      await listAccounts({}, place, terminal);
      expect(Math.max(...terminal.printed.map(({ length }) => length))).toBeLessThanOrEqual(80);
      return terminal.printed;
    }

    it('wraps what does not fit', async () => {
      expect(await linesFor(['copilot-2'])).toEqual([
        'ACCOUNT    PROVIDER           STATE  TOKEN ENDS  LOGIN',
        'copilot-2  openai-compatible  ready  in 60 min   oauth acc…ot-2, stored',
        '  somebody-with-a-long-name@example.com · until 2026-01-01 00:00 UTC',
        '  only for the-search-team',
      ]);
    });

    it('cuts logins, not names', async () => {
      const [, row] = await linesFor(['an-account-of-our-team']);

      expect(row).toBe('an-account-of-our-team  openai-compatible  ready  in 60 min   oauth acc…team, s…');
    });

    it('moves logins below where they would be cut too short', async () => {
      const [head, row, detail] = await linesFor(['a-rather-long-name-of-an-account']);

      expect(head).not.toContain('LOGIN');
      expect(row).toMatch(/^a-rather-long-name-of-an-account {2}openai-compatible {2}ready {2}in 60 min$/);
      expect(detail).toBe('  oauth acc…ount, stored · somebody-with-a-long-name@example.com');
    });
  });

  describe('for programs', () => {
    async function jsonOf(request: { limits?: boolean }, place: ReturnType<typeof fakeWorkplace>): Promise<unknown> {
      const terminal = recordingTerminal();
      expect(await listAccounts({ ...request, json: true }, place, terminal)).toBe(0);
      expect(terminal.warned).toEqual([]);
      return JSON.parse(terminal.printed.join('\n'));
    }

    it('is one array with every member', async () => {
      const counted = { used: 1, limit: 4, remaining: 3, percentUsed: 25, unit: 'credits' };
      const place = fakeWorkplace(
        { balance: async ({ id }) => (id === 'mine' ? { ...counted, resetsAtMs: Date.UTC(2026, 1, 1) } : undefined) },
        { accounts: [declare('mine', { owner: 'key:bob' }), declare('waiting')] },
      );
      await place.store.put('mine', storedLogin('mine').credential);
      await place.store.put('acme-9', storedLogin('idle').credential);

      expect(await jsonOf({ limits: true }, place)).toEqual([
        {
          id: 'mine',
          provider: 'acme',
          state: 'ready',
          login: { kind: 'oauth', secret: 'acc…mine', stored: true, name: null },
          tokenEndsAt: '2026-01-01T00:00:00.000Z',
          tokenEndsInSeconds: 3_600,
          owner: 'bob',
          limits: { ...counted, resetsAt: '2026-02-01T00:00:00.000Z' },
        },
        {
          id: 'waiting',
          provider: 'acme',
          state: 'no login',
          login: null,
          tokenEndsAt: null,
          tokenEndsInSeconds: null,
          owner: null,
          limits: null,
        },
        expect.objectContaining({ id: 'acme-9', provider: 'acme', state: 'not declared', limits: null }),
      ]);
    });

    it('says what failed', async () => {
      const place = fakeWorkplace(
        {
          balance: async () => {
            throw new GatewayError({ kind: 'upstream_error', message: 'The vendor is unwell.' });
          },
        },
        { accounts: [declare('a', { credential: KEY })] },
      );

      expect(await jsonOf({ limits: true }, place)).toMatchObject([{ limits: { error: 'The vendor is unwell.' } }]);
    });

    it('is empty without an account', async () => {
      expect(await jsonOf({}, fakeWorkplace())).toEqual([]);
    });
  });
});
