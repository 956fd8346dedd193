import { writeFile } from 'node:fs/promises';
import { readCredential } from '../credential.js';
import { temporaryFolder } from '../__fixtures__/temporary-folder.js';
import { seedOf } from '../login/login-details.js';
import { KiroSettings } from '../settings.js';
import { expandAccount } from './expand-account.js';

const LONG = 'r'.repeat(100);

describe('expandAccount', () => {
  const folder = temporaryFolder();
  const path = () => folder.file('credentials.json');
  const expand = (settings: Record<string, unknown>) => expandAccount(KiroSettings.parse(settings), folder.path);

  async function expandFile(value: unknown, settings: Record<string, unknown> = {}) {
    await writeFile(path(), typeof value === 'string' ? value : JSON.stringify(value));
    const expansion = await expand({ credentialsFile: './credentials.json', ...settings });
    if (expansion === undefined) throw new Error('the account is not expanded');
    return expansion;
  }

  it('leaves an inline account what it is', async () => {
    expect(await expand({ refreshToken: 'aor' })).toBeUndefined();
  });

  it('makes each login of a list an account, called by its id', async () => {
    const { accounts, warnings } = await expandFile(
      [
        {
          id: 4,
          refreshToken: LONG,
          priority: 2,
          disabled: true,
          proxyUrl: 'http://p:1',
          proxyUsername: 'u',
          proxyPassword: 'p w',
        },
        { refreshToken: `${LONG}2`, proxyUrl: 'Direct', endpoint: 'cli' },
      ],
      { region: 'eu-west-1' },
    );

    expect(warnings).toEqual([]);
    expect(accounts).toEqual([
      {
        suffix: '#4',
        settings: {
          region: 'eu-west-1',
          origin: { kind: 'credentials-file', path: path(), entry: 4 },
          seed: seedOf({ refreshToken: LONG }),
        },
        isDisabled: true,
        priority: 2,
        proxyUrl: 'http://u:p%20w@p:1/',
      },
      {
        suffix: '#5',
        settings: {
          region: 'eu-west-1',
          origin: { kind: 'credentials-file', path: path(), entry: 5 },
          seed: seedOf({ refreshToken: `${LONG}2` }),
          endpoint: 'cli',
        },
        isDisabled: false,
        proxyUrl: 'direct',
      },
    ]);
  });

  it('keeps the account’s id for a file with a single login', async () => {
    const { accounts } = await expandFile({ refreshToken: LONG });

    expect(accounts).toMatchObject([{ suffix: '', settings: { origin: { kind: 'credentials-file', path: path() } } }]);
  });

  it('puts no token into the settings, and lets the login be read at its first use', async () => {
    const { accounts } = await expandFile([
      { refreshToken: LONG, accessToken: 'aoa', clientSecret: 's', clientId: 'i' },
    ]);

    const settings = accounts[0]?.settings ?? {};
    expect(JSON.stringify(settings)).not.toMatch(/rrr|aoa|clientSecret/);
    expect(readCredential(settings)).toEqual({
      kind: 'oauth',
      secret: '',
      expiresAtMs: 0,
      details: { seed: seedOf({ refreshToken: LONG }) },
    });
  });

  it('makes a key of a file a credential that is sent as it is', async () => {
    const { accounts } = await expandFile(
      [{ kiroApiKey: 'ksk_1', apiRegion: 'eu-central-1', machineId: 'a'.repeat(64) }],
      {
        region: 'us-east-1',
      },
    );

    const settings = accounts[0]?.settings ?? {};
    expect(settings).toEqual({
      apiKey: 'ksk_1',
      region: 'us-east-1',
      apiRegion: 'eu-central-1',
      machineId: 'a'.repeat(64),
      keptIn: { kind: 'credentials-file', path: expect.stringMatching(/credentials\.json$/) as string, entry: 1 },
    });
    expect(readCredential(settings)).toEqual({ kind: 'api-key', secret: 'ksk_1' });
  });

  it.each([
    ['is not there yet', undefined, /credentials\.json: it does not exist yet/],
    ['is empty', '', /has no logins yet/],
    ['has none', '[]', /has no logins yet/],
  ])('a file that %s is an account that works once it has one', async (_name, text, warning) => {
    const { accounts, warnings } =
      text === undefined
        ? ((await expand({ credentialsFile: 'credentials.json' })) ?? { accounts: [], warnings: [] })
        : await expandFile(text);

    expect(accounts).toMatchObject([{ suffix: '', settings: { origin: { kind: 'credentials-file', path: path() } } }]);
    expect(warnings).toEqual([expect.stringMatching(warning)]);
  });

  it('switches a login off that names an endpoint nobody knows', async () => {
    const { accounts, warnings } = await expandFile([{ refreshToken: LONG, endpoint: 'moon' }]);

    expect(accounts).toMatchObject([{ isDisabled: true }]);
    expect(warnings).toEqual([
      expect.stringMatching(/\[0\] names the endpoint "moon", which is none of ide, cli, runtime/),
    ]);
  });

  it('warns of a token that may have been cut off', async () => {
    const { warnings } = await expandFile([{ refreshToken: 'aorShort' }]);

    expect(warnings).toEqual([expect.stringMatching(/\[0\] has a refreshToken of less than 100 characters/)]);
    expect(warnings.join()).not.toContain('aorShort');
  });

  it('refuses half a file', async () => {
    await expect(expandFile('[{"refreshToken":')).rejects.toThrow(/credentials\.json is not JSON/);
  });

  it.each([
    ['sqliteFile', 'cli-database'],
    ['tokenFile', 'token-cache'],
  ])('keeps an account whose %s is not there yet, and says so', async (member, kind) => {
    const expansion = await expand({ [member]: 'later', writeBack: true });

    expect(expansion?.accounts).toMatchObject([
      { suffix: '', settings: { origin: { kind, path: folder.file('later'), writeBack: true } } },
    ]);
    expect(expansion?.warnings).toContainEqual(expect.stringMatching(/later does not exist/));
  });
});

describe('KiroSettings', () => {
  it.each([
    [{ credentialsFile: 'a', sqliteFile: 'b' }, 'sqliteFile', 'credentialsFile'],
    [{ credentialsFile: 'a', refreshToken: 'r' }, 'refreshToken', 'credentialsFile'],
    [{ apiKey: 'k', refreshToken: 'r' }, 'refreshToken', 'apiKey'],
  ])('refuse two logins: %j', (settings, member, other) => {
    const { error } = KiroSettings.safeParse(settings);

    expect(error?.issues).toMatchObject([{ path: [member], message: expect.stringContaining(other) }]);
  });
});
