import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MAX_AUTH_FILE_BYTES, readAuthFile } from './read-auth-file.js';

const part = (claims: object): string => Buffer.from(JSON.stringify(claims)).toString('base64url');
/** 2026-01-01T00:00:00Z, in seconds. */
const END_SECONDS = 1_767_225_600;

const TOKENS = {
  id_token: `e30.${part({ email: 'ada@example.org', 'https://api.openai.com/auth': { chatgpt_account_id: 'acc', chatgpt_plan_type: 'pro' } })}.x`,
  access_token: `e30.${part({ exp: END_SECONDS })}.x`,
  refresh_token: 'rt_1',
  account_id: 'acc',
};

describe('readAuthFile', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sluice-codex-'));
  });

  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  const write = (document: unknown): Promise<void> =>
    writeFile(join(folder, 'auth.json'), typeof document === 'string' ? document : JSON.stringify(document));

  it.each([['auth.json'], ['.']])('takes the login over from %s and leaves the file alone', async (path) => {
    await write({ OPENAI_API_KEY: null, tokens: TOKENS, last_refresh: '2025-12-31T00:00:00Z' });
    const before = await readFile(join(folder, 'auth.json'), 'utf8');

    const { logins, warnings } = await readAuthFile(path, folder);

    expect(logins).toEqual([
      {
        place: join(folder, 'auth.json'),
        summary: 'ChatGPT pro of ada@example.org',
        credential: {
          kind: 'oauth',
          secret: TOKENS.access_token,
          expiresAtMs: END_SECONDS * 1_000,
          details: {
            seed: expect.stringMatching(/^[0-9a-f]{16}$/),
            refreshToken: 'rt_1',
            accountId: 'acc',
            email: 'ada@example.org',
            plan: 'pro',
          },
        },
        members: {},
      },
    ]);
    expect(warnings).toEqual([expect.stringMatching(/codex itself must log in anew/)]);
    expect(await readFile(join(folder, 'auth.json'), 'utf8')).toBe(before);
  });

  it('takes a token that does not tell its end for run out', async () => {
    await write({ tokens: { ...TOKENS, access_token: 'opaque' } });

    expect((await readAuthFile('auth.json', folder)).logins[0]?.credential.expiresAtMs).toBe(0);
  });

  it.each<[string, unknown, RegExp]>([
    ['a key instead of tokens', { OPENAI_API_KEY: 'sk-secret' }, /no tokens of a ChatGPT login\. It has an API key/],
    ['no tokens', { tokens: { access_token: 'a' } }, /no tokens of a ChatGPT login\.$/],
    ['no JSON', '{"tokens": "sk-secret', /is no JSON object\.$/],
    ['too much', ' '.repeat(MAX_AUTH_FILE_BYTES + 1), /is larger than 1048576 bytes/],
  ])('refuses a file with %s, without its words', async (_name, document, message) => {
    await write(document);
    const reading = readAuthFile('auth.json', folder);

    await expect(reading).rejects.toThrow(message);
    await expect(reading).rejects.not.toThrow('sk-secret');
  });

  it('says which file is not there', async () => {
    await expect(readAuthFile('nowhere.json', folder)).rejects.toThrow(/nowhere\.json does not exist/);
  });
});
