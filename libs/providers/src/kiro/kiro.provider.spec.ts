import { GatewayError } from '@sluice/core';
import { UpstreamHttp, type Account, type Credential, type UpstreamCall } from '@sluice/provider-kit';
import {
  describeProviderConformance,
  replay,
  ScriptedVendor,
  type ScriptedReply,
} from '@sluice/provider-kit/conformance';
import { Cancellation } from '@sluice/streaming';
import { FakeClock } from '@sluice/testing';
import { KiroProvider } from './kiro.provider.js';

const JSON_TYPE = { 'content-type': 'application/x-amz-json-1.0' };
const EVENT_STREAM = { 'content-type': 'application/vnd.amazon.eventstream' };

/** assistantResponseEvent {"content":"Hello"} and contextUsageEvent {"contextUsagePercentage":50} of the protocol reference. */
const FRAMES = [
  '0000007f0000005c7c7db5a80b3a6576656e742d74797065070016617373697374616e74526573706f6e73654576656e740d3a636f6e74656e742d747970650700106170706c69636174696f6e2f6a736f6e0d3a6d6573736167652d747970650700056576656e747b22636f6e74656e74223a2248656c6c6f227d9b5d0635',
  '0000008400000057d44b0d6c0b3a6576656e742d74797065070011636f6e7465787455736167654576656e740d3a636f6e74656e742d747970650700106170706c69636174696f6e2f6a736f6e0d3a6d6573736167652d747970650700056576656e747b22636f6e74657874557361676550657263656e74616765223a35307d65b5d2f1',
].map((hex) => Buffer.from(hex, 'hex'));

/** Written from the bodies that the protocol reference quotes. */
const REPLIES = {
  success: { status: 200, headers: EVENT_STREAM, chunks: FRAMES },
  stream: { status: 200, headers: EVENT_STREAM, chunks: FRAMES },
  unauthorized: {
    status: 403,
    headers: JSON_TYPE,
    chunks: ['{"message":"The bearer token included in the request is invalid.","reason":null}'],
  },
  rateLimited: {
    status: 429,
    headers: { ...JSON_TYPE, 'retry-after': '14' },
    chunks: [
      '{"__type":"com.amazon.aws.codewhisperer#ThrottlingException","message":"Too many requests","reason":null}',
    ],
  },
  failure: { status: 500, headers: JSON_TYPE, chunks: ['{"message":"Internal failure","reason":null}'] },
} satisfies Record<string, ScriptedReply>;

const MODELS: ScriptedReply = {
  status: 200,
  headers: JSON_TYPE,
  chunks: [
    '{"defaultModel":{"modelId":"auto"},"models":[{"modelId":"auto","modelName":"Auto"},{"modelId":"claude-sonnet-4.5"}],"nextToken":null}',
  ],
};

const MACHINE_ID = 'a'.repeat(64);
const PROFILE = 'arn:aws:codewhisperer:eu-central-1:111122223333:profile/QWER1QAZSDFGH';
const NOW_MS = 1_700_000_000_000;

describe('KiroProvider', () => {
  describeProviderConformance({
    create: (http) => new KiroProvider(http),
    settings: (origin) => ({ accessToken: 'aoa-operator', endpoints: { inference: origin } }),
    model: 'claude-sonnet-4.5',
    path: '/generateAssistantResponse',
    auth: { authorization: 'Bearer aoa-operator' },
    replies: REPLIES,
    models: {
      path: '/ListAvailableModels?origin=AI_EDITOR&maxResults=50',
      reply: MODELS,
      expected: [
        { id: 'auto', displayName: 'Auto' },
        { id: 'claude-sonnet-4.5' },
        ...[
          ['', ''],
          ['-thinking', ' (Thinking)'],
          ['-agentic', ' (Agentic)'],
        ].map(([suffix, remark]) => ({
          id: `claude-sonnet-4-5-20250929${suffix}`,
          displayName: `Claude Sonnet 4.5${remark}`,
          createdAt: 1_727_568_000,
          ownedBy: 'anthropic',
          maxInputTokens: 200_000,
          maxOutputTokens: 64_000,
          thinks: suffix === '-thinking',
        })),
      ],
    },
  });

  let http: UpstreamHttp;
  let vendor: ScriptedVendor;
  let provider: KiroProvider;

  beforeEach(async () => {
    http = new UpstreamHttp();
    vendor = await ScriptedVendor.open(replay(REPLIES.success));
    provider = new KiroProvider(http, new FakeClock(NOW_MS));
  });

  afterEach(async () => {
    await http.destroy();
    await vendor.close();
  });

  function accountOf(settings: Record<string, unknown>): Account {
    const { origin } = vendor;
    const endpoints = { inference: origin, management: origin, socialAuth: origin, oidc: origin };
    return {
      id: 'kiro-1',
      provider: 'kiro',
      settings: provider.descriptor.settings.parse({ endpoints, ...settings }),
      headers: {},
      transport: { timeouts: { connectMs: 10_000, firstByteMs: 10_000, idleMs: 10_000 } },
    };
  }

  function declaredCredential(account: Account): Credential {
    const credential = provider.descriptor.readCredential?.(account.settings);
    if (credential === undefined) throw new Error('the settings declare no credential');
    return credential;
  }

  describe('send', () => {
    async function send(
      settings: Record<string, unknown>,
      changes: Partial<UpstreamCall> = {},
    ): Promise<(typeof vendor.seen)[number] | undefined> {
      const account = accountOf(settings);
      const reply = await provider.send({
        account,
        credential: { kind: 'oauth', secret: 'aoa' },
        format: 'kiro',
        model: 'claude-sonnet-4.5',
        stream: true,
        query: '',
        body: Buffer.from('{"conversationState":{}}'),
        headers: {},
        cancellation: new Cancellation(),
        ...changes,
      });
      reply.body.cancel();
      return vendor.seen.at(-1);
    }

    it('speaks as the editor does', async () => {
      const seen = await send({ machineId: MACHINE_ID });

      expect(seen?.headers).toMatchObject({
        accept: '*/*',
        authorization: 'Bearer aoa',
        'content-type': 'application/json',
        'x-amzn-codewhisperer-optout': 'true',
        'x-amzn-kiro-agent-mode': 'vibe',
        'x-amz-user-agent': `aws-sdk-js/1.0.27 KiroIDE-0.9.2-${MACHINE_ID}`,
        'user-agent': `aws-sdk-js/1.0.27 ua/2.1 os/darwin#24.6.0 lang/js md/nodejs#22.21.1 api/codewhispererstreaming#1.0.27 m/E KiroIDE-0.9.2-${MACHINE_ID}`,
        'amz-sdk-request': 'attempt=1; max=3',
      });
    });

    it('names every attempt anew', async () => {
      const first = await send({});
      const second = await send({});

      const ids = [first, second].map((seen) => seen?.headers['amz-sdk-invocation-id']);
      expect(ids).toEqual([expect.stringMatching(/^[0-9a-f-]{36}$/), expect.stringMatching(/^[0-9a-f-]{36}$/)]);
      expect(ids[0]).not.toBe(ids[1]);
    });

    it('hands nothing of the client on', async () => {
      const seen = await send({}, { headers: { traceparent: '00-1', 'anthropic-beta': 'x' } });

      expect(seen?.headers).not.toHaveProperty('traceparent');
      expect(seen?.headers).not.toHaveProperty('anthropic-beta');
    });

    it('leaves the body as it is without a profile', async () => {
      expect((await send({}))?.body.toString()).toBe('{"conversationState":{}}');
    });

    it('48: puts the profile of the sending account into the body', async () => {
      const other = PROFILE.replace('QWER1QAZSDFGH', 'OTHER');
      const body = Buffer.from(`{"conversationState":{},"profileArn":"${other}"}`);

      const declared = await send({ profileArn: PROFILE });
      const renewed = await send(
        {},
        { credential: { kind: 'oauth', secret: 'aoa', details: { profileArn: PROFILE } } },
      );
      const overwritten = await send({ profileArn: PROFILE }, { body });

      for (const seen of [declared, renewed, overwritten]) {
        expect(seen?.body.toString()).toBe(`{"conversationState":{},"profileArn":"${PROFILE}"}`);
      }
    });

    it('refuses a format that Kiro does not speak', () => {
      expect(() =>
        provider.send({
          account: accountOf({}),
          credential: { kind: 'oauth', secret: '' },
          format: 'openai-chat',
          model: 'm',
          stream: false,
          query: '',
          body: Buffer.alloc(0),
          headers: {},
          cancellation: new Cancellation(),
        }),
      ).toThrow(expect.objectContaining({ kind: 'unsupported_translation' }));
    });
  });

  describe('refreshCredential', () => {
    const { signal } = new AbortController();

    function renewWith(
      reply: Partial<ScriptedReply> & { readonly value?: unknown },
      settings: Record<string, unknown>,
    ) {
      const { status = 200, value = {} } = reply;
      vendor.answer(replay({ status, headers: JSON_TYPE, chunks: [JSON.stringify(value)] }));
      const account = accountOf(settings);
      return provider.refreshCredential(declaredCredential(account), account, signal);
    }

    const SOCIAL = { refreshToken: 'aor-1', machineId: MACHINE_ID };
    const IDC = { refreshToken: 'aor-1', clientId: 'id-1', clientSecret: 'secret-1', profileArn: PROFILE };

    it('renews a social login at Kiro', async () => {
      const value = { accessToken: 'aoa-2', refreshToken: 'aor-2', profileArn: PROFILE, expiresIn: 3600 };

      const renewed = await renewWith({ value }, SOCIAL);

      expect(renewed).toEqual({
        kind: 'oauth',
        secret: 'aoa-2',
        expiresAtMs: NOW_MS + 3_300_000,
        details: {
          refreshToken: 'aor-2',
          authMethod: 'social',
          profileArn: PROFILE,
          machineId: MACHINE_ID,
          seed: expect.stringMatching(/^[0-9a-f]{16}$/),
          endsAtMs: String(NOW_MS + 3_600_000),
        },
      });
      expect(vendor.seen).toMatchObject([
        {
          method: 'POST',
          url: '/refreshToken',
          headers: {
            accept: 'application/json, text/plain, */*',
            'content-type': 'application/json',
            'user-agent': `KiroIDE-0.9.2-${MACHINE_ID}`,
          },
        },
      ]);
      expect(JSON.parse(vendor.seen[0]?.body.toString() ?? '')).toEqual({ refreshToken: 'aor-1' });
    });

    it('renews a login of AWS single sign-on there, in JSON', async () => {
      const renewed = await renewWith({ value: { accessToken: 'aoa-2', refreshToken: 'aor-2', expiresIn: 60 } }, IDC);

      expect(renewed).toMatchObject({
        secret: 'aoa-2',
        expiresAtMs: NOW_MS + 60_000 - 300_000,
        details: { refreshToken: 'aor-2', authMethod: 'idc', clientId: 'id-1', clientSecret: 'secret-1' },
      });
      expect(vendor.seen).toMatchObject([
        {
          method: 'POST',
          url: '/token',
          headers: {
            'content-type': 'application/json',
            'user-agent': 'node',
            'x-amz-user-agent':
              'aws-sdk-js/3.738.0 ua/2.1 os/other lang/js md/browser#unknown_unknown api/sso-oidc#3.738.0 m/E KiroIDE',
          },
        },
      ]);
      expect(JSON.parse(vendor.seen[0]?.body.toString() ?? '')).toEqual({
        clientId: 'id-1',
        clientSecret: 'secret-1',
        refreshToken: 'aor-1',
        grantType: 'refresh_token',
      });
    });

    it('keeps what the answer leaves out', async () => {
      const renewed = await renewWith({ value: { accessToken: 'aoa-2' } }, { ...SOCIAL, profileArn: PROFILE });

      expect(renewed).toMatchObject({
        expiresAtMs: NOW_MS + 3_300_000,
        details: { refreshToken: 'aor-1', profileArn: PROFILE },
      });
    });

    it.each([
      [
        '73: a dead refresh token',
        400,
        { error: 'invalid_grant', error_description: 'Invalid refresh token provided' },
      ],
      ['a client that has run out', 400, { error: 'invalid_client' }],
      ['asked in a wrong way, which is no fault of the client’s request', 400, {}],
      ['no such service', 404, {}],
      ['bad credentials', 401, { message: 'Bad credentials' }],
      ['a refused login', 403, { message: 'no' }],
    ])('says that the login is dead: %s', async (_name, status, value) => {
      await expect(renewWith({ status, value }, IDC)).rejects.toMatchObject({ kind: 'upstream_auth_failed' });
    });

    it.each([
      ['throttled', 429, 'upstream_rate_limited'],
      ['away', 503, 'upstream_overloaded'],
      ['failing', 500, 'upstream_error'],
      ['asked too early', 408, 'upstream_timed_out'],
    ])('says that it was only %s', async (_name, status, kind) => {
      await expect(renewWith({ status }, SOCIAL)).rejects.toMatchObject({ kind });
    });

    it('refuses an answer without a token', async () => {
      await expect(renewWith({ value: {} }, SOCIAL)).rejects.toMatchObject({ kind: 'upstream_invalid_response' });
    });

    it('asks nobody without a refresh token, or without the client that it belongs to', async () => {
      const account = accountOf({});
      const details = { refreshToken: 'aor', authMethod: 'idc' };

      await expect(provider.refreshCredential({ kind: 'oauth', secret: 'a' }, account, signal)).rejects.toMatchObject({
        kind: 'upstream_auth_failed',
      });
      await expect(
        provider.refreshCredential({ kind: 'oauth', secret: 'a', details }, account, signal),
      ).rejects.toMatchObject({ kind: 'upstream_auth_failed' });
      expect(vendor.seen).toEqual([]);
    });

    it('never repeats a secret in an error', async () => {
      const failure = await renewWith({ status: 400, value: { error: 'aor-1 secret-1' } }, IDC).catch(
        (error: unknown) => error,
      );

      expect(failure).toBeInstanceOf(GatewayError);
      expect(String(failure)).not.toMatch(/aor-1|secret-1/);
    });
  });

  describe('listModels', () => {
    it('reads every page, for the profile of the account', async () => {
      vendor.answer((request, response) => {
        const isSecond = request.url.includes('nextToken=n%2F1');
        const page = isSecond ? { models: [{ modelId: 'b' }] } : { models: [{ modelId: 'a' }, {}], nextToken: 'n/1' };
        replay({ status: 200, chunks: [JSON.stringify(page)] })(request, response);
      });
      const account = accountOf({ accessToken: 'aoa', profileArn: PROFILE });

      const models = await provider.listModels(account, declaredCredential(account), new AbortController().signal);

      expect(models).toEqual([{ id: 'a' }, { id: 'b' }]);
      expect(vendor.seen[0]?.url).toContain(`profileArn=${encodeURIComponent(PROFILE)}`);
      expect(vendor.seen[0]?.headers).toMatchObject({
        authorization: 'Bearer aoa',
        'user-agent': expect.stringContaining('api/codewhispererruntime#1.0.0 m/N,E KiroIDE-0.9.2-'),
      });
    });

    it('knows the models with a large context from then on', async () => {
      const page = { models: [{ modelId: 'claude-sonnet-4.5' }, { modelId: 'claude-sonnet-4.5-1m' }] };
      vendor.answer(replay({ status: 200, chunks: [JSON.stringify(page)] }));
      const [account, other] = [accountOf({ accessToken: 'aoa' }), accountOf({ accessToken: 'aoa' })];

      await provider.listModels(account, declaredCredential(account), new AbortController().signal);

      expect(provider.modelId('claude-sonnet-4-5-1m', account)).toBe('claude-sonnet-4.5-1m');
      expect(provider.modelId('claude-sonnet-4-5', account)).toBe('CLAUDE_SONNET_4_5_20250929_V1_0');
      expect(provider.modelId('claude-opus-4-6-1m', account)).toBe('claude-opus-4.6');
      expect(provider.modelId('claude-sonnet-4-5-1m', other)).toBe('CLAUDE_SONNET_4_5_20250929_V1_0');
    });

    it('tells the limits of a model where the vendor does', async () => {
      const tokenLimits = { maxInputTokens: 272_000, maxOutputTokens: 128_000 };
      const page = {
        models: [
          { modelId: 'gpt', tokenLimits },
          { modelId: 'odd', tokenLimits: { maxInputTokens: '9' } },
        ],
      };
      vendor.answer(replay({ status: 200, chunks: [JSON.stringify(page)] }));
      const account = accountOf({ accessToken: 'aoa' });

      const models = await provider.listModels(account, declaredCredential(account), new AbortController().signal);

      expect(models).toEqual([{ id: 'gpt', ...tokenLimits }, { id: 'odd' }]);
      expect(provider.windowTokens('gpt', account)).toBe(272_000);
      expect(provider.windowTokens('odd', account)).toBeUndefined();
      expect(provider.windowTokens('gpt', accountOf({ accessToken: 'aoa' }))).toBeUndefined();
    });

    it('stops asking when the vendor never ends', async () => {
      vendor.answer((request, response) => {
        replay({ status: 200, chunks: [JSON.stringify({ models: [], nextToken: `n${vendor.seen.length}` })] })(
          request,
          response,
        );
      });
      const account = accountOf({ accessToken: 'aoa' });

      await provider.listModels(account, declaredCredential(account), new AbortController().signal);

      expect(vendor.seen).toHaveLength(10);
    });
  });

  describe('classify', () => {
    const classify = (status: number, message: string, kind: GatewayError['kind'] = 'upstream_invalid_request') => {
      const error = new GatewayError({ kind, message, upstream: { status, message } });
      return provider.classify({ status, headers: {}, body: Buffer.alloc(0), error });
    };

    it('lets another account try where a profile is missing', () => {
      expect(classify(400, 'profileArn is required for this request.')).toMatchObject({
        blame: 'account',
        action: 'next-account',
      });
    });

    it('lets an account rest that is under suspicion', () => {
      const message = 'We noticed suspicious activity and put temporary limits on your account.';

      expect(classify(429, message, 'upstream_rate_limited')).toMatchObject({
        blame: 'account',
        action: 'next-account',
        retryAfterMs: 600_000,
      });
    });

    it('does not repeat what took minutes', () => {
      expect(classify(524, 'no', 'upstream_timed_out')).toMatchObject({ blame: 'provider', action: 'stop' });
    });

    it('lets an account rest that is locked', () => {
      const locked = 'Your account has been suspended. We have locked it as a security precaution.';

      for (const message of [locked, 'Access was denied (reason: TEMPORARILY_SUSPENDED)']) {
        expect(classify(403, message, 'upstream_auth_failed')).toMatchObject({
          blame: 'account',
          action: 'next-account',
          retryAfterMs: 86_400_000,
        });
      }
    });

    it.each([
      ['Try again. (reason: INSUFFICIENT_MODEL_CAPACITY)', 'INSUFFICIENT_MODEL_CAPACITY'],
      ['Try again. (reason: MODEL_TEMPORARILY_UNAVAILABLE)', 'MODEL_TEMPORARILY_UNAVAILABLE'],
      ['I am experiencing high traffic, please try again shortly.', undefined],
      ['The model has an unexpectedly high load.', undefined],
    ])('gives a model without capacity five seconds, and longer each time: %s', (message, code) => {
      const upstream = { status: 429, message, ...(code !== undefined && { code }) };
      const error = new GatewayError({ kind: 'upstream_overloaded', message, upstream });

      expect(provider.classify({ status: 429, headers: {}, body: Buffer.alloc(0), error })).toEqual({
        error,
        blame: 'provider',
        action: 'same',
        firstPauseMs: 5_000,
      });
    });

    it('leaves everything else to the norms', () => {
      expect(classify(503, 'Service Unavailable', 'upstream_overloaded')).toBeUndefined();
      expect(classify(403, 'User is not authorized to make this call.', 'upstream_auth_failed')).toBeUndefined();
      expect(classify(400, 'Improperly formed request.')).toBeUndefined();
      expect(classify(429, 'Too many requests', 'upstream_rate_limited')).toBeUndefined();
    });
  });

  describe('descriptor', () => {
    it('allows three calls per account and nine per request', () => {
      expect(provider.descriptor.retry).toEqual({ perAccount: 3, perRequest: 9, repeatsAlone: true });
    });

    it('names its secrets', () => {
      expect(provider.descriptor.secretSettings).toEqual(['apiKey', 'accessToken', 'refreshToken', 'clientSecret']);
    });
  });
});
