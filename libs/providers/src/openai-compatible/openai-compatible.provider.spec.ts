import { UpstreamHttp } from '@sluice/provider-kit';
import { describeProviderConformance, type ScriptedReply } from '@sluice/provider-kit/conformance';
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
      models: { path: '/inference/models', reply: MODELS, expected: EXPECTED_MODELS },
    });
  });

  describe('settings', () => {
    const { settings, readCredential } = new OpenAiCompatibleProvider(new UpstreamHttp()).descriptor;

    it('need an address', () => {
      expect(settings.safeParse({ apiKey: 'k' }).success).toBe(false);
    });

    it('mean no credential where there is no key', () => {
      expect(readCredential?.({ baseUrl: 'http://127.0.0.1:11434/v1' })).toEqual({ kind: 'none', secret: '' });
    });
  });
});
