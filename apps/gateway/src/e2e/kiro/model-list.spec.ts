import { anthropicClient, openAiClient } from '../harness/format-client.js';
import { startTestGateway, type TestGateway } from '../harness/start-test-gateway.js';
import { VENDOR_KEY } from '../harness/test-configuration.js';

const PLAN = { models: [{ modelId: 'claude-opus-4.6', modelName: 'Claude Opus 4.6' }, { modelId: 'glm-5' }] };

/** Every name of the one model that the documentation names. */
const NAMES = [
  'claude-opus-4-6',
  'claude-opus-4-6-1m',
  'claude-opus-4-6-1m-agentic',
  'claude-opus-4-6-1m-thinking',
  'claude-opus-4-6-agentic',
  'claude-opus-4-6-thinking',
  'claude-opus-4.6',
  'glm-5',
];

describe('GET /v1/models of a Kiro account', () => {
  let test: TestGateway;
  beforeAll(async () => {
    test = await startTestGateway();
    test.vendor.when(({ path }) => path === '/ListAvailableModels', { body: JSON.stringify(PLAN) });
    const endpoints = { inference: test.vendor.url, management: test.vendor.url };
    await test.configure({ accounts: [{ id: 'kiro', provider: 'kiro', apiKey: VENDOR_KEY, endpoints }] });
  });
  afterAll(() => test.stop());

  it('lists the models of the plan under every name', async () => {
    const { data } = await openAiClient(test.url).models.list();

    expect(data.map(({ id }) => id)).toEqual(NAMES);
    expect(data.find(({ id }) => id === 'claude-opus-4-6-thinking')).toMatchObject({ created: 1_770_314_400 });
  });

  it.each(NAMES)('serves %s', async (model) => {
    const messages = [{ role: 'user' as const, content: 'Say it.' }];

    const answer = await anthropicClient(test.url).messages.create({ model, max_tokens: 16, messages });

    expect(answer.model).toBe(model);
  });
});
