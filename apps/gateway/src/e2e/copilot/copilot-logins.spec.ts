import { CredentialStore } from '@sluice/accounts';
import { openAiClient } from '../harness/format-client.js';
import { startTestGateway, type TestGateway } from '../harness/start-test-gateway.js';
import { account, VENDOR_KEY } from '../harness/test-configuration.js';
import { copilotAccount, TOKEN_PATH } from './copilot-account.js';

const MODEL = 'gpt-4.1';
const tokenAnswer = (token: string, members = {}) => ({
  body: JSON.stringify({ token, refresh_in: 1500, ...members }),
});
/** One that has run out. */
const OLD_TOKEN = {
  kind: 'oauth',
  secret: 'tid=old',
  expiresAtMs: 1,
  // as the declared one: it grew from it
  details: { githubToken: VENDOR_KEY, seed: '4ec13ceeb193570d' },
} as const;

describe('logins of GitHub Copilot', () => {
  let test: TestGateway;
  beforeAll(async () => {
    test = await startTestGateway();
  });
  afterEach(() => test.checkAfterTest());
  afterAll(() => test.stop());

  /** Another account every time: what is stored for one outlives the test. */
  const configure = (id: string) =>
    test.configure({ accounts: [copilotAccount(test.vendor.url, { id, models: [MODEL] })] });
  const ask = () =>
    openAiClient(test.url).chat.completions.create({ model: MODEL, messages: [{ role: 'user', content: 'Say it.' }] });
  const seen = () => test.vendor.requests.map(({ path, headers }) => [path, headers['authorization']]);

  it('are exchanged for a token before the first call, once for calls at the same time', async () => {
    await configure('fresh');
    test.vendor.when(({ path }) => path === TOKEN_PATH, tokenAnswer('tid=1'));

    const answers = await Promise.all([ask(), ask(), ask()]);

    expect(answers.map(({ choices }) => choices[0]?.finish_reason)).toEqual(['stop', 'stop', 'stop']);
    expect(seen()).toEqual([
      [TOKEN_PATH, `token ${VENDOR_KEY}`],
      ...Array.from({ length: 3 }, () => ['/chat/completions', 'Bearer tid=1']),
    ]);
  });

  it('get another token when one has run out', async () => {
    await configure('run-out');
    await test.gateway.app.get(CredentialStore).put('run-out', OLD_TOKEN);
    test.vendor.script([tokenAnswer('tid=new')]);

    await ask();
    await ask();

    expect(seen()).toEqual([
      [TOKEN_PATH, `token ${VENDOR_KEY}`],
      ['/chat/completions', 'Bearer tid=new'],
      ['/chat/completions', 'Bearer tid=new'],
    ]);
  });

  it('get another token when one is refused before its time, without the client noticing', async () => {
    await configure('refused');
    test.vendor.script([tokenAnswer('tid=old'), { status: 401, body: 'unauthorized: token expired\n' }]);
    test.vendor.when(({ path }) => path === TOKEN_PATH, tokenAnswer('tid=new'));

    const answer = await ask();

    expect(answer.choices[0]?.message.content).toMatch(/You wrote: Say it\./);
    expect(seen().map(([, authorization]) => authorization)).toEqual([
      `token ${VENDOR_KEY}`,
      'Bearer tid=old',
      `token ${VENDOR_KEY}`,
      'Bearer tid=new',
    ]);
  });

  it('are asked for another token once, not again and again', async () => {
    await configure('always-refused');
    test.vendor.when(({ path }) => path === '/chat/completions', { status: 401, body: 'unauthorized' });

    await expect(ask()).rejects.toMatchObject({ status: 502, code: 'upstream_auth_failed' });

    expect(seen().filter(([path]) => path === TOKEN_PATH)).toHaveLength(2);
    expect(seen().filter(([path]) => path === '/chat/completions')).toHaveLength(2);
  });

  it('that are dead say so, hand over to another account, and stay where they are', async () => {
    const dead = copilotAccount(test.vendor.url, { id: 'dead', models: [MODEL] });
    await test.configure({ accounts: [dead] });
    await test.gateway.app.get(CredentialStore).put('dead', OLD_TOKEN);
    test.vendor.when(({ path }) => path === TOKEN_PATH, { status: 401 });

    await expect(ask()).rejects.toMatchObject({
      status: 502,
      code: 'upstream_auth_failed',
      message: expect.stringMatching(/must log in again/),
    });

    await test.configure({
      accounts: [dead, account('openai-chat', test.spare.url, { id: 'spare', models: [MODEL], priority: 1 })],
    });
    expect((await ask()).choices).toHaveLength(1);
    expect(await test.gateway.app.get(CredentialStore).get('dead')).toMatchObject({ secret: 'tid=old' });
  });

  it('without access to Copilot say so', async () => {
    await configure('no-plan');
    const body = JSON.stringify({ error_details: { message: 'Copilot is not enabled for you.' } });
    test.vendor.when(({ path }) => path === TOKEN_PATH, { status: 403, body });

    await expect(ask()).rejects.toMatchObject({
      status: 502,
      message: expect.stringMatching(/no access to Copilot: Copilot is not enabled for you\./),
    });
  });
});
