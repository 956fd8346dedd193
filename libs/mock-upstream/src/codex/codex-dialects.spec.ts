import { startMockUpstream } from '../start-mock-upstream.js';
import type { MockUpstream } from '../mock-upstream.js';

const ACCEPTED = { model: 'm', stream: true, store: false, instructions: '', input: [{ role: 'user', content: 'Hi' }] };

describe('the mock of a ChatGPT plan', () => {
  let mock: MockUpstream;

  beforeEach(async () => {
    mock = await startMockUpstream();
  });

  afterEach(() => mock.stop());

  const post = (path: string, body: string, headers: Record<string, string>) =>
    fetch(`${mock.url}${path}`, { method: 'POST', body, headers });
  const ask = (body: object, headers: Record<string, string> = { 'chatgpt-account-id': 'a' }) =>
    post('/backend-api/codex/responses', JSON.stringify(body), { 'content-type': 'application/json', ...headers });

  it('answers with a stream', async () => {
    const answer = await ask(ACCEPTED);

    expect(answer.headers.get('content-type')).toMatch(/^text\/event-stream/);
    expect(await answer.text()).toContain('event: response.completed');
  });

  it.each([
    ['a whole answer', { stream: false }],
    ['an answer that is stored', { store: true }],
    ['no instructions', { instructions: undefined }],
    ['a temperature', { temperature: 1 }],
    ['text as input', { input: 'Hi' }],
    ['a system message', { input: [{ role: 'system', content: 'Hi' }] }],
    ['the id of a stored message', { input: [{ type: 'message', id: 'msg_1', role: 'user', content: 'Hi' }] }],
    ['another service tier', { service_tier: 'flex' }],
  ])('refuses %s', async (_name, change) => {
    expect((await ask({ ...ACCEPTED, ...change })).status).toBe(400);
  });

  it('refuses a call for nobody', async () => {
    expect((await ask(ACCEPTED, {})).status).toBe(400);
  });

  it('gives other tokens for every form, and none for half a form', async () => {
    const renew = (token: string) =>
      post('/oauth/token', `grant_type=refresh_token&client_id=c&refresh_token=${token}&scope=openid`, {
        'content-type': 'application/x-www-form-urlencoded',
      });

    const [first, second] = [await renew('one'), await renew('two')];

    const tokens = (await first.json()) as { refresh_token: string };
    expect(tokens.refresh_token).toMatch(/^codex-refresh-/);
    expect(await second.json()).not.toMatchObject({ refresh_token: tokens.refresh_token });
    expect((await renew('')).status).toBe(400);
  });
});
