import { Cancellation } from '@sluice/streaming';
import { UpstreamHttp, type Account, type UpstreamCall } from '@sluice/provider-kit';
import {
  describeProviderConformance,
  replay,
  ScriptedVendor,
  type ScriptedReply,
} from '@sluice/provider-kit/conformance';
import { AnthropicProvider } from './anthropic.provider.js';

const JSON_TYPE = { 'content-type': 'application/json' };

/** Written from https://docs.anthropic.com/en/api/errors, …/messages-streaming and …/rate-limits. */
const REPLIES = {
  success: {
    status: 200,
    headers: { ...JSON_TYPE, 'request-id': 'req_011', 'anthropic-ratelimit-requests-remaining': '49' },
    chunks: ['{"id":"msg_1","type":"message","role":"assistant","content":[{"type":"text","text":"hi"}]}'],
  },
  stream: {
    status: 200,
    headers: { 'content-type': 'text/event-stream; charset=utf-8' },
    chunks: ['event: message_start\ndata: {"type":"message_start"}\n\n', 'event: ping\ndata: {"type": "ping"}\n\n'],
  },
  unauthorized: {
    status: 401,
    headers: JSON_TYPE,
    chunks: ['{"type":"error","error":{"type":"authentication_error","message":"invalid x-api-key"}}'],
  },
  rateLimited: {
    status: 429,
    headers: { ...JSON_TYPE, 'retry-after': '14' },
    chunks: ['{"type":"error","error":{"type":"rate_limit_error","message":"too many"}}'],
  },
  failure: {
    status: 529,
    headers: JSON_TYPE,
    chunks: ['{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}'],
  },
} satisfies Record<string, ScriptedReply>;

/** From https://docs.anthropic.com/en/api/models-list. */
const MODELS: ScriptedReply = {
  status: 200,
  headers: JSON_TYPE,
  chunks: [
    '{"data":[{"type":"model","id":"claude-sonnet-4-20250514","display_name":"Claude Sonnet 4","created_at":"2025-02-19T00:00:00Z"}],' +
      '"has_more":false,"first_id":"a","last_id":"a"}',
  ],
};

function accountAt(baseUrl: string): Account {
  return {
    id: 'a',
    provider: 'anthropic',
    settings: { apiKey: 'k', baseUrl },
    headers: { 'anthropic-beta': 'operator-beta, shared-beta' },
    transport: { timeouts: { connectMs: 10_000, firstByteMs: 10_000, idleMs: 10_000 } },
  };
}

describe('AnthropicProvider', () => {
  describeProviderConformance({
    create: (http) => new AnthropicProvider(http),
    settings: (origin) => ({ apiKey: 'sk-ant-operator', baseUrl: origin }),
    model: 'claude-sonnet-4',
    path: '/v1/messages',
    auth: { 'x-api-key': 'sk-ant-operator', authorization: 'Bearer sk-ant-operator' },
    replies: REPLIES,
    forward: { path: '/v1/messages/batches', arrivesAt: '/v1/messages/batches' },
    count: {
      path: '/v1/messages/count_tokens',
      reply: { status: 200, headers: { 'content-type': 'application/json' }, chunks: ['{"input_tokens":42}'] },
    },
    models: {
      path: '/v1/models?limit=1000',
      reply: MODELS,
      expected: [{ id: 'claude-sonnet-4-20250514', displayName: 'Claude Sonnet 4', createdAt: 1739923200 }],
    },
  });

  describe('settings', () => {
    it('default to the public API', () => {
      const { settings } = new AnthropicProvider(new UpstreamHttp()).descriptor;

      expect(settings.parse({ apiKey: 'k' })).toEqual({ apiKey: 'k', baseUrl: 'https://api.anthropic.com' });
    });
  });

  describe('at a vendor', () => {
    let http: UpstreamHttp;
    let vendor: ScriptedVendor;
    let provider: AnthropicProvider;

    beforeEach(async () => {
      http = new UpstreamHttp();
      vendor = await ScriptedVendor.open(replay(REPLIES.success));
      provider = new AnthropicProvider(http);
    });

    afterEach(async () => {
      await http.destroy();
      await vendor.close();
    });

    async function headersOf(
      headers: UpstreamCall['headers'],
      base = vendor.origin,
    ): Promise<NodeJS.Dict<string | string[]>> {
      const reply = await provider.send({
        account: accountAt(base),
        credential: { kind: 'api-key', secret: 'k' },
        format: 'anthropic-messages',
        model: 'm',
        stream: false,
        query: '',
        body: Buffer.from('{}'),
        headers,
        cancellation: new Cancellation(),
      });
      reply.body.cancel();
      return vendor.seen[0]?.headers ?? {};
    }

    it('names the version it speaks unless the client did', async () => {
      expect((await headersOf({}))['anthropic-version']).toBe('2023-06-01');
    });

    it("keeps the client's version", async () => {
      expect((await headersOf({ 'anthropic-version': '2025-01-01' }))['anthropic-version']).toBe('2025-01-01');
    });

    it("unites the client's betas with the account's", async () => {
      const headers = await headersOf({ 'anthropic-beta': 'client-beta,shared-beta' });

      expect(headers['anthropic-beta']).toBe('client-beta,shared-beta,operator-beta');
    });

    it("keeps another vendor's headers away", async () => {
      expect((await headersOf({ 'openai-beta': 'assistants=v2' }))['openai-beta']).toBeUndefined();
    });

    it('names its version in a request that passes whole, unless the client did', async () => {
      const call = {
        account: accountAt(vendor.origin),
        credential: { kind: 'api-key', secret: 'k' },
        method: 'GET' as const,
        path: '/v1/skills',
        query: '',
        body: undefined,
        cancellation: new Cancellation(),
      };

      for (const headers of [{ 'openai-beta': 'x' }, { 'anthropic-version': '2025-01-01' }]) {
        (await provider.forward({ ...call, headers })).body.cancel();
      }

      expect(vendor.seen.map(({ headers }) => headers['anthropic-version'])).toEqual(['2023-06-01', '2025-01-01']);
      expect(vendor.seen[0]?.headers['openai-beta']).toBeUndefined();
    });

    it('does not repeat a version that the base has', async () => {
      await headersOf({}, `${vendor.origin}/anthropic/v1/`);

      expect(vendor.seen[0]?.url).toBe('/anthropic/v1/messages');
    });

    it('reads every page of the model list', async () => {
      const page = (id: string, hasMore: boolean) =>
        replay({
          status: 200,
          chunks: [JSON.stringify({ data: [{ type: 'model', id }], has_more: hasMore, last_id: id })],
        });
      vendor.answer((request, response) => {
        const isSecond = request.url.includes('after_id=first%2Fmodel');
        page(isSecond ? 'second' : 'first/model', !isSecond)(request, response);
      });

      const models = await provider.listModels(
        accountAt(vendor.origin),
        { kind: 'api-key', secret: 'k' },
        new AbortController().signal,
      );

      expect(models.map(({ id }) => id)).toEqual(['first/model', 'second']);
    });

    it('stops asking for pages when the vendor never ends', async () => {
      vendor.answer((request, response) => {
        const last = vendor.seen.length;
        replay({ status: 200, chunks: [JSON.stringify({ data: [], has_more: true, last_id: `p${last}` })] })(
          request,
          response,
        );
      });

      await provider.listModels(
        accountAt(vendor.origin),
        { kind: 'api-key', secret: 'k' },
        new AbortController().signal,
      );

      expect(vendor.seen).toHaveLength(10);
    });
  });
});
