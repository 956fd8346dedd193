import { Cancellation } from '@sluice/streaming';
import { UpstreamHttp, type Account, type UpstreamCall } from '@sluice/provider-kit';
import {
  describeProviderConformance,
  replay,
  ScriptedVendor,
  type ScriptedReply,
} from '@sluice/provider-kit/conformance';
import { OpenAiProvider } from './openai.provider.js';

const JSON_TYPE = { 'content-type': 'application/json' };

/** Written from https://platform.openai.com/docs/api-reference/chat and …/docs/guides/error-codes. */
const REPLIES = {
  success: {
    status: 200,
    headers: {
      ...JSON_TYPE,
      'x-request-id': 'req_1',
      'x-ratelimit-remaining-requests': '59',
      'openai-processing-ms': '12',
    },
    chunks: [
      '{"id":"chatcmpl-1","object":"chat.completion","choices":[{"index":0,"message":{"role":"assistant","content":"hi"}}]}',
    ],
  },
  stream: {
    status: 200,
    headers: { 'content-type': 'text/event-stream; charset=utf-8' },
    chunks: ['data: {"choices":[{"index":0,"delta":{"content":"h', 'ï"}}]}\n\n', 'data: [DONE]\n\n'],
  },
  unauthorized: {
    status: 401,
    headers: JSON_TYPE,
    chunks: [
      '{"error":{"message":"Incorrect API key provided.","type":"invalid_request_error","code":"invalid_api_key"}}',
    ],
  },
  rateLimited: {
    status: 429,
    headers: { ...JSON_TYPE, 'retry-after-ms': '1500', 'retry-after': '2' },
    chunks: ['{"error":{"message":"Rate limit reached.","type":"requests","code":"rate_limit_exceeded"}}'],
  },
  failure: { status: 503, headers: JSON_TYPE, chunks: ['{"error":{"message":"Overloaded.","type":"server_error"}}'] },
} satisfies Record<string, ScriptedReply>;

describe('OpenAiProvider', () => {
  describeProviderConformance({
    create: (http) => new OpenAiProvider(http),
    settings: (origin) => ({
      apiKey: 'sk-operator',
      baseUrl: `${origin}/v1`,
      organization: 'org-1',
      project: 'proj-1',
    }),
    model: 'gpt-4o-mini',
    path: '/v1/chat/completions',
    auth: { authorization: 'Bearer sk-operator' },
    replies: REPLIES,
    forward: { path: '/v1/files/file-1', arrivesAt: '/v1/files/file-1' },
    models: {
      path: '/v1/models',
      reply: {
        status: 200,
        headers: JSON_TYPE,
        chunks: [
          '{"object":"list","data":[{"id":"gpt-4o-mini","object":"model","created":1721172741,"owned_by":"system"}]}',
        ],
      },
      expected: [{ id: 'gpt-4o-mini', createdAt: 1721172741, ownedBy: 'system' }],
    },
  });

  describe('settings', () => {
    const { settings, readCredential } = new OpenAiProvider(new UpstreamHttp()).descriptor;

    it('default to the public API', () => {
      expect(settings.parse({ apiKey: 'k' })).toEqual({
        apiKey: 'k',
        baseUrl: 'https://api.openai.com/v1',
        wireApi: 'auto',
        streamUsage: true,
      });
    });

    it('hold the credential', () => {
      expect(readCredential?.({ apiKey: 'k' })).toEqual({ kind: 'api-key', secret: 'k' });
    });

    it.each([
      ['no key', {}],
      ['an address without a scheme', { apiKey: 'k', baseUrl: 'api.openai.com/v1' }],
      ['an address with a password', { apiKey: 'k', baseUrl: 'https://me:pw@host/v1' }],
    ])('refuse %s', (_case, declared) => {
      expect(settings.safeParse(declared).success).toBe(false);
    });
  });

  describe('formats', () => {
    it.each<[string, string, string[]]>([
      ['auto', 'gpt-4o-mini', ['openai-chat', 'openai-responses']],
      ['auto', 'gpt-5-codex', ['openai-responses']],
      ['chat', 'gpt-5-codex', ['openai-chat']],
      ['responses', 'gpt-4o-mini', ['openai-responses']],
    ])('with wireApi %s for %s are %j, and those of other kinds of model', (wireApi, model, expected) => {
      const provider = new OpenAiProvider(new UpstreamHttp());
      const settings = provider.descriptor.settings.parse({ apiKey: 'k', wireApi });
      const account: Account = {
        id: 'a',
        provider: 'openai',
        settings,
        headers: {},
        transport: { timeouts: { connectMs: 1, firstByteMs: 1, idleMs: 1 } },
      };

      expect(provider.formats(model, account)).toEqual([...expected, 'openai-completions', 'openai-embeddings']);
    });
  });

  describe('send', () => {
    it('says whom to bill, whatever the client says', async () => {
      const http = new UpstreamHttp();
      const vendor = await ScriptedVendor.open(replay(REPLIES.success));
      const provider = new OpenAiProvider(http);
      const account: Account = {
        id: 'a',
        provider: 'openai',
        settings: { apiKey: 'k', baseUrl: vendor.origin, organization: 'org-1', project: 'proj-1' },
        headers: {},
        transport: { timeouts: { connectMs: 10_000, firstByteMs: 10_000, idleMs: 10_000 } },
      };
      const call: UpstreamCall = {
        account,
        credential: { kind: 'api-key', secret: 'k' },
        format: 'openai-chat',
        model: 'm',
        stream: false,
        query: '',
        body: Buffer.from('{}'),
        headers: { 'openai-organization': 'org-of-the-client' },
        cancellation: new Cancellation(),
      };

      const reply = await provider.send(call);
      reply.body.cancel();

      expect(vendor.seen[0]?.headers['openai-organization']).toBe('org-1');
      expect(vendor.seen[0]?.headers['openai-project']).toBe('proj-1');
      expect(vendor.seen[0]?.url).toBe('/v1/chat/completions'); // the version that the base had forgotten
      await http.destroy();
      await vendor.close();
    });
  });
});
