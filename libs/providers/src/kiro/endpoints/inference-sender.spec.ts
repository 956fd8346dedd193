import { GatewayError, UpstreamHttp, readBody, type Account, type Credential } from '@sluice/provider-kit';
import { replay, ScriptedVendor } from '@sluice/provider-kit/conformance';
import { Cancellation } from '@sluice/streaming';
import { SilentLogger, type LogFields } from '@sluice/core';
import { FakeClock } from '@sluice/testing';
import { KiroSettings } from '../settings.js';
import { EndpointMemory, FALLBACK_STICKS_MS } from './endpoint-memory.js';
import { InferenceSender } from './inference-sender.js';

const ARN = 'arn:aws:codewhisperer:us-east-1:111122223333:profile/OWN';
const BUILDER_ID_ARN = 'arn:aws:codewhisperer:us-east-1:638616132270:profile/AAAACCCCXXXX';
const OK = replay({ status: 200, chunks: ['ok'] });
const MISSING = replay({ status: 400, chunks: ['{"message":"profileArn is required for this request."}'] });
const SOCIAL: Credential = { kind: 'oauth', secret: 'aoa', details: { authMethod: 'social' } };
/** Nobody listens there: the port of "discard" needs rights that no test has. */
const NOBODY = 'http://127.0.0.1:9';

class CollectingLogger extends SilentLogger {
  readonly warnings: (LogFields | undefined)[] = [];

  override warn(_message?: string, fields?: LogFields): void {
    this.warnings.push(fields);
  }
}

describe('InferenceSender', () => {
  let http: UpstreamHttp;
  let editor: ScriptedVendor;
  let runtime: ScriptedVendor;
  let clock: FakeClock;
  let sender: InferenceSender;
  let logger: CollectingLogger;

  beforeEach(async () => {
    http = new UpstreamHttp();
    editor = await ScriptedVendor.open(OK);
    runtime = await ScriptedVendor.open(OK);
    clock = new FakeClock();
    logger = new CollectingLogger();
    sender = new InferenceSender(http, new EndpointMemory(), clock, logger);
  });

  afterEach(async () => {
    await http.destroy();
    await editor.close();
    await runtime.close();
  });

  const accountWith = (endpoints: Record<string, string>, settings: Record<string, unknown> = {}): Account => ({
    id: 'kiro-1',
    provider: 'kiro',
    settings: KiroSettings.parse({ endpoints, ...settings }),
    headers: {},
    transport: { timeouts: { connectMs: 10_000, firstByteMs: 10_000, idleMs: 10_000 } },
  });
  const both = (settings: Record<string, unknown> = {}) =>
    accountWith({ inference: editor.origin, runtime: runtime.origin }, settings);

  async function send(account: Account, credential = SOCIAL, { body = '{"conversationState":{}}', model = 'm' } = {}) {
    const cancellation = new Cancellation();
    const reply = await sender.send({
      account,
      credential,
      format: 'kiro',
      model,
      stream: true,
      query: '',
      body: Buffer.from(body),
      headers: {},
      cancellation,
    });
    const text = (await readBody(reply.body, 1024, cancellation)).toString();
    return { status: reply.status, text };
  }

  const seen = () => [editor.seen.length, runtime.seen.length];

  it('says of a large request that is refused how large it was', async () => {
    editor.answer(replay({ status: 400, chunks: ['{"message":"Improperly formed request.","reason":null}'] }));

    const { text } = await send(both(), SOCIAL, { body: JSON.stringify({ conversationState: 'x'.repeat(400_000) }) });

    expect(text).toContain('(The request has 4000');
  });

  it('asks the first host alone while it answers', async () => {
    await send(both());
    await send(both());

    expect(seen()).toEqual([2, 0]);
  });

  it.each([
    ['does not know the operation', replay({ status: 404, chunks: ['{}'] })],
    ['wants a profile', MISSING],
  ])('asks the next at once where the first %s, and begins with it from then on', async (_name, script) => {
    const account = both();
    editor.answer(script);

    expect(await send(account)).toEqual({ status: 200, text: 'ok' });
    await send(account);

    expect(seen()).toEqual([1, 2]);
    expect(runtime.seen[0]).toMatchObject({
      url: '/',
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': 'AmazonCodeWhispererStreamingService.GenerateAssistantResponse',
        authorization: 'Bearer aoa',
      },
    });
  });

  it('asks the next at once where nobody can be reached', async () => {
    const account = accountWith({ inference: NOBODY, runtime: runtime.origin });

    expect(await send(account)).toMatchObject({ status: 200 });
  });

  it('gives the first host another chance after a while', async () => {
    const account = both();
    editor.answer(MISSING);
    await send(account);
    editor.answer(OK);
    clock.advance(FALLBACK_STICKS_MS);

    await send(account);

    expect(seen()).toEqual([2, 1]);
  });

  it.each([502, 503, 504])('81, 82: counts %d as a call, and begins elsewhere with the next', async (status) => {
    const account = both();
    editor.answer(replay({ status, chunks: ['{}'] }));
    runtime.answer(replay({ status, chunks: ['{}'] }));

    expect(await send(account)).toMatchObject({ status });
    expect(seen()).toEqual([1, 0]);
    await send(account);
    expect(seen()).toEqual([1, 1]);
    await send(account);
    expect(seen()).toEqual([2, 1]);
  });

  it.each([
    [400, '{"message":"Improperly formed request.","reason":null}'],
    [403, '{"message":"no"}'],
    [429, '{"message":"Too many requests"}'],
    [500, '{"message":"Internal failure"}'],
  ])('hands a %d on whole, and asks nobody else', async (status, text) => {
    editor.answer(replay({ status, chunks: [text] }));

    expect(await send(both())).toEqual({ status, text });
    expect(seen()).toEqual([1, 0]);
  });

  it('hands on what the last host says', async () => {
    editor.answer(MISSING);
    runtime.answer(MISSING);

    expect(await send(both())).toMatchObject({ status: 400, text: expect.stringContaining('profileArn') });
    expect(seen()).toEqual([1, 1]);
  });

  it('says when no host can be reached', async () => {
    const failure = await send(accountWith({ inference: NOBODY })).catch((error: unknown) => error);

    expect(failure).toBeInstanceOf(GatewayError);
    expect(failure).toMatchObject({ kind: 'upstream_unreachable' });
  });

  describe('profiles', () => {
    const bodyOf = (vendor: ScriptedVendor) => JSON.parse(vendor.seen.at(-1)?.body.toString() ?? '') as object;
    const builderId: Credential = {
      kind: 'oauth',
      secret: 'a',
      details: { authMethod: 'idc', identityProvider: 'BuilderId' },
    };
    const organisation: Credential = { kind: 'oauth', secret: 'a', details: { authMethod: 'idc' } };

    it('sends a login’s own everywhere', async () => {
      const own = { ...organisation, details: { authMethod: 'idc', profileArn: ARN } };
      editor.answer(replay({ status: 404, chunks: [] }));

      await send(both(), own);

      expect(bodyOf(editor)).toMatchObject({ profileArn: ARN });
      expect(bodyOf(runtime)).toMatchObject({ profileArn: ARN });
      expect(runtime.seen[0]?.headers).toMatchObject({ 'x-amzn-kiro-profile-arn': ARN });
    });

    it('sends the shared one of Builder IDs as the command line does, never as the editor does', async () => {
      await send(both(), builderId);
      expect(bodyOf(editor)).toMatchObject({ profileArn: BUILDER_ID_ARN });

      await send(both({ endpoint: 'ide' }), builderId);
      expect(bodyOf(editor)).not.toHaveProperty('profileArn');
    });

    it('sends none for an organisation’s login that has none', async () => {
      await send(both(), organisation);

      expect(bodyOf(editor)).not.toHaveProperty('profileArn');
    });

    it('sends none for a key, and says that it is one', async () => {
      await send(both({ profileArn: ARN }), { kind: 'api-key', secret: 'ksk_1' });

      expect(bodyOf(editor)).not.toHaveProperty('profileArn');
      expect(editor.seen[0]).toMatchObject({
        url: '/',
        headers: { authorization: 'Bearer ksk_1', tokentype: 'API_KEY' },
      });
    });

    it('says of a login of an external identity provider what it is', async () => {
      await send(both(), { kind: 'oauth', secret: 'a', details: { authMethod: 'external_idp', profileArn: ARN } });

      expect(editor.seen[0]?.headers).toMatchObject({ tokentype: 'EXTERNAL_IDP' });
    });
  });

  describe('a model that may not be asked to think by members of its own', () => {
    const THINKING =
      '{"conversationState":{},"additionalModelRequestFields":{"output_config":{"effort":"high"}},"profileArn":"x"}';
    const REFUSED = replay({
      status: 400,
      chunks: ['{"message":"Invalid additionalModelRequestFields for this model.","reason":null}'],
    });
    const bodies = () => editor.seen.map(({ body }) => JSON.parse(body.toString()) as object);
    const PLAIN = { conversationState: {}, profileArn: 'x' };

    beforeEach(() =>
      editor.answer((request, response) =>
        (request.body.includes('additionalModelRequestFields') ? REFUSED : OK)(request, response),
      ),
    );

    it('is asked once more without them', async () => {
      expect(await send(both(), SOCIAL, { body: THINKING })).toEqual({ status: 200, text: 'ok' });

      expect(bodies()).toEqual([JSON.parse(THINKING), PLAIN]);
      expect(logger.warnings).toEqual([{ accountId: 'kiro-1', model: 'm' }]);
    });

    it('is asked without them at once from then on, and others of the account are not', async () => {
      const account = both();

      await send(account, SOCIAL, { body: THINKING });
      await send(account, SOCIAL, { body: THINKING });
      await send(account, SOCIAL, { body: THINKING, model: 'other' });

      expect(bodies()).toEqual([JSON.parse(THINKING), PLAIN, PLAIN, JSON.parse(THINKING), PLAIN]);
    });

    it('is asked with them by another account', async () => {
      await send(both(), SOCIAL, { body: THINKING });
      await send(both(), SOCIAL, { body: THINKING });

      expect(bodies()).toEqual([JSON.parse(THINKING), PLAIN, JSON.parse(THINKING), PLAIN]);
    });

    it('is not asked again after a refusal for something else, which stays whole', async () => {
      const text = '{"message":"Improperly formed request.","reason":null}';
      editor.answer(replay({ status: 400, chunks: [text] }));

      expect(await send(both(), SOCIAL, { body: THINKING })).toEqual({ status: 400, text });

      expect(editor.seen).toHaveLength(1);
    });

    it('is not asked again where the request had none', async () => {
      editor.answer(REFUSED);

      expect(await send(both())).toMatchObject({ status: 400 });

      expect(editor.seen).toHaveLength(1);
    });
  });
});
