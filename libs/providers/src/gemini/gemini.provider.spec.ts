import { GatewayError } from '@sluice/core';
import { UpstreamHttp, type Account } from '@sluice/provider-kit';
import {
  describeProviderConformance,
  replay,
  ScriptedVendor,
  type ScriptedReply,
} from '@sluice/provider-kit/conformance';
import { Cancellation } from '@sluice/streaming';
import { GeminiProvider } from './gemini.provider.js';

const JSON_TYPE = { 'content-type': 'application/json; charset=UTF-8' };

/** Written from https://ai.google.dev/api/generate-content and …/gemini-api/docs/troubleshooting. */
const REPLIES = {
  success: {
    status: 200,
    headers: JSON_TYPE,
    chunks: ['{"candidates":[{"content":{"parts":[{"text":"hi"}],"role":"model"},"finishReason":"STOP","index":0}]}'],
  },
  stream: {
    status: 200,
    headers: { 'content-type': 'text/event-stream' },
    chunks: [
      'data: {"candidates":[{"content":{"parts":[{"text":"h"}],"role":"model"},"index":0}]}\r\n\r\n',
      'data: {"candidates":[{"content":{"parts":[{"text":"i"}],"role":"model"},"finishReason":"STOP","index":0}]}\r\n\r\n',
    ],
  },
  unauthorized: {
    status: 401,
    headers: JSON_TYPE,
    chunks: ['{"error":{"code":401,"message":"Request had invalid credentials.","status":"UNAUTHENTICATED"}}'],
  },
  rateLimited: {
    status: 429,
    headers: { ...JSON_TYPE, 'retry-after': '34' },
    chunks: ['{"error":{"code":429,"message":"Quota exceeded.","status":"RESOURCE_EXHAUSTED"}}'],
  },
  failure: {
    status: 503,
    headers: JSON_TYPE,
    chunks: ['{"error":{"code":503,"message":"The model is overloaded.","status":"UNAVAILABLE"}}'],
  },
} satisfies Record<string, ScriptedReply>;

/** From https://ai.google.dev/api/models#method:-models.list. */
const MODELS: ScriptedReply = {
  status: 200,
  headers: JSON_TYPE,
  chunks: [
    '{"models":[{"name":"models/gemini-2.5-flash","displayName":"Gemini 2.5 Flash","supportedGenerationMethods":["generateContent"]}]}',
  ],
};

const credential = { kind: 'api-key', secret: 'k' };

function accountAt(baseUrl: string): Account {
  return {
    id: 'a',
    provider: 'gemini',
    settings: { apiKey: 'k', baseUrl, schemas: 'json-schema' },
    headers: {},
    transport: { timeouts: { connectMs: 10_000, firstByteMs: 10_000, idleMs: 10_000 } },
  };
}

describe('GeminiProvider', () => {
  describeProviderConformance({
    create: (http) => new GeminiProvider(http),
    settings: (origin) => ({ apiKey: 'AIza-operator', baseUrl: origin }),
    model: 'gemini-2.5-flash',
    path: '/v1beta/models/gemini-2.5-flash:generateContent',
    auth: { 'x-goog-api-key': 'AIza-operator' },
    replies: REPLIES,
    forward: { path: '/v1beta/cachedContents/c1', arrivesAt: '/v1beta/cachedContents/c1' },
    count: {
      path: '/v1beta/models/gemini-2.5-flash:countTokens',
      reply: { status: 200, headers: JSON_TYPE, chunks: ['{"totalTokens":31,"promptTokensDetails":[]}'] },
    },
    models: {
      path: '/v1beta/models?pageSize=1000',
      reply: MODELS,
      expected: [{ id: 'gemini-2.5-flash', displayName: 'Gemini 2.5 Flash' }],
    },
  });

  describe('settings', () => {
    it('default to the public API and to JSON schema', () => {
      const { settings } = new GeminiProvider(new UpstreamHttp()).descriptor;

      expect(settings.parse({ apiKey: 'k' })).toEqual({
        apiKey: 'k',
        baseUrl: 'https://generativelanguage.googleapis.com',
        schemas: 'json-schema',
      });
    });
  });

  describe('at a vendor', () => {
    let http: UpstreamHttp;
    let vendor: ScriptedVendor;
    let provider: GeminiProvider;

    beforeEach(async () => {
      http = new UpstreamHttp();
      vendor = await ScriptedVendor.open(replay(REPLIES.success));
      provider = new GeminiProvider(http);
    });

    afterEach(async () => {
      await http.destroy();
      await vendor.close();
    });

    async function urlOf(call: { readonly stream: boolean; readonly query: string }, base = vendor.origin) {
      const reply = await provider.send({
        ...call,
        account: accountAt(base),
        credential,
        format: 'gemini',
        model: 'gemini-2.5-flash',
        body: Buffer.from('{}'),
        headers: {},
        cancellation: new Cancellation(),
      });
      reply.body.cancel();
      return vendor.seen[0]?.url;
    }

    it('asks for events, whatever the client asked for, and keeps its key away', async () => {
      expect(await urlOf({ stream: true, query: '?key=secret&alt=json&prettyPrint=false' })).toBe(
        '/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse&prettyPrint=false',
      );
    });

    it.each([
      ['gemini', 'generateContent'],
      ['gemini-embedding', 'embedContent'],
      ['gemini-embeddings', 'batchEmbedContents'],
    ])('asks in the format %s for %s', async (format, method) => {
      const reply = await provider.send({
        account: accountAt(vendor.origin),
        credential,
        format,
        model: 'm',
        stream: false,
        query: '',
        body: Buffer.from('{}'),
        headers: {},
        cancellation: new Cancellation(),
      });
      reply.body.cancel();

      expect(vendor.seen[0]?.url).toBe(`/v1beta/models/m:${method}`);
    });

    it('does not repeat a version that the base has', async () => {
      expect(await urlOf({ stream: false, query: '' }, `${vendor.origin}/proxy/v1beta/`)).toBe(
        '/proxy/v1beta/models/gemini-2.5-flash:generateContent',
      );
    });

    it('reads every page of the model list', async () => {
      vendor.answer((request, response) => {
        const isSecond = request.url.includes('pageToken=next%2Fpage');
        const page = isSecond
          ? { models: [{ name: 'tunedModels/second' }] }
          : { models: [{ name: 'models/first' }], nextPageToken: 'next/page' };
        replay({ status: 200, chunks: [JSON.stringify(page)] })(request, response);
      });

      const models = await provider.listModels(accountAt(vendor.origin), credential, new AbortController().signal);

      expect(models.map(({ id }) => id)).toEqual(['first', 'tunedModels/second']);
    });

    it('stops asking for pages when the vendor never ends', async () => {
      vendor.answer((request, response) => {
        const page = { models: [], nextPageToken: `p${vendor.seen.length}` };
        replay({ status: 200, chunks: [JSON.stringify(page)] })(request, response);
      });

      await provider.listModels(accountAt(vendor.origin), credential, new AbortController().signal);

      expect(vendor.seen).toHaveLength(10);
    });
  });

  describe('classify', () => {
    const replyWith = (type: string) => {
      const upstream = { status: 400, message: 'no', type };
      const error = new GatewayError({ kind: 'upstream_invalid_request', message: 'no', upstream });
      return { status: 400, headers: {}, body: Buffer.from(''), error };
    };

    it('blames the account for a precondition that it does not fulfil', () => {
      expect(new GeminiProvider(new UpstreamHttp()).classify(replyWith('FAILED_PRECONDITION'))).toMatchObject({
        blame: 'account',
        action: 'next-account',
      });
    });

    it('leaves everything else to the norms', () => {
      expect(new GeminiProvider(new UpstreamHttp()).classify(replyWith('INVALID_ARGUMENT'))).toBeUndefined();
    });
  });
});
