import { declare, fakeWorkplace, recordingTerminal, storedLogin } from './__fixtures__/workplace.js';
import { logIn } from './log-in.js';
import type { LoginProvider } from '@sluice/provider-kit';

type LogIn = NonNullable<LoginProvider['logIn']>;

class LoginFailure extends Error {
  override readonly name = 'LoginFailure';
}

describe('logIn', () => {
  const around = (terminal = recordingTerminal()) => ({
    terminal,
    openBrowser: undefined as ((address: string) => void) | undefined,
    signal: new AbortController().signal,
  });

  it('shows what to do, stores the login and says how it is used', async () => {
    const opened: string[] = [];
    const surroundings = { ...around(), openBrowser: (address: string) => void opened.push(address) };
    const place = fakeWorkplace({
      logIn: async (_wish, { screen }) => {
        screen.say('Confirm the code ABCD:');
        screen.open('https://login.example/device');
        return storedLogin('new');
      },
    });

    expect(await logIn({ provider: 'acme' }, place, surroundings)).toBe(0);

    expect(opened).toEqual(['https://login.example/device']);
    expect(await place.store.get('acme-1')).toEqual(storedLogin('new').credential);
    expect(surroundings.terminal.printed).toEqual([
      'Confirm the code ABCD:',
      '  https://login.example/device',
      'Waiting … (Ctrl-C to give up)',
      'Logged in: login new',
      'Encrypted in ./.sluice, for the account acme-1.',
      'Add to the accounts of sluice.yaml:',
      '  - { id: acme-1, provider: acme }',
    ]);
  });

  it('lets the person type where that is possible', async () => {
    const terminal = recordingTerminal();
    const place = fakeWorkplace({
      logIn: async (_wish, { screen, signal }) => storedLogin((await screen.ask?.('Code? ', signal)) ?? 'unasked'),
    });

    await logIn({ provider: 'acme' }, place, { ...around(terminal), ask: async (question) => `typed at ${question}` });

    expect(terminal.printed[0]).toBe('Logged in: login typed at Code? ');
  });

  it('passes on how the person wants to log in', async () => {
    const wishes: unknown[] = [];
    const place = fakeWorkplace({
      logIn: async (wish) => {
        wishes.push(wish);
        return storedLogin('new');
      },
    });
    const wish = { method: 'idc', flow: 'code', startUrl: 'https://acme.example/start', region: 'eu-west-1' };

    await logIn({ provider: 'acme', account: 'mine', ...wish }, place, around());

    expect(wishes).toEqual([wish]);
  });

  it.each([
    ['the named account', 'second', 'second'],
    ['the first one that waits for a login', undefined, 'first'],
    ['nobody', 'new', undefined],
  ])('uses the hosts of %s', async (_name, account, declared) => {
    const seen: unknown[] = [];
    const accounts = [
      declare('keyed', { credential: { kind: 'api-key', secret: 'k' } }),
      declare('first'),
      declare('second'),
    ];
    const record: LogIn = async (_wish, stage) => {
      seen.push(stage.account.settings['declared']);
      return storedLogin('new');
    };

    await logIn({ provider: 'acme', account }, fakeWorkplace({ logIn: record }, { accounts }), around());

    expect(seen).toEqual([declared]);
  });

  it('writes the login to a file instead', async () => {
    const terminal = recordingTerminal();
    const place = fakeWorkplace({
      logIn: async () => storedLogin('new'),
      writeLogin: async (path, _folder, credential) => `${path} with ${credential.details?.['seed']}`,
    });

    expect(await logIn({ provider: 'acme', output: 'logins.json' }, place, around(terminal))).toBe(0);

    expect(terminal.printed.at(-1)).toBe('Written to logins.json with seed-new.');
    expect(await place.store.get('acme-1')).toBeUndefined();
  });

  it('stores nothing when the person gives up', async () => {
    const terminal = recordingTerminal();
    const giveUp = new AbortController();
    const place = fakeWorkplace({
      logIn: async (_wish, { signal }) => {
        giveUp.abort();
        throw signal.reason;
      },
    });

    expect(await logIn({ provider: 'acme' }, place, { ...around(terminal), signal: giveUp.signal })).toBe(130);

    expect(terminal.warned).toEqual(['Given up; nothing was stored.']);
    expect(await place.store.get('acme-1')).toBeUndefined();
  });

  it.each<[string, Parameters<typeof logIn>[0], RegExp]>([
    ['of a provider without logins', { provider: 'plain' }, /^plain: .* acme\.$/],
    ['into a file that no such login has', { provider: 'acme', output: 'x.json' }, /^--output: /],
    ['that the vendor refuses', { provider: 'acme' }, /^The code has run out\.$/],
  ])('ends a login %s with 2', async (_name, request, line) => {
    const terminal = recordingTerminal();
    const place = fakeWorkplace({
      logIn: async () => {
        throw new LoginFailure('The code has run out.');
      },
    });

    expect(await logIn(request, place, around(terminal))).toBe(2);

    expect(terminal.warned).toEqual([expect.stringMatching(line)]);
  });
});
