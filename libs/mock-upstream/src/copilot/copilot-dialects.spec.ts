import { startMockUpstream } from '../start-mock-upstream.js';
import type { MockUpstream } from '../mock-upstream.js';

const COPILOT = { 'copilot-integration-id': 'vscode-chat', 'editor-version': 'vscode/1.104.1' };
const TOOLS = [{ type: 'function', function: { name: 'look' } }];

describe('the mock of GitHub Copilot', () => {
  let mock: MockUpstream;

  beforeEach(async () => {
    mock = await startMockUpstream({ models: ['claude-sonnet-4.5', 'gpt-5-codex', 'gpt-4.1'] });
  });
  afterEach(() => mock.stop());

  // what the mock answers is looked at member by member
  const jsonOf = async (reply: Response) => (await reply.json()) as Record<string, never>;
  const get = async (path: string) => jsonOf(await fetch(mock.url + path, { headers: COPILOT }));
  const post = (path: string, body: object, headers: Record<string, string> = COPILOT) =>
    fetch(mock.url + path, { method: 'POST', headers, body: JSON.stringify(body) });

  it('logs in by device', async () => {
    const started = await jsonOf(await post('/login/device/code', { client_id: 'i', scope: 'read:user' }));
    expect(started).toMatchObject({ user_code: 'MOCK-CODE', interval: 5, expires_in: 900 });

    const grant_type = 'urn:ietf:params:oauth:grant-type:device_code';
    const step = { client_id: 'i', device_code: started['device_code'], grant_type };
    expect(await jsonOf(await post('/login/oauth/access_token', step))).toMatchObject({
      access_token: expect.stringMatching(/^ghu_Mock/),
    });
  });

  it.each([
    ['/login/device/code', { scope: 's' }, 400, 'client_id is required'],
    ['/login/oauth/access_token', { client_id: 'i', device_code: 'd' }, 400, 'grant_type is required'],
  ])('refuses an incomplete step at %s', async (path, body, status, message) => {
    const reply = await post(path, body);

    expect([reply.status, (await jsonOf(reply))['message']]).toEqual([status, message]);
  });

  it('gives another token every time', async () => {
    const [first, second] = [await get('/copilot_internal/v2/token'), await get('/copilot_internal/v2/token')];

    expect(first['token']).toMatch(/^tid=/);
    expect(second['token']).not.toBe(first['token']);
    expect(first).toMatchObject({ refresh_in: 1500, chat_enabled: true });
  });

  it('lists which endpoints each model has', async () => {
    expect((await get('/models'))['data']).toMatchObject([
      { id: 'claude-sonnet-4.5', supported_endpoints: ['/chat/completions', '/v1/messages'] },
      { id: 'gpt-5-codex', supported_endpoints: ['/responses'] },
      { id: 'gpt-4.1', name: 'gpt-4.1', capabilities: { type: 'chat' } },
    ]);
  });

  it('refuses a chat without an editor', async () => {
    const reply = await post('/chat/completions', {}, { 'copilot-integration-id': 'x' });

    expect(reply.status).toBe(400);
  });

  it("parts Claude's text from its calls", async () => {
    const messages = [{ role: 'user', content: 'call:look' }];
    const body = { model: 'claude-sonnet-4.5', messages, tools: TOOLS };

    const whole = await jsonOf(await post('/chat/completions', body));
    const stream = await (await post('/chat/completions', { ...body, stream: true })).text();

    expect(whole['choices']).toMatchObject([
      { message: { content: 'Let me look.', reasoning_text: 'A tool knows.' } },
      { message: { tool_calls: [{ function: { name: 'look', arguments: '{}' } }] } },
    ]);
    expect(stream).toMatch(/"delta":\{"reasoning_text":"A tool knows\."\}[^]*"tool_calls"[^]*\[DONE\]/);
  });
});
