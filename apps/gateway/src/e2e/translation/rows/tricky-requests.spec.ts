import type { JsonObject } from '@sluice/core';
import { sendRaw } from '@sluice/testing';
import { startTestGateway, type TestGateway } from '../../harness/start-test-gateway.js';
import { account, CLIENT_KEY } from '../../harness/test-configuration.js';
import { accountsOfAll, VENDOR_MODELS, type ClientFormat, type VendorFormat } from '../vendors.js';

interface TrickyRequest {
  readonly row: number;
  readonly what: string;
  readonly client: ClientFormat;
  readonly upstream: VendorFormat;
  /** Instead of the upstream's own. */
  readonly model?: string;
  readonly request: JsonObject;
  /** Of what the vendor gets. */
  readonly asked: JsonObject;
}

const PIXEL = 'data:image/png;base64,iVBORw0KGgo=';
const ASK = { role: 'user', content: 'When?' };

const REQUESTS: readonly TrickyRequest[] = [
  {
    row: 64,
    what: 'a thought in the history of a Gemini client is nobody else’s to see',
    client: 'gemini',
    upstream: 'openai-chat',
    request: {
      contents: [
        { role: 'user', parts: [{ text: 'When?' }] },
        { role: 'model', parts: [{ text: 'secret', thought: true }, { text: 'At noon.' }] },
        { role: 'user', parts: [{ text: 'Sure?' }] },
      ],
    },
    asked: {
      messages: [ASK, { role: 'assistant', content: 'At noon.' }, { role: 'user', content: 'Sure?' }],
    },
  },
  {
    row: 69,
    what: 'a system prompt that is a string is Gemini’s instruction',
    client: 'anthropic-messages',
    upstream: 'gemini',
    request: { max_tokens: 64, system: 'Be brief.', messages: [ASK] },
    asked: { systemInstruction: { parts: [{ text: 'Be brief.' }] } },
  },
  {
    row: 82,
    what: 'text and an image stay parts of one message',
    client: 'openai-responses',
    upstream: 'openai-chat',
    request: {
      input: [
        {
          role: 'user',
          content: [
            { type: 'input_text', text: 'What is this?' },
            { type: 'input_image', image_url: PIXEL },
          ],
        },
      ],
    },
    asked: {
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'What is this?' },
            { type: 'image_url', image_url: { url: PIXEL } },
          ],
        },
      ],
    },
  },
  {
    row: 110,
    what: 'an input that is a string is a message of the user',
    client: 'openai-responses',
    upstream: 'anthropic-messages',
    request: { input: 'When?', prompt_cache_retention: '24h' },
    asked: { messages: [{ role: 'user', content: [{ type: 'text', text: 'When?' }] }] },
  },
  {
    row: 121,
    what: 'a system message after the user’s goes to the front, beside the first',
    client: 'openai-chat',
    upstream: 'bedrock-converse',
    request: {
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'system', content: 'Be kind.' },
        ASK,
        { role: 'system', content: 'In French.' },
      ],
    },
    asked: {
      system: [{ text: 'Be brief.' }, { text: 'Be kind.' }, { text: 'In French.' }],
      messages: [{ role: 'user', content: [{ text: 'When?' }] }],
    },
  },
  {
    row: 122,
    what: 'an effort is a budget where models count tokens',
    client: 'openai-chat',
    upstream: 'gemini',
    model: 'gemini-2.5-flash',
    request: { reasoning_effort: 'high', messages: [ASK] },
    asked: { generationConfig: { thinkingConfig: { thinkingBudget: 24_576 } } },
  },
  {
    row: 122,
    what: 'a budget is the nearest effort where models have levels',
    client: 'anthropic-messages',
    upstream: 'openai-responses',
    model: 'gpt-5.1',
    request: { max_tokens: 64_000, thinking: { type: 'enabled', budget_tokens: 40_000 }, messages: [ASK] },
    asked: { reasoning: { effort: 'high' } },
  },
  {
    row: 80,
    what: 'an image in its original detail is one in high detail',
    client: 'openai-responses',
    upstream: 'openai-chat',
    request: {
      input: [{ role: 'user', content: [{ type: 'input_image', image_url: PIXEL, detail: 'original' }] }],
    },
    asked: {
      messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url: PIXEL, detail: 'high' } }] }],
    },
  },
  {
    row: 124,
    what: 'Kimi is told not to think in its own words',
    client: 'anthropic-messages',
    upstream: 'openai-chat',
    model: 'kimi-k2.5',
    request: { max_tokens: 64, thinking: { type: 'disabled' }, messages: [ASK] },
    asked: { thinking: { type: 'disabled' } },
  },
];

const PATHS: Readonly<Record<ClientFormat, (model: string) => string>> = {
  'openai-chat': () => '/v1/chat/completions',
  'openai-responses': () => '/v1/responses',
  'anthropic-messages': () => '/v1/messages',
  gemini: (model) => `/v1beta/models/${model}:generateContent`,
};

describe('a tricky request', () => {
  let test: TestGateway;
  beforeAll(async () => {
    test = await startTestGateway();
    const moonshot = account('openai-chat', test.vendor.url, {
      id: 'moonshot',
      dialect: 'moonshot',
      models: ['kimi-k2.5'],
    });
    const withModels = accountsOfAll(test.vendor.url).map((declared) => ({
      ...declared,
      ...(declared['id'] === 'gemini' && { models: [VENDOR_MODELS.gemini, 'gemini-2.5-flash'] }),
      ...(declared['id'] === 'responses' && { models: [VENDOR_MODELS['openai-responses'], 'gpt-5.1'] }),
    }));
    await test.configure({ accounts: [...withModels, moonshot] });
  });
  afterEach(() => test.checkAfterTest());
  afterAll(() => test.stop());

  async function check({ client, upstream, model, request, asked }: TrickyRequest): Promise<void> {
    const name = model ?? VENDOR_MODELS[upstream];

    const reply = await sendRaw(test.url + PATHS[client](name), {
      headers: { authorization: `Bearer ${CLIENT_KEY}`, 'content-type': 'application/json' },
      body: client === 'gemini' ? request : { model: name, ...request },
    });

    expect(reply.status).toBe(200);
    const sent = JSON.parse(test.vendor.requests.at(-1)?.body.toString() ?? '{}') as JsonObject;
    expect(sent).toMatchObject(asked);
    expect(JSON.stringify(sent)).not.toMatch(/secret|prompt_cache_retention/);
  }

  it.each(REQUESTS)('row $row: $what ($client → $upstream)', check);
});
