import { UpstreamHttp, type Account, type UpstreamCall } from '@sluice/provider-kit';
import {
  describeProviderConformance,
  replay,
  ScriptedVendor,
  type ScriptedReply,
} from '@sluice/provider-kit/conformance';
import { Cancellation } from '@sluice/streaming';
import { OpenAiCompatibleProvider } from './openai-compatible.provider.js';

const JSON_TYPE = { 'content-type': 'application/json' };

/** Written from the documentation of Groq (rate limits) and vLLM (errors, model list). */
const REPLIES = {
  success: { status: 200, headers: JSON_TYPE, chunks: ['{"id":"1","choices":[{"message":{"content":"hi"}}]}'] },
  stream: {
    status: 200,
    headers: { 'content-type': 'text/event-stream' },
    chunks: [': keep-alive\n\n', 'data: {"choices":[{"delta":{"content":"hi"}}]}\n\n', 'data: [DONE]\n\n'],
  },
  unauthorized: { status: 401, headers: JSON_TYPE, chunks: ['{"object":"error","message":"no","code":401}'] },
  rateLimited: {
    status: 429,
    headers: { ...JSON_TYPE, 'retry-after': '7.66' },
    chunks: ['{"error":{"message":"slow"}}'],
  },
  failure: { status: 500, headers: JSON_TYPE, chunks: ['{"object":"error","message":"CUDA error","code":500}'] },
} satisfies Record<string, ScriptedReply>;

const MODELS: ScriptedReply = {
  status: 200,
  headers: JSON_TYPE,
  chunks: [
    '{"object":"list","data":[{"id":"llama3.1:8b","object":"model","created":1,"owned_by":"library"},{"id":"no-more"},{}]}',
  ],
};
const EXPECTED_MODELS = [{ id: 'llama3.1:8b', createdAt: 1, ownedBy: 'library' }, { id: 'no-more' }];

describe('OpenAiCompatibleProvider', () => {
  describe('with a key', () => {
    describeProviderConformance({
      create: (http) => new OpenAiCompatibleProvider(http),
      settings: (origin) => ({ apiKey: 'gsk-operator', baseUrl: `${origin}/openai/v1/` }),
      model: 'llama-3.3-70b',
      path: '/openai/v1/chat/completions',
      auth: { authorization: 'Bearer gsk-operator' },
      replies: REPLIES,
      forward: { path: '/v1/audio/speech', arrivesAt: '/openai/v1/audio/speech' },
      models: { path: '/openai/v1/models', reply: MODELS, expected: EXPECTED_MODELS },
    });
  });

  describe('without a key', () => {
    describeProviderConformance({
      create: (http) => new OpenAiCompatibleProvider(http),
      settings: (origin) => ({ baseUrl: `${origin}/inference` }),
      model: 'llama3.1:8b',
      path: '/inference/chat/completions',
      auth: {},
      replies: REPLIES,
      forward: { path: '/v1/rerank/x', arrivesAt: '/inference/rerank/x' },
      models: { path: '/inference/models', reply: MODELS, expected: EXPECTED_MODELS },
    });
  });

  describe('settings', () => {
    const { settings, readCredential } = new OpenAiCompatibleProvider(new UpstreamHttp()).descriptor;

    it('need an address', () => {
      expect(settings.safeParse({ apiKey: 'k' }).success).toBe(false);
    });

    it.each([
      ['a dialect nobody knows', { dialect: 'gpt' }],
      ['an effort nobody knows', { reasoningEffort: ['enormous'] }],
      ['no effort at all', { reasoningEffort: [] }],
      ['a header that is none', { authHeader: 'api key' }],
    ])('refuse %s', (_case, members) => {
      expect(settings.safeParse({ baseUrl: 'http://127.0.0.1/v1', ...members }).success).toBe(false);
    });

    it.each<[string, Record<string, unknown>, Record<string, unknown>]>([
      ['nothing without a dialect', {}, {}],
      ['what is known of the dialect', { dialect: 'mistral' }, { streamUsage: false, toolIds: 'nine-alphanumerics' }],
      ['the account before the dialect', { dialect: 'mistral', streamUsage: true }, { streamUsage: true }],
      ['members without a dialect', { thinkTags: true, topK: false }, { thinkTags: true, topK: false }],
    ])('say %s', (_case, declared, expected) => {
      const parsed = settings.parse({ baseUrl: 'http://127.0.0.1/v1', ...declared });

      expect(parsed).toMatchObject({ baseUrl: 'http://127.0.0.1/v1', wireApi: 'auto', ...expected });
    });

    it('mean no credential where there is no key', () => {
      expect(readCredential?.({ baseUrl: 'http://127.0.0.1:11434/v1' })).toEqual({ kind: 'none', secret: '' });
    });
  });

  describe('formats', () => {
    it.each<[Record<string, unknown>, string[]]>([
      [{}, ['openai-chat']],
      [{ wireApi: 'chat', dialect: 'xai' }, ['openai-chat']],
      [{ dialect: 'groq' }, ['openai-chat']],
      [{ dialect: 'xai' }, ['openai-chat', 'openai-responses']],
      [{ wireApi: 'responses' }, ['openai-responses']],
    ])('of %j are %j, and those of other kinds of model', (declared, expected) => {
      const provider = new OpenAiCompatibleProvider(new UpstreamHttp());

      const formats = provider.formats('m', accountOf(provider, 'http://127.0.0.1/v1', declared));

      expect(formats).toEqual([...expected, 'openai-completions', 'openai-embeddings']);
    });
  });

  describe('send', () => {
    it.each<[string, Record<string, unknown>, Partial<UpstreamCall>, string]>([
      ['as it is', {}, {}, '/openai/chat/completions?beta=true'],
      ['to Responses', {}, { format: 'openai-responses' }, '/openai/responses?beta=true'],
      [
        'with the version of the API',
        { apiVersion: '2024-10-21' },
        { query: '?api-version=1&beta=true' },
        '/openai/chat/completions?api-version=2024-10-21&beta=true',
      ],
      [
        'to a deployment',
        { dialect: 'azure-deployment' },
        { query: '', model: 'gpt 4' },
        '/openai/deployments/gpt%204/chat/completions?api-version=2024-10-21',
      ],
    ])('addresses a call %s', async (_case, declared, changes, url) => {
      expect((await seenBy(declared, changes)).url).toBe(url);
    });

    it.each<[Record<string, unknown>, Record<string, string | undefined>]>([
      [{ apiKey: 'k' }, { authorization: 'Bearer k', 'api-key': undefined }],
      [
        { apiKey: 'k', dialect: 'azure' },
        { authorization: undefined, 'api-key': 'k' },
      ],
      [
        { apiKey: 'k', authHeader: 'X-Token' },
        { authorization: undefined, 'x-token': 'k' },
      ],
      [{ authHeader: 'X-Token' }, { authorization: undefined, 'x-token': undefined }],
    ])('proves who calls as %j says', async (declared, expected) => {
      const { headers } = await seenBy(declared, {});

      expect(Object.fromEntries(Object.keys(expected).map((name) => [name, headers[name]]))).toEqual(expected);
    });
  });
});

function accountOf(provider: OpenAiCompatibleProvider, baseUrl: string, declared: object): Account {
  return {
    id: 'a',
    provider: 'openai-compatible',
    settings: provider.descriptor.settings.parse({ baseUrl, ...declared }),
    headers: {},
    transport: { timeouts: { connectMs: 10_000, firstByteMs: 10_000, idleMs: 10_000 } },
  };
}

/** One call, as the vendor sees it. */
async function seenBy(declared: object, changes: Partial<UpstreamCall>) {
  const http = new UpstreamHttp();
  const vendor = await ScriptedVendor.open(replay(REPLIES.success));
  const provider = new OpenAiCompatibleProvider(http);
  const account = accountOf(provider, `${vendor.origin}/openai`, declared);
  const credential = provider.descriptor.readCredential?.(account.settings) ?? { kind: 'none', secret: '' };
  const reply = await provider.send({
    account,
    credential,
    format: 'openai-chat',
    model: 'm',
    stream: false,
    query: '?beta=true',
    body: Buffer.from('{}'),
    headers: {},
    cancellation: new Cancellation(),
    ...changes,
  });
  reply.body.cancel();
  await http.destroy();
  await vendor.close();
  const [seen] = vendor.seen;
  if (seen === undefined) throw new Error('the vendor was not called');
  return seen;
}
