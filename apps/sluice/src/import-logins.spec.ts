import { CredentialStoreError, MemoryCredentialStore } from '@sluice/accounts';
import { declare, fakeWorkplace, recordingTerminal, storedLogin } from './__fixtures__/workplace.js';
import { importLogins } from './import-logins.js';
import type { LoginImport } from '@sluice/provider-kit';

const found = (...names: readonly string[]): LoginImport => ({
  store: "a program's file",
  logins: names.map((name) => storedLogin(name)),
  warnings: [],
});

describe('importLogins', () => {
  const request = { provider: 'acme', path: 'logins.json' };

  it('stores every login for an account of its own, and says where and how it is used', async () => {
    const terminal = recordingTerminal();
    const place = fakeWorkplace({
      readLogins: async () => ({
        ...found('one'),
        logins: [storedLogin('one'), storedLogin('two', { enabled: false, priority: 2 })],
        warnings: ['A proxy stays behind.'],
      }),
    });

    expect(await importLogins(request, place, terminal)).toBe(0);

    expect(await place.store.get('acme-1')).toEqual(storedLogin('one').credential);
    expect(await place.store.get('acme-2')).toEqual(storedLogin('two').credential);
    expect(terminal.warned).toEqual(['warning: A proxy stays behind.']);
    expect(terminal.printed).toEqual([
      "Found in a program's file:",
      '  logins.json#one: login one',
      '    stored for the account acme-1',
      '  logins.json#two: login two',
      '    stored for the account acme-2',
      'Encrypted in ./.sluice.',
      'Add to the accounts of sluice.yaml:',
      '  - { id: acme-1, provider: acme }',
      '  - { id: acme-2, provider: acme, enabled: false, priority: 2 }',
    ]);
  });

  it('fills declared accounts that wait for a login before it numbers new ones', async () => {
    const terminal = recordingTerminal();
    const accounts = [
      declare('acme-1', { credential: { kind: 'api-key', secret: 'k' } }),
      declare('mine'),
      declare('other', { provider: 'plain' }),
    ];
    const place = fakeWorkplace({ readLogins: async () => found('one', 'two') }, { accounts });

    await importLogins(request, place, terminal);

    expect(await place.store.get('mine')).toEqual(storedLogin('one').credential);
    expect(await place.store.get('acme-1')).toBeUndefined();
    expect(await place.store.get('acme-2')).toEqual(storedLogin('two').credential);
    expect(terminal.printed.slice(-2)).toEqual([
      'Add to the accounts of sluice.yaml:',
      '  - { id: acme-2, provider: acme }',
    ]);
  });

  it('changes nothing the second time, also where a login has been renewed since', async () => {
    const place = fakeWorkplace({ readLogins: async () => found('one', 'two') });
    await importLogins(request, place, recordingTerminal());
    const renewed = { ...storedLogin('one').credential, secret: 'renewed' };
    await place.store.put('acme-1', renewed);
    const terminal = recordingTerminal();

    expect(await importLogins(request, place, terminal)).toBe(0);

    expect(await place.store.get('acme-1')).toEqual(renewed);
    expect(await place.store.get('acme-3')).toBeUndefined();
    expect(terminal.printed).toContain('    already stored for the account acme-1');
    expect(terminal.printed).toContain('Nothing had to be stored.');
  });

  it('finds a login behind an account that has lost its own', async () => {
    const place = fakeWorkplace({ readLogins: async () => found('one') });
    await place.store.put('acme-2', storedLogin('one').credential);
    const terminal = recordingTerminal();

    await importLogins(request, place, terminal);

    expect(terminal.printed).toContain('    already stored for the account acme-2');
  });

  it('stores a login once that stands there twice', async () => {
    const place = fakeWorkplace({ readLogins: async () => found('one', 'one') });

    await importLogins(request, place, recordingTerminal());

    expect(await place.store.get('acme-2')).toBeUndefined();
  });

  it('only says what it would do when asked for that', async () => {
    const terminal = recordingTerminal();
    const place = fakeWorkplace({ readLogins: async () => found('one', 'two') });

    expect(await importLogins({ ...request, dryRun: true }, place, terminal)).toBe(0);

    expect(await place.store.get('acme-1')).toBeUndefined();
    expect(terminal.printed).toEqual(
      expect.arrayContaining(['    stored for the account acme-1', '    stored for the account acme-2']),
    );
    expect(terminal.printed).toContain('Nothing was stored: this is what would be done.');
  });

  it('gives a named account the login, whatever it had', async () => {
    const terminal = recordingTerminal();
    const place = fakeWorkplace({ readLogins: async () => found('new') });
    await place.store.put('mine', storedLogin('old').credential);

    await importLogins({ ...request, account: 'mine' }, place, terminal);

    expect(await place.store.get('mine')).toEqual(storedLogin('new').credential);
    expect(terminal.printed).toContain('    replaces the login of the account mine');
  });

  it('never shows a secret', async () => {
    const terminal = recordingTerminal();
    const place = fakeWorkplace({ readLogins: async () => found('one') });

    await importLogins(request, place, terminal);

    expect([...terminal.printed, ...terminal.warned].join('\n')).not.toContain(storedLogin('one').credential.secret);
  });

  describe('ends with 2', () => {
    class LoginFileError extends Error {
      override readonly name = 'LoginFileError';
    }
    class FullStore extends MemoryCredentialStore {
      override async put(): Promise<void> {
        throw new CredentialStoreError('too-large', 'The store is full.');
      }
    }
    const unreadable = async (): Promise<LoginImport> => {
      throw new LoginFileError('logins.json: [1] has no token.');
    };

    it.each([
      [
        'for a provider without logins',
        { ...request, provider: 'plain' },
        fakeWorkplace({ readLogins: unreadable }),
        /^plain: .* acme\.$/,
      ],
      [
        'for a provider that is none',
        { ...request, provider: 'nobody' },
        fakeWorkplace({ readLogins: unreadable }),
        /^nobody: .* acme\.$/,
      ],
      [
        'with what is wrong with the file',
        request,
        fakeWorkplace({ readLogins: unreadable }),
        /^logins\.json: \[1\] has no token\.$/,
      ],
      [
        'when one account should get several logins',
        { ...request, account: 'mine' },
        fakeWorkplace({ readLogins: async () => found('one', 'two') }),
        /^--account: logins\.json has 2 logins/,
      ],
      [
        'when the store does not take them',
        request,
        fakeWorkplace({ readLogins: async () => found('one') }, { store: new FullStore() }),
        /^The store is full\.$/,
      ],
    ])('%s', async (_name, asked, place, line) => {
      const terminal = recordingTerminal();

      expect(await importLogins(asked, place, terminal)).toBe(2);

      expect(terminal.warned).toEqual([expect.stringMatching(line)]);
    });
  });

  it('lets a defect of ours be seen', async () => {
    const place = fakeWorkplace({
      readLogins: async () => {
        throw new TypeError('undefined is not a function');
      },
    });

    await expect(importLogins(request, place, recordingTerminal())).rejects.toThrow(TypeError);
  });
});
