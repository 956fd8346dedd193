import { sendRaw } from '@sluice/testing';
import { anthropicClient, FORMAT_CLIENTS, openAiClient } from './harness/format-client.js';
import { refusalOf } from './harness/seen-error.js';
import { startTestGateway, type TestGateway } from './harness/start-test-gateway.js';
import { CLIENT_KEY, OPERATOR_KEY, singleAccounts, VENDOR_KEY } from './harness/test-configuration.js';

const NARROW_KEY = OPERATOR_KEY;

describe('GET /v1/models', () => {
  let test: TestGateway;
  beforeAll(async () => {
    test = await startTestGateway();
    await test.configure({
      apiKeys: [
        { name: 'app', key: CLIENT_KEY },
        { name: 'narrow', key: NARROW_KEY, models: ['quick', 'team/*'] },
      ],
      accounts: [
        ...singleAccounts(test.vendor.url, { prefix: 'team' }),
        { id: 'off', provider: 'openai', apiKey: VENDOR_KEY, enabled: false, models: ['switched-off'] },
      ],
      models: [{ alias: 'quick', targets: ['chat/gpt-test'] }],
    });
  });
  afterEach(() => test.checkAfterTest());
  afterAll(() => test.stop());

  const listed = ['claude-test', 'gpt-test', 'quick', 'team/claude-test', 'team/gpt-test'];

  it('is read by OpenAI’s SDK', async () => {
    const { data } = await openAiClient(test.url).models.list();

    expect(data.map(({ id }) => id)).toEqual(listed);
    expect(data.every(({ object }) => object === 'model')).toBe(true);
  });

  it('is read by Anthropic’s SDK', async () => {
    const { data, has_more: hasMore } = await anthropicClient(test.url).models.list();

    expect(data.map(({ id }) => id)).toEqual(listed);
    expect(data.every(({ type, display_name: name }) => type === 'model' && name !== '')).toBe(true);
    expect(hasMore).toBe(false);
  });

  it('shows a key what it may use', async () => {
    const { data } = await openAiClient(test.url, NARROW_KEY).models.list();

    expect(data.map(({ id }) => id)).toEqual(['quick', 'team/claude-test', 'team/gpt-test']);
  });

  it('lists only names that are served', async () => {
    const [chat, messages] = FORMAT_CLIENTS;

    await expect(chat?.ask(test.url, { model: 'quick' })).resolves.not.toBe('');
    await expect(chat?.ask(test.url, { model: 'team/gpt-test' })).resolves.not.toBe('');
    await expect(messages?.ask(test.url, { model: 'team/claude-test' })).resolves.not.toBe('');
  });

  it('tells OpenAI’s SDK of one', async () => {
    const model = await openAiClient(test.url).models.retrieve('team/gpt-test');

    expect(model).toMatchObject({ id: 'team/gpt-test', object: 'model', owned_by: 'openai-compatible' });
  });

  it('tells Anthropic’s SDK of one', async () => {
    const model = await anthropicClient(test.url).models.retrieve('claude-test');

    expect(model).toMatchObject({ id: 'claude-test', type: 'model', display_name: 'claude-test' });
  });

  it('tells of none that does not resolve', async () => {
    const chat = await refusalOf(openAiClient(test.url).models.retrieve('nowhere-near-it'));
    const messages = await refusalOf(anthropicClient(test.url).models.retrieve('nowhere-near-it'));

    expect(chat.error).toMatchObject({ name: 'NotFoundError', code: 'model_not_found' });
    expect(messages.error).toMatchObject({ name: 'NotFoundError', type: 'not_found_error' });
  });

  it('tells a key of none that it may not use', async () => {
    const { error } = await refusalOf(openAiClient(test.url, NARROW_KEY).models.retrieve('gpt-test'));

    expect(error).toMatchObject({ name: 'PermissionDeniedError', status: 403 });
  });

  it('is read page by page by Anthropic’s SDK', async () => {
    const seen: string[] = [];
    for await (const { id } of anthropicClient(test.url).models.list({ limit: 2 })) seen.push(id);

    expect(seen).toEqual(listed);
  });

  const asGemini = (path: string, key = CLIENT_KEY) =>
    sendRaw(`${test.url}${path}`, { method: 'GET', headers: { 'x-goog-api-key': key } });

  it('is read in Google’s words, page by page', async () => {
    const first = JSON.parse((await asGemini('/v1beta/models?pageSize=3')).text) as {
      models: { name: string }[];
      nextPageToken: string;
    };
    const rest = await asGemini(`/v1beta/models?pageSize=3&pageToken=${encodeURIComponent(first.nextPageToken)}`);

    expect(first.models.map(({ name }) => name)).toEqual(listed.slice(0, 3).map((id) => `models/${id}`));
    expect(first.models[0]).toMatchObject({
      displayName: 'claude-test',
      supportedGenerationMethods: expect.arrayContaining(['generateContent']) as string[],
    });
    expect(JSON.parse(rest.text)).toEqual({
      models: listed.slice(3).map((id) => expect.objectContaining({ name: `models/${id}` }) as object),
    });
  });

  it('takes a key from the query of Google’s paths', async () => {
    const reply = await sendRaw(`${test.url}/v1beta/models/quick?key=${CLIENT_KEY}`, { method: 'GET' });

    expect([reply.status, JSON.parse(reply.text)]).toMatchObject([200, { name: 'models/quick' }]);
  });

  it.each([
    ['GET', '/v1beta/models', 401, { headers: {} }],
    ['POST', '/v1beta/models', 405, {}],
    ['POST', '/v1/models', 405, {}],
    ['GET', '/v1beta/models?pageSize=none', 400, {}],
    ['HEAD', '/v1/models', 200, {}],
  ])('answers %s %s with %d', async (method, path, status, call) => {
    const headers = { authorization: `Bearer ${CLIENT_KEY}` };

    expect((await sendRaw(test.url + path, { method, headers, ...call })).status).toBe(status);
  });

  it('raises AuthenticationError in both formats', async () => {
    const chat = await refusalOf(openAiClient(test.url, 'wrong').models.list());
    const messages = await refusalOf(anthropicClient(test.url, 'wrong').models.list());

    expect(chat.error).toMatchObject({ name: 'AuthenticationError', status: 401, code: 'invalid_api_key' });
    expect(messages.error).toMatchObject({ name: 'AuthenticationError', status: 401, type: 'authentication_error' });
  });

  it('asks the vendors of accounts that name no models', async () => {
    await test.configure({
      accounts: [
        { id: 'open-chat', provider: 'openai-compatible', baseUrl: `${test.vendor.url}/v1`, apiKey: VENDOR_KEY },
        { id: 'open-claude', provider: 'anthropic', baseUrl: test.spare.url, apiKey: VENDOR_KEY, models: ['b*'] },
      ],
    });

    const { data } = await openAiClient(test.url).models.list();

    expect(data.map(({ id }) => id)).toEqual(['bench', 'demo']);
    expect(test.vendor.requests.map(({ path }) => path)).toContain('/v1/models');
  });

  it('serves a model that only the vendor’s list has', async () => {
    await test.configure({
      accounts: [{ id: 'new-chat', provider: 'openai-compatible', baseUrl: `${test.vendor.url}/v1`, models: ['d*'] }],
    });

    await expect(FORMAT_CLIENTS[0]?.ask(test.url, { model: 'demo' })).resolves.toContain('demo account');
  });

  it('lists what it can when a vendor does not answer', async () => {
    test.vendor.when(({ path }) => path === '/v1/models', { status: 500 });
    await test.configure({
      accounts: [
        { id: 'mute-chat', provider: 'openai-compatible', baseUrl: `${test.vendor.url}/v1` },
        ...singleAccounts(test.spare.url),
      ],
    });

    const reply = await sendRaw(`${test.url}/v1/models`, {
      method: 'GET',
      headers: { authorization: `Bearer ${CLIENT_KEY}` },
    });

    const { data } = JSON.parse(reply.text) as { data: readonly { id: string }[] };
    expect(data.map(({ id }) => id)).toEqual(['claude-test', 'gpt-test']);
  });
});
