import type { JsonObject } from '@sluice/core';
import { EventStreamDecoder, type EventStreamMessage } from '@sluice/event-stream';
import { sendRaw } from '@sluice/testing';
import type { MockUpstream } from '../mock-upstream.js';
import { startMockUpstream } from '../start-mock-upstream.js';

const input = (content: string, context: JsonObject = {}) => ({
  content,
  modelId: 'demo',
  origin: 'AI_EDITOR',
  userInputMessageContext: context,
});

const REQUEST = {
  conversationState: {
    conversationId: 'c',
    chatTriggerType: 'MANUAL',
    currentMessage: { userInputMessage: input('Hello wörld') },
    history: [
      { userInputMessage: { content: 'Be brief.', modelId: 'demo', origin: 'AI_EDITOR' } },
      { assistantResponseMessage: { content: 'Ok.' } },
    ],
  },
};

const TOOLS = { tools: [{ toolSpecification: { name: 'get_weather', description: 'd', inputSchema: { json: {} } } }] };

function asking(content: string, context: JsonObject = {}) {
  return { conversationState: { currentMessage: { userInputMessage: input(content, context) } } };
}

describe('the mock as Kiro', () => {
  let mock: MockUpstream;

  beforeAll(async () => {
    mock = await startMockUpstream();
  });

  beforeEach(() => mock.reset());

  afterAll(() => mock.stop());

  /** The answer's messages, decoded with both checksums checked. */
  async function generate(body: JsonObject, headers: Record<string, string> = {}) {
    const response = await fetch(`${mock.url}/generateAssistantResponse`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    });
    const messages: EventStreamMessage[] = [];
    const decoder = new EventStreamDecoder();
    decoder.push(Buffer.from(await response.arrayBuffer()), (message) => void messages.push(message));
    decoder.finish();
    const told = messages.map(({ headers: { ':event-type': event, ':exception-type': exception }, payload }) => ({
      name: event ?? exception,
      payload: JSON.parse(payload.toString()) as JsonObject,
    }));
    return { response, told };
  }

  const textOf = (told: Awaited<ReturnType<typeof generate>>['told']) =>
    told.map(({ payload }) => payload['content'] ?? '').join('');

  describe('inference', () => {
    it('streams frames that say what it is and repeat the current message', async () => {
      const { response, told } = await generate(REQUEST);

      expect(response.headers.get('content-type')).toBe('application/vnd.amazon.eventstream');
      expect(textOf(told)).toMatch(/^This is Sluice's demo account: no model is asked.*Hello wörld$/);
      expect(told.slice(-2)).toEqual([
        { name: 'contextUsageEvent', payload: { contextUsagePercentage: 0.012 } },
        { name: 'meteringEvent', payload: { unit: 'credit', unitPlural: 'credits', usage: 0.0123 } },
      ]);
    });

    it('makes the calls that the prompt asks for', async () => {
      const { told } = await generate(asking('call:get_weather {"city":"Tromsø 🌨"} and call:get_weather', TOOLS));

      const calls = told.filter(({ name }) => name === 'toolUseEvent').map(({ payload }) => payload);
      const [first, second] = [...new Set(calls.map(({ toolUseId }) => toolUseId))];
      const inputOf = (id: unknown) =>
        calls
          .filter(({ toolUseId }) => toolUseId === id)
          .map((call) => call['input'] ?? '')
          .join('');
      expect(JSON.parse(inputOf(first))).toEqual({ city: 'Tromsø 🌨' });
      expect(inputOf(second)).toBe('{}');
      expect(calls.filter((call) => call['stop'] === true)).toHaveLength(2);
    });

    it('answers in words once the tool has answered', async () => {
      const toolResults = [{ toolUseId: 't', status: 'success', content: [{ text: 'snow' }] }];

      const { told } = await generate(asking('', { ...TOOLS, toolResults }));

      expect(textOf(told)).toMatch(/The tool answered: snow$/);
    });

    it('stamps its pieces without breaking their checksums', async () => {
      const { told } = await generate(REQUEST, { 'x-mock': 'chunks=3,stamp=true' });

      expect(textOf(told)).toMatch(/^(#00000\d @\d{16} ){3}$/);
    });

    it('leaves the end away', async () => {
      const { told } = await generate(asking('call:get_weather {}', TOOLS), { 'x-mock': 'truncate' });

      expect(told.map(({ name }) => name)).toEqual(['toolUseEvent', 'toolUseEvent']);
      expect(told.some(({ payload }) => payload['stop'] === true)).toBe(false);
    });

    it('fails inside a 200', async () => {
      const { response, told } = await generate(REQUEST, { 'x-mock': 'text=a b,errorInStream=after' });

      expect(response.status).toBe(200);
      expect(told).toEqual([
        { name: 'assistantResponseEvent', payload: { content: 'a' } },
        {
          name: 'ThrottlingException',
          payload: {
            message: 'I am experiencing high traffic, please try again shortly.',
            reason: 'INSUFFICIENT_MODEL_CAPACITY',
          },
        },
      ]);
    });

    it('sends a frame that nobody can read', async () => {
      await expect(generate(REQUEST, { 'x-mock': 'invalidSse' })).rejects.toThrow(SyntaxError);
    });

    it.each([
      [400, '', { message: 'Improperly formed request.', reason: null }],
      [402, '', { message: 'You have reached the limit for this month.', reason: 'MONTHLY_REQUEST_COUNT' }],
      [403, '', { message: 'The bearer token included in the request is invalid.', reason: null }],
      [403, ',code=TEMPORARILY_SUSPENDED', { reason: 'TEMPORARILY_SUSPENDED' }],
      [429, '', { __type: 'com.amazon.aws.codewhisperer#ThrottlingException', reason: null }],
      [500, ',message=boom', { message: 'boom' }],
      [418, '', { message: 'The request was refused.' }],
      [599, '', { message: 'Internal failure' }],
    ])('answers %d%s in the vendor’s words', async (status, more, body) => {
      const reply = await sendRaw(`${mock.url}/generateAssistantResponse`, {
        headers: { 'x-mock': `status=${status}${more}` },
        body: REQUEST,
      });

      expect(reply.status).toBe(status);
      expect(JSON.parse(reply.text)).toMatchObject(body);
    });

    it('refuses what is no conversation', async () => {
      const reply = await sendRaw(`${mock.url}/generateAssistantResponse`, { body: { messages: [] } });

      expect(reply.status).toBe(400);
      expect(JSON.parse(reply.text)).toMatchObject({ message: 'Improperly formed request.' });
    });
  });

  describe('logins', () => {
    it('renews a social one, with another token for every one', async () => {
      const first = await sendRaw(`${mock.url}/refreshToken`, { body: { refreshToken: 'aor-1' } });
      const granted = JSON.parse(first.text) as JsonObject;
      const second = await sendRaw(`${mock.url}/refreshToken`, { body: { refreshToken: granted['refreshToken'] } });

      expect(granted).toEqual({
        accessToken: expect.stringMatching(/^aoaMock[0-9a-f]{24}$/),
        refreshToken: expect.stringMatching(/^aorMock[0-9a-f]{24}$/),
        profileArn: expect.stringMatching(/^arn:aws:codewhisperer:us-east-1:\d{12}:profile\//),
        expiresIn: 3600,
      });
      expect(JSON.parse(second.text)).not.toMatchObject({ accessToken: granted['accessToken'] });
    });

    it('renews one of AWS single sign-on', async () => {
      const body = { clientId: 'i', clientSecret: 's', refreshToken: 'aor-1', grantType: 'refresh_token' };

      const reply = await sendRaw(`${mock.url}/token`, { body });

      expect(JSON.parse(reply.text)).toMatchObject({ tokenType: 'Bearer', expiresIn: 3600 });
    });

    it.each([
      ['/refreshToken', {}, { message: 'refreshToken is required' }],
      ['/token', { refreshToken: 'aor-1' }, { error_description: 'clientId is required' }],
    ])('refuses at %s what is incomplete', async (path, body, said) => {
      const reply = await sendRaw(`${mock.url}${path}`, { body });

      expect(reply.status).toBe(400);
      expect(JSON.parse(reply.text)).toMatchObject(said);
    });

    it('refuses when told to', async () => {
      mock.when(({ path }) => path === '/token', { status: 400 });

      const reply = await sendRaw(`${mock.url}/token`, { body: {} });

      expect(JSON.parse(reply.text)).toEqual({
        error: 'invalid_grant',
        error_description: 'Invalid refresh token provided',
      });
    });
  });

  it('answers the command line at the root', async () => {
    const headers = { 'x-amz-target': 'AmazonCodeWhispererStreamingService.GenerateAssistantResponse' };

    const reply = await sendRaw(`${mock.url}/`, { headers, body: REQUEST });

    expect(reply.status).toBe(200);
    expect(reply.headers['content-type']).toBe('application/vnd.amazon.eventstream');
  });

  it('lists the profile that a social login is told', async () => {
    const headers = { 'x-amz-target': 'AmazonCodeWhispererService.ListAvailableProfiles' };

    const listed = await sendRaw(`${mock.url}/`, { headers, body: { maxResults: 10 } });
    const login = await sendRaw(`${mock.url}/refreshToken`, { body: { refreshToken: 'aor-1' } });

    const { profileArn } = JSON.parse(login.text) as JsonObject;
    expect(JSON.parse(listed.text)).toMatchObject({ profiles: [{ arn: profileArn }] });
  });

  it('says what is used', async () => {
    const reply = await sendRaw(`${mock.url}/getUsageLimits?origin=AI_EDITOR`, { method: 'GET' });

    expect(JSON.parse(reply.text)).toMatchObject({
      subscriptionInfo: { subscriptionTitle: 'KIRO PRO' },
      usageBreakdownList: [{ resourceType: 'CREDIT', usageLimit: 1000 }],
    });
  });

  it('refuses the usage of a login without rights', async () => {
    mock.next({ status: 403, message: 'User is not authorized to make this call.' });

    const reply = await sendRaw(`${mock.url}/getUsageLimits`, { method: 'GET' });

    expect(reply.status).toBe(403);
    expect(JSON.parse(reply.text)).toMatchObject({ message: 'User is not authorized to make this call.' });
  });

  it('lists its models', async () => {
    const reply = await sendRaw(`${mock.url}/ListAvailableModels?origin=AI_EDITOR`, { method: 'GET' });

    expect(JSON.parse(reply.text)).toMatchObject({ models: [{ modelId: 'demo' }, { modelId: 'bench' }] });
  });
});
