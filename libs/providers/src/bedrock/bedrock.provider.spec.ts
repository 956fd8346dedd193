import { GatewayError, type GatewayErrorKind } from '@sluice/core';
import { UpstreamHttp, type Account, type UpstreamCall } from '@sluice/provider-kit';
import {
  describeProviderConformance,
  replay,
  ScriptedVendor,
  type ScriptedReply,
  type SeenRequest,
} from '@sluice/provider-kit/conformance';
import { Cancellation } from '@sluice/streaming';
import { FakeClock } from '@sluice/testing';
import { isSignatureValid } from './__fixtures__/verify-signature.js';
import { BedrockProvider } from './bedrock.provider.js';
import { IdentitySource, type IdentityChain } from './identity-source.js';

const JSON_TYPE = { 'content-type': 'application/json' };
const EVENT_STREAM = { 'content-type': 'application/vnd.amazon.eventstream' };
const MODEL = 'us.anthropic.claude-sonnet-4-5-20250929-v1:0';
const PATH = '/model/us.anthropic.claude-sonnet-4-5-20250929-v1%3A0/converse';
const ARN = 'arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc123';
const NOW_MS = Date.UTC(2026, 1, 3, 4, 5, 6);

/** A frame of the framing's specification; a provider does not read it. */
const FRAME = Buffer.from('000000100000000005c248eb7d98c8ff', 'hex');

/** Written from the vendor's documentation of the operation's errors. */
const REPLIES = {
  success: {
    status: 200,
    headers: { ...JSON_TYPE, 'x-amzn-requestid': 'r-1' },
    chunks: ['{"output":{"message":{"role":"assistant","content":[{"text":"hi"}]}},"stopReason":"end_turn"}'],
  },
  stream: { status: 200, headers: EVENT_STREAM, chunks: [FRAME, FRAME] },
  unauthorized: {
    status: 403,
    headers: { ...JSON_TYPE, 'x-amzn-errortype': 'UnrecognizedClientException' },
    chunks: ['{"message":"The security token included in the request is invalid."}'],
  },
  rateLimited: {
    status: 429,
    headers: { ...JSON_TYPE, 'x-amzn-errortype': 'ThrottlingException', 'retry-after': '3' },
    chunks: ['{"message":"Too many requests, please wait before trying again."}'],
  },
  failure: {
    status: 500,
    headers: { ...JSON_TYPE, 'x-amzn-errortype': 'InternalServerException' },
    chunks: ['{"message":"The system encountered an unexpected error during processing. Try your request again."}'],
  },
} satisfies Record<string, ScriptedReply>;

const EXPIRED: ScriptedReply = {
  status: 403,
  headers: { ...JSON_TYPE, 'x-amzn-errortype': 'ExpiredTokenException:http://internal.amazon.com/coral/' },
  chunks: ['{"message":"The security token included in the request is expired"}'],
};

const KEYS = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };

describe('BedrockProvider', () => {
  describeProviderConformance({
    create: (http) => new BedrockProvider(http),
    settings: (origin) => ({ region: 'us-east-1', apiKey: 'bedrock-api-key', baseUrl: origin }),
    model: MODEL,
    path: PATH,
    auth: { authorization: 'Bearer bedrock-api-key' },
    replies: REPLIES,
  });

  let http: UpstreamHttp;
  let vendor: ScriptedVendor;

  beforeEach(async () => {
    http = new UpstreamHttp();
    vendor = await ScriptedVendor.open(replay(REPLIES.success));
  });

  afterEach(async () => {
    await http.destroy();
    await vendor.close();
  });

  const providerWith = (identities?: IdentitySource): BedrockProvider =>
    new BedrockProvider(http, new FakeClock(NOW_MS), identities);

  function accountOf(settings: Record<string, unknown>, headers: Record<string, string> = {}): Account {
    const { origin } = vendor;
    const own = { region: 'us-east-1', baseUrl: origin, controlUrl: origin, ...settings };
    return {
      id: 'bedrock-1',
      provider: 'bedrock',
      settings: providerWith().descriptor.settings.parse(own),
      headers,
      transport: { timeouts: { connectMs: 10_000, firstByteMs: 10_000, idleMs: 10_000 } },
    };
  }

  async function send(
    account: Account,
    changes: Partial<UpstreamCall> = {},
    provider = providerWith(),
  ): Promise<SeenRequest> {
    const credential = provider.descriptor.readCredential?.(account.settings) ?? { kind: 'none', secret: '' };
    const reply = await provider.send({
      account,
      credential,
      format: 'bedrock-converse',
      model: MODEL,
      stream: false,
      query: '',
      body: Buffer.from('{ "messages" : [] }'),
      headers: {},
      cancellation: new Cancellation(),
      ...changes,
    });
    reply.body.cancel();
    const seen = vendor.seen.at(-1);
    if (seen === undefined) throw new Error('nothing arrived');
    return seen;
  }

  describe('send', () => {
    it.each([
      ['an id', MODEL, false, PATH],
      ['a stream', MODEL, true, `${PATH}-stream`],
      ['an ARN', ARN, false, `/model/${ARN.replaceAll(':', '%3A').replaceAll('/', '%2F')}/converse`],
    ])('names the model in the path: %s', async (_, model, stream, path) => {
      const seen = await send(accountOf({ apiKey: 'k' }), { model, stream });

      expect(seen.url).toBe(path);
    });

    it('asks for the framing of its streams', async () => {
      const seen = await send(accountOf({ apiKey: 'k' }), { stream: true });

      expect(seen.headers.accept).toBe('application/vnd.amazon.eventstream');
    });

    it('refuses a format that it does not speak', async () => {
      await expect(send(accountOf({ apiKey: 'k' }), { format: 'kiro' })).rejects.toMatchObject({
        kind: 'unsupported_translation',
      });
    });

    it.each([
      ['an id', MODEL, ''],
      ['an ARN', ARN, ''],
      ['a query', MODEL, '?trace=a%20b&beta=1'],
    ])('signs what arrives: %s', async (_, model, query) => {
      const seen = await send(accountOf(KEYS), { model, query });

      expect(seen.headers.authorization).toMatch(
        /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/20260203\/us-east-1\/bedrock\/aws4_request, SignedHeaders=content-type;host;x-amz-content-sha256;x-amz-date, /,
      );
      expect(seen.headers['x-amz-date']).toBe('20260203T040506Z');
      expect(isSignatureValid(seen, KEYS.secretAccessKey)).toBe(true);
      expect(isSignatureValid({ ...seen, body: Buffer.from('{}') }, KEYS.secretAccessKey)).toBe(false);
    });

    it('sends the token of a temporary key, signed', async () => {
      const seen = await send(accountOf({ ...KEYS, sessionToken: 'token==' }));

      expect(seen.headers['x-amz-security-token']).toBe('token==');
      expect(seen.headers.authorization).toContain('x-amz-security-token,');
      expect(isSignatureValid(seen, KEYS.secretAccessKey)).toBe(true);
    });

    it('signs with what the operator makes of the headers', async () => {
      const account = accountOf(KEYS, { 'Content-Type': 'application/json; charset=utf-8', 'X-Team': 'search' });

      const seen = await send(account);

      expect(seen.headers).toMatchObject({ 'content-type': 'application/json; charset=utf-8', 'x-team': 'search' });
      expect(isSignatureValid(seen, KEYS.secretAccessKey)).toBe(true);
    });

    it('lets the operator prove the call in another way', async () => {
      const seen = await send(accountOf(KEYS, { Authorization: 'Custom proxy' }));

      expect(seen.headers.authorization).toBe('Custom proxy');
    });

    it('signs with what the default chain finds, and searches anew when that has expired', async () => {
      const opened: (string | undefined)[] = [];
      const source = new IdentitySource((profile) => {
        opened.push(profile);
        const chain: IdentityChain = () => Promise.resolve({ ...KEYS, accessKeyId: `AKID${opened.length}` });
        return Promise.resolve(chain);
      });
      const provider = providerWith(source);
      const account = accountOf({ profile: 'work' });

      const first = await send(account, {}, provider);
      vendor.answer(replay(EXPIRED));
      const second = await send(account, {}, provider);
      const third = await send(account, {}, provider);

      const keys = [first, second, third].map(({ headers }) => /AKID\d/.exec(headers.authorization ?? '')?.[0]);
      expect(keys).toEqual(['AKID1', 'AKID1', 'AKID2']);
      expect(opened).toEqual(['work', 'work']);
    });
  });

  describe('listModels', () => {
    const PAGES: Readonly<Record<string, unknown>> = {
      '/foundation-models?byOutputModality=TEXT&byInferenceType=ON_DEMAND': {
        modelSummaries: [
          { modelId: 'amazon.nova-lite-v1:0', modelName: 'Nova Lite', providerName: 'Amazon' },
          { modelName: 'nameless' },
        ],
      },
      '/inference-profiles?maxResults=1000': {
        inferenceProfileSummaries: [{ inferenceProfileId: MODEL, inferenceProfileName: 'US Sonnet' }],
        nextToken: 'a/b',
      },
      '/inference-profiles?maxResults=1000&nextToken=a%2Fb': {
        inferenceProfileSummaries: [{ inferenceProfileId: 'eu.amazon.nova-lite-v1:0' }],
      },
    };

    const list = (settings: Record<string, unknown>) => {
      const account = accountOf(settings);
      const provider = providerWith();
      const credential = provider.descriptor.readCredential?.(account.settings) ?? { kind: 'none', secret: '' };
      return provider.listModels(account, credential, new AbortController().signal);
    };

    it.each([
      ['an API key', { apiKey: 'k' }],
      ['an access key', KEYS],
    ])('names models and profiles, proven by %s', async (_, settings) => {
      vendor.answer((request, response) => {
        replay({ status: 200, headers: JSON_TYPE, chunks: [JSON.stringify(PAGES[request.url])] })(request, response);
      });

      expect(await list(settings)).toEqual([
        { id: 'amazon.nova-lite-v1:0', displayName: 'Nova Lite', ownedBy: 'Amazon' },
        { id: MODEL, displayName: 'US Sonnet' },
        { id: 'eu.amazon.nova-lite-v1:0' },
      ]);
      const isProven = (seen: SeenRequest): boolean =>
        seen.headers.authorization === 'Bearer k' || isSignatureValid(seen, KEYS.secretAccessKey);
      expect(vendor.seen.map(isProven)).toEqual([true, true, true]);
    });

    it('fails as a dead credential when it is refused', async () => {
      vendor.answer(replay(REPLIES.unauthorized));

      await expect(list({ apiKey: 'k' })).rejects.toMatchObject({ kind: 'upstream_auth_failed' });
    });
  });

  describe('classify', () => {
    const classify = (type: string, message: string, kind: GatewayErrorKind) =>
      providerWith().classify({
        status: 400,
        headers: { 'x-amzn-errortype': `${type}:http://internal.amazon.com/coral/` },
        body: Buffer.alloc(0),
        error: new GatewayError({ kind, message }),
      });

    it.each([
      [
        'AccessDeniedException',
        "You don't have access to the model with the specified model ID.",
        'upstream_auth_failed',
        'model',
        'next-account',
      ],
      ['ModelNotReadyException', 'Not ready.', 'upstream_overloaded', 'model', 'same'],
      ['ModelErrorException', 'The model failed.', 'upstream_error', 'model', 'same'],
      ['ModelTimeoutException', 'Too long.', 'upstream_timed_out', 'model', 'next-account'],
      ['ServiceQuotaExceededException', 'Quota.', 'upstream_quota_exhausted', 'account', 'next-account'],
    ] as const)('%s: %s', (type, message, kind, blame, action) => {
      expect(classify(type, message, kind)).toMatchObject({ blame, action, error: { kind } });
    });

    it.each([
      ['AccessDeniedException', 'User is not authorized.', 'upstream_auth_failed'],
      ['ExpiredTokenException', 'Expired.', 'upstream_auth_failed'],
      ['ThrottlingException', 'Too many requests.', 'upstream_rate_limited'],
      ['ValidationException', 'Wrong.', 'upstream_invalid_request'],
    ] as const)('leaves %s to the norms', (type, message, kind) => {
      expect(classify(type, message, kind)).toBeUndefined();
    });
  });

  describe('settings', () => {
    const { settings, readCredential, secretSettings } = new BedrockProvider(new UpstreamHttp()).descriptor;

    it.each([
      [{}, 'region'],
      [{ region: 'Frankfurt' }, 'region'],
      [{ region: 'us-east-1', accessKeyId: 'a' }, 'secretAccessKey'],
      [{ region: 'us-east-1', sessionToken: 't' }, 'sessionToken'],
      [{ region: 'us-east-1', apiKey: 'k', profile: 'p' }, 'apiKey'],
      [{ region: 'us-east-1', guardrailConfig: { guardrailIdentifier: 'g' } }, 'guardrailConfig'],
    ])('refuse %j', (given, member) => {
      const { error } = settings.safeParse(given);

      expect(error?.issues.map(({ path }) => path[0])).toEqual([member]);
    });

    it.each([
      [{ apiKey: 'k' }, { kind: 'api-key', secret: 'k' }],
      [KEYS, { kind: 'aws', secret: KEYS.secretAccessKey, details: { accessKeyId: 'AKIDEXAMPLE' } }],
      [{ profile: 'p' }, { kind: 'aws', secret: '' }],
      [{}, { kind: 'aws', secret: '' }],
    ])('%j are a credential', (given, credential) => {
      expect(readCredential?.({ region: 'us-east-1', ...given })).toEqual(credential);
    });

    it('name their secrets', () => {
      expect(secretSettings).toEqual(['apiKey', 'secretAccessKey', 'sessionToken']);
    });
  });
});
