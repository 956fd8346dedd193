import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { SilentLogger } from '@sluice/core';
import { UpstreamHttp, type Account } from '@sluice/provider-kit';
import { replay, ScriptedVendor } from '@sluice/provider-kit/conformance';
import { FakeClock } from '@sluice/testing';
import { KiroProvider } from '../kiro.provider.js';
import { temporaryFolder } from '../__fixtures__/temporary-folder.js';
import { KiroSettings } from '../settings.js';
import { expandAccount } from './expand-account.js';

const NOW_MS = Date.UTC(2026, 0, 1);
const LONG = `aor${'x'.repeat(120)}`;

describe('files of logins that are not what they should be', () => {
  const folder = temporaryFolder();
  const path = () => folder.file('logins');

  /** The sentences that an operator gets at the start. */
  async function told(member: 'credentialsFile' | 'sqliteFile' | 'tokenFile'): Promise<string> {
    try {
      const expansion = await expandAccount({ [member]: path() }, folder.path);
      return (expansion?.warnings ?? []).join(' ');
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  it.each([
    [
      'half of one',
      '[{"refreshToken":"aor',
      /logins is not JSON; another program may be writing it, or it is another file/,
    ],
    ['a page', '<!doctype html>', /logins is not JSON/],
    ['bytes', 'SQLite format 3\u0000\u0001', /logins is not JSON/],
    ['a number', '4711', /logins is neither a login nor a list of logins/],
    ['a list of other things', '["aor"]', /\[0\] is not an object with a login/],
    [
      'somebody else’s settings',
      '{"name":"an-app","version":"1.0.0"}',
      /has neither refreshToken nor accessToken nor kiroApiKey/,
    ],
    ['a shortened token', `[{"refreshToken":"aorAAAA...zzzz"}]`, /\[0\]\.refreshToken is shortened with "\.\.\."/],
    ['a token that was cut off', '[{"refreshToken":"aor"}]', /\[0\] has a refreshToken of less than 100 characters/],
    [
      'one id twice',
      `[{"id":1,"refreshToken":"${LONG}"},{"id":1,"refreshToken":"${LONG}"}]`,
      /\[1\]\.id is 1, which \[0\] has already/,
    ],
    [
      'an unknown endpoint',
      `[{"refreshToken":"${LONG}","endpoint":"moon"}]`,
      /names the endpoint "moon", which is none of ide, cli, runtime/,
    ],
    ['nothing', '', /has no logins yet/],
  ])('credentials.json: %s', async (_name, text, sentence) => {
    await writeFile(path(), text);

    expect(await told('credentialsFile')).toMatch(sentence);
    expect(await readFile(path(), 'utf8')).toBe(text);
  });

  it.each(['credentialsFile', 'tokenFile', 'sqliteFile'] as const)('%s: a folder', async (member) => {
    await mkdir(path());

    expect(await told(member)).toMatch(/logins.*cannot be read|logins is not a database|logins.*EISDIR/);
  });

  it.each(['tokenFile', 'sqliteFile'] as const)('%s: not there', async (member) => {
    expect(await told(member)).toMatch(/does not exist|there is no/i);
  });

  describe('at a renewal', () => {
    let http: UpstreamHttp;
    let vendor: ScriptedVendor;
    beforeEach(async () => {
      http = new UpstreamHttp();
      vendor = await ScriptedVendor.open(replay({ status: 200, chunks: ['{"accessToken":"aoa","expiresIn":3600}'] }));
    });
    afterEach(async () => {
      await http.destroy();
      await vendor.close();
    });

    async function renew(): Promise<unknown> {
      const { origin } = vendor;
      const account: Account = {
        id: 'kiro-1',
        provider: 'kiro',
        settings: {
          ...KiroSettings.parse({
            endpoints: { inference: origin, socialAuth: origin, oidc: origin, management: origin },
          }),
          origin: { kind: 'credentials-file', path: path() },
        },
        headers: {},
        transport: { timeouts: { connectMs: 10_000, firstByteMs: 10_000, idleMs: 10_000 } },
      };
      const provider = new KiroProvider(http, new FakeClock(NOW_MS), new SilentLogger());
      const tried = { kind: 'oauth', secret: '', expiresAtMs: 0 };
      return provider.refreshCredential(tried, account, new AbortController().signal);
    }

    it.each([
      ['half of one', '{"refreshToken":"aor', /is not JSON/],
      [
        'a client whose registration has ended',
        JSON.stringify({
          refreshToken: LONG,
          authMethod: 'idc',
          clientId: 'c',
          clientSecret: 's',
          clientSecretExpiresAt: '2025-12-31T00:00:00Z',
        }),
        /must log in again\. The registration of its client has ended/,
      ],
      [
        'a client that is missing',
        JSON.stringify({ refreshToken: LONG, authMethod: 'idc' }),
        /needs clientId and clientSecret/,
      ],
      [
        'nothing to renew with',
        JSON.stringify({ accessToken: 'aoa-old', expiresAt: '2025-01-01T00:00:00Z' }),
        /there is no refresh token/,
      ],
    ])('asks nobody with %s, and says so', async (_name, text, sentence) => {
      await writeFile(path(), text);

      await expect(renew()).rejects.toMatchObject({
        kind: 'upstream_auth_failed',
        message: expect.stringMatching(sentence) as string,
      });
      expect(vendor.seen).toHaveLength(0);
      expect(await readFile(path(), 'utf8')).toBe(text);
    });

    it('renews what a clock that is behind takes for good, and counts from its own time', async () => {
      await writeFile(
        path(),
        JSON.stringify({ refreshToken: LONG, accessToken: '', expiresAt: '2035-01-01T00:00:00Z' }),
      );

      expect(await renew()).toMatchObject({ secret: 'aoa', expiresAtMs: NOW_MS + 3_300_000 });
      expect(JSON.parse(await readFile(path(), 'utf8'))).toMatchObject({ expiresAt: '2026-01-01T01:00:00.000Z' });
    });
  });
});
