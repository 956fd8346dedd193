import { Cancellation } from '@sluice/streaming';
import { UpstreamHttp, type Account, type Credential } from '@sluice/provider-kit';
import {
  describeProviderConformance,
  replay,
  ScriptedVendor,
  type ScriptedReply,
} from '@sluice/provider-kit/conformance';
import { CodexProvider } from './codex.provider.js';
import { CodexSettings } from './settings.js';

const JSON_TYPE = { 'content-type': 'application/json' };
const SSE_TYPE = { 'content-type': 'text/event-stream' };

const CREDENTIAL: Credential = {
  kind: 'oauth',
  secret: 'an-access-token',
  details: { accountId: 'account-1', plan: 'plus', email: 'ada@example.org' },
};

/** Written from https://platform.openai.com/docs/api-reference/responses-streaming and the error codes of the API. */
const REPLIES = {
  success: {
    status: 200,
    headers: { ...SSE_TYPE, 'x-codex-primary-used-percent': '12.5', 'x-codex-secondary-used-percent': '40' },
    chunks: ['event: response.created\ndata: {"type":"response.created"}\n\n'],
  },
  stream: {
    status: 200,
    headers: SSE_TYPE,
    chunks: [
      'event: response.created\ndata: {"type":"response.created"}\n\n',
      'data: {"type":"response.completed"}\n\n',
    ],
  },
  unauthorized: {
    status: 401,
    headers: JSON_TYPE,
    chunks: [
      '{"error":{"message":"Provided authentication token is expired.","type":"invalid_request_error","code":"token_expired"}}',
    ],
  },
  rateLimited: {
    status: 429,
    headers: { ...JSON_TYPE, 'retry-after': '14' },
    chunks: [
      '{"error":{"type":"usage_limit_reached","message":"The usage limit has been reached","plan_type":"plus","resets_in_seconds":14}}',
    ],
  },
  failure: {
    status: 503,
    headers: JSON_TYPE,
    chunks: ['{"error":{"message":"Our servers are overloaded.","type":"server_error","code":"server_is_overloaded"}}'],
  },
} satisfies Record<string, ScriptedReply>;

describe('CodexProvider', () => {
  describeProviderConformance({
    create: (http) => new CodexProvider(http),
    settings: (origin) => ({ baseUrl: `${origin}/backend-api/codex` }),
    credential: CREDENTIAL,
    model: 'gpt-5-codex',
    path: '/backend-api/codex/responses',
    auth: { authorization: 'Bearer an-access-token', 'chatgpt-account-id': 'account-1', originator: 'codex_cli_rs' },
    replies: REPLIES,
  });

  it('is at the vendor’s own back end unless told otherwise', () => {
    expect(CodexSettings.parse({})).toEqual({
      baseUrl: 'https://chatgpt.com/backend-api/codex',
      originator: 'codex_cli_rs',
    });
  });

  it('speaks Responses alone, and streams alone', () => {
    const provider = new CodexProvider(new UpstreamHttp());

    expect(provider.formats()).toEqual(['openai-responses']);
    expect(provider.descriptor.streamsOnly).toBe(true);
  });

  it('says that its login is in the store, or reads the declared token', () => {
    const { descriptor } = new CodexProvider(new UpstreamHttp());

    expect(descriptor.readCredential?.({})).toBeUndefined();
    expect(descriptor.readCredential?.({ accessToken: 't' })).toEqual({ kind: 'oauth', secret: 't' });
  });

  describe('at a vendor', () => {
    let http: UpstreamHttp;
    let vendor: ScriptedVendor;
    let provider: CodexProvider;

    beforeEach(async () => {
      http = new UpstreamHttp();
      vendor = await ScriptedVendor.open(replay(REPLIES.success));
      provider = new CodexProvider(http);
    });

    afterEach(async () => {
      await http.destroy();
      await vendor.close();
    });

    const accountWith = (settings: object = {}): Account => ({
      id: 'a',
      provider: 'codex',
      settings: CodexSettings.parse({ baseUrl: vendor.origin, ...settings }),
      headers: {},
      transport: { timeouts: { connectMs: 10_000, firstByteMs: 10_000, idleMs: 10_000 } },
    });

    async function headersSent(account: Account, credential: Credential = CREDENTIAL) {
      const reply = await provider.send({
        account,
        credential,
        format: 'openai-responses',
        model: 'gpt-5-codex',
        stream: false,
        query: '',
        body: Buffer.from('{}'),
        headers: { 'session-id': 'key-1' },
        cancellation: new Cancellation(),
      });
      reply.body.cancel();
      return vendor.seen.at(-1)?.headers ?? {};
    }

    it('wants a stream whatever the client wants', async () => {
      expect(await headersSent(accountWith())).toMatchObject({ accept: 'text/event-stream', 'session-id': 'key-1' });
    });

    it.each([
      ['the settings', { accountId: 'declared' }, CREDENTIAL, 'declared'],
      ['the login', {}, CREDENTIAL, 'account-1'],
      [
        'the token itself',
        {},
        // {"https://api.openai.com/auth":{"chatgpt_account_id":"from-token"}}
        {
          kind: 'oauth',
          secret: 'e30.eyJodHRwczovL2FwaS5vcGVuYWkuY29tL2F1dGgiOnsiY2hhdGdwdF9hY2NvdW50X2lkIjoiZnJvbS10b2tlbiJ9fQ.x',
        },
        'from-token',
      ],
      ['nobody', {}, { kind: 'oauth', secret: 'no.token' }, undefined],
    ])('calls for the ChatGPT account that %s names', async (_name, settings, credential, expected) => {
      expect((await headersSent(accountWith(settings), credential))['chatgpt-account-id']).toBe(expected);
    });

    it('remembers what an answer says of the plan', async () => {
      const account = accountWith();
      const balance = () => provider.balance(account, CREDENTIAL);

      expect(await balance()).toBeUndefined();
      await headersSent(account);

      expect(await balance()).toEqual({
        limit: 100,
        used: 40,
        remaining: 60,
        percentUsed: 40,
        unit: '%',
        plan: 'plus',
        email: 'ada@example.org',
      });
    });
  });
});
