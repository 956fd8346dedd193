import { Cancellation } from '@sluice/streaming';
import { UpstreamHttp, type Account, type UpstreamCall } from '@sluice/provider-kit';
import {
  describeProviderConformance,
  replay,
  ScriptedVendor,
  type ScriptedReply,
} from '@sluice/provider-kit/conformance';
import { FakeClock } from '@sluice/testing';
import { CopilotProvider } from './copilot.provider.js';

const JSON_TYPE = { 'content-type': 'application/json' };
const TOKEN = { kind: 'oauth', secret: 'tid=1' };

/** Written from the answers as other clients of the vendor describe them. */
const REPLIES = {
  success: {
    status: 200,
    headers: { ...JSON_TYPE, 'x-github-request-id': 'A:1' },
    chunks: ['{"choices":[{"finish_reason":"stop","message":{"content":"hi","role":"assistant"}}],"model":"gpt-4.1"}'],
  },
  stream: {
    status: 200,
    headers: { 'content-type': 'text/event-stream' },
    chunks: [
      'data: {"choices":[],"prompt_filter_results":[]}\n\n',
      'data: {"choices":[{"delta":{"content":"h',
      'ï"}}]}\n\n',
    ],
  },
  unauthorized: { status: 401, headers: { 'content-type': 'text/plain' }, chunks: ['unauthorized: token expired\n'] },
  rateLimited: {
    status: 429,
    headers: { ...JSON_TYPE, 'retry-after': '54', 'x-ratelimit-exceeded': 'global-chat:global-cogs-7-day-key' },
    chunks: ['{"error":{"code":"user_global_rate_limited:pro","message":"Sorry, you have exceeded your rate limit."}}'],
  },
  failure: { status: 502, headers: { 'content-type': 'text/html' }, chunks: ['<html>Unicorn!</html>'] },
} satisfies Record<string, ScriptedReply>;

const MODELS: ScriptedReply = {
  status: 200,
  headers: JSON_TYPE,
  chunks: [
    '{"data":[{"id":"gpt-5-codex","name":"GPT-5-Codex","vendor":"OpenAI","supported_endpoints":["/responses"]},',
    '{"id":"claude-sonnet-4-20250514","supported_endpoints":["/chat/completions"]},{"id":"off","policy":{"state":"disabled"}}]}',
  ],
};

describe('CopilotProvider', () => {
  describe.each([
    ['openai-chat', 'gpt-4.1', '/chat/completions'],
    ['openai-responses', 'gpt-5-codex', '/responses'],
    ['anthropic-messages', 'claude-sonnet-4.5', '/v1/messages'],
    ['openai-embeddings', 'text-embedding-3-small', '/embeddings'],
  ])('in %s', (format, model, path) => {
    describeProviderConformance({
      create: (http) => new CopilotProvider(http),
      settings: (origin) => ({ baseUrl: origin }),
      credential: TOKEN,
      model,
      format,
      path,
      auth: { authorization: 'Bearer tid=1', 'copilot-integration-id': 'vscode-chat' },
      replies: REPLIES,
      models: {
        path: '/models',
        reply: MODELS,
        expected: [
          { id: 'gpt-5-codex', displayName: 'GPT-5-Codex', ownedBy: 'OpenAI' },
          { id: 'claude-sonnet-4-20250514' },
        ],
      },
    });
  });

  describe('settings', () => {
    const { settings, readCredential } = new CopilotProvider(new UpstreamHttp()).descriptor;

    it('need nothing: the login is in the store', () => {
      const parsed = settings.parse({});

      expect(parsed).toEqual({ splitChoices: ['claude'] });
      expect(readCredential?.(parsed)).toBeUndefined();
    });

    it('may name a GitHub token, for which a token of Copilot is asked before the first call', () => {
      expect(readCredential?.(settings.parse({ githubToken: 'gho_abc' }))).toEqual({
        kind: 'oauth',
        secret: '',
        expiresAtMs: 0,
        details: { githubToken: 'gho_abc', seed: '1aeeef1bd7b19c2a' },
      });
    });

    it.each([
      ['a host that is an address', { githubHost: 'https://acme.ghe.com' }],
      ['a host without a domain', { githubHost: 'acme' }],
      ['a header with a line end', { editorVersion: 'vscode/1\r\nx: y' }],
    ])('refuse %s', (_case, members) => {
      expect(settings.safeParse(members).success).toBe(false);
    });
  });

  describe('at a vendor', () => {
    let http: UpstreamHttp;
    let vendor: ScriptedVendor;
    let provider: CopilotProvider;

    beforeEach(async () => {
      http = new UpstreamHttp();
      vendor = await ScriptedVendor.open(replay(REPLIES.success));
      provider = new CopilotProvider(http, new FakeClock());
    });

    afterEach(async () => {
      await http.destroy();
      await vendor.close();
    });

    function accountOf(settings: Record<string, unknown> = {}, headers: Account['headers'] = {}): Account {
      return {
        id: 'copilot-1',
        provider: 'copilot',
        settings: provider.descriptor.settings.parse({
          baseUrl: vendor.origin,
          endpoints: { api: vendor.origin },
          ...settings,
        }),
        headers,
        transport: { timeouts: { connectMs: 10_000, firstByteMs: 10_000, idleMs: 10_000 } },
      };
    }

    async function send(changes: Partial<UpstreamCall>) {
      const reply = await provider.send({
        account: accountOf(),
        credential: TOKEN,
        format: 'openai-chat',
        model: 'gpt-4.1',
        stream: false,
        query: '',
        body: Buffer.from('{"messages":[{"role":"user","content":"Hi"}]}'),
        headers: {},
        cancellation: new Cancellation(),
        ...changes,
      });
      reply.body.cancel();
      const seen = vendor.seen.at(-1);
      if (seen === undefined) throw new Error('nothing arrived');
      return seen;
    }

    it('calls as the editor does', async () => {
      expect((await send({})).headers).toMatchObject({
        'editor-version': 'vscode/1.104.1',
        'editor-plugin-version': 'copilot-chat/0.26.7',
        'user-agent': 'GitHubCopilotChat/0.26.7',
        'openai-intent': 'conversation-panel',
        'x-github-api-version': '2025-04-01',
        'x-vscode-user-agent-library-version': 'electron-fetch',
        'x-initiator': 'user',
      });
    });

    it('calls as the editor that the account names', async () => {
      const account = accountOf({
        editorVersion: 'vscode/1.120.0',
        pluginVersion: 'copilot-chat/0.40.0',
        integrationId: 'acme-chat',
        apiVersion: '2026-06-01',
      });

      expect((await send({ account })).headers).toMatchObject({
        'editor-version': 'vscode/1.120.0',
        'editor-plugin-version': 'copilot-chat/0.40.0',
        'user-agent': 'GitHubCopilotChat/0.40.0',
        'copilot-integration-id': 'acme-chat',
        'x-github-api-version': '2026-06-01',
      });
    });

    it('gives every call an id of its own', async () => {
      const [first, second] = [await send({}), await send({})];

      expect(first.headers['x-request-id']).toMatch(/^[0-9a-f]{8}-[0-9a-f-]{27}$/);
      expect(second.headers['x-request-id']).not.toBe(first.headers['x-request-id']);
    });

    it('lets the operator say who caused a call', async () => {
      expect((await send({ account: accountOf({}, { 'X-Initiator': 'agent' }) })).headers['x-initiator']).toBe('agent');
    });

    it.each([
      ['openai-chat', '{"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:,"}}]}]}'],
      ['openai-responses', '{"input":[{"role":"user","content":[{"type":"input_image","image_url":"data:,"}]}]}'],
      ['anthropic-messages', '{"messages":[{"role":"user","content":[{"type":"image","source":{"type":"base64"}}]}]}'],
    ])('says in %s that there is an image', async (format, body) => {
      const [seen, without] = [await send({ format, body: Buffer.from(body) }), await send({ format })];

      expect(seen.headers['copilot-vision-request']).toBe('true');
      expect(without.headers['copilot-vision-request']).toBeUndefined();
    });

    it("takes out the service tier, which the vendor's Responses refuse, and nowhere else", async () => {
      const body = Buffer.from('{"model":"m","service_tier":"auto","input":"Hi"}');

      const [responses, chat] = [await send({ format: 'openai-responses', body }), await send({ body })];

      expect(responses.body.toString()).toBe('{"model":"m","input":"Hi"}');
      expect(chat.body).toEqual(body);
    });

    it("names Anthropic's version unless the client did, and keeps betas away that the vendor refuses", async () => {
      const format = 'anthropic-messages';
      const headers = { 'anthropic-beta': 'claude-code-20250219,interleaved-thinking-2025-05-14' };

      const [plain, chosen] = [
        await send({ format, headers }),
        await send({ format, headers: { 'anthropic-version': '2025-01-01' } }),
      ];

      expect(plain.headers['anthropic-version']).toBe('2023-06-01');
      expect(plain.headers['anthropic-beta']).toBe('interleaved-thinking-2025-05-14');
      expect(chosen.headers['anthropic-version']).toBe('2025-01-01');
      expect((await send({})).headers['anthropic-version']).toBeUndefined();
    });

    it('speaks what the list of the account says of a model, and goes by the name before', async () => {
      const account = accountOf();
      const formats = (model: string) => provider.formats(model, account);
      expect(formats('claude-sonnet-4-20250514')).toEqual(['anthropic-messages', 'openai-chat']);

      vendor.answer(replay(MODELS));
      await provider.listModels(account, TOKEN, new AbortController().signal);

      expect(formats('claude-sonnet-4-20250514')).toEqual(['openai-chat']);
      expect(formats('gpt-5-codex')).toEqual(['openai-responses']);
      expect(formats('gpt-4.1')).toEqual(['openai-chat']);
    });

    it('refuses a format that the vendor does not have', async () => {
      await expect(send({ format: 'gemini' })).rejects.toThrow(/speak gemini/);
    });

    it('tells what is left of the plan', async () => {
      const premium = { entitlement: 300, remaining: 75, unlimited: false };
      vendor.answer(
        replay({ status: 200, chunks: [JSON.stringify({ quota_snapshots: { premium_interactions: premium } })] }),
      );
      const credential = { ...TOKEN, details: { githubToken: 'ghu_1' } };

      const balance = await provider.balance(accountOf(), credential, new AbortController().signal);

      expect(balance).toMatchObject({ limit: 300, used: 225, remaining: 75, percentUsed: 75 });
      expect(vendor.seen[0]).toMatchObject({
        url: '/copilot_internal/user',
        headers: { authorization: 'token ghu_1' },
      });
    });
  });
});
