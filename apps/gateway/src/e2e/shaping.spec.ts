import { sendRaw, type RawReply } from '@sluice/testing';
import { FORMAT_CLIENTS } from './harness/format-client.js';
import { startRawVendor, type RawVendor } from './harness/raw-vendor.js';
import { startTestGateway, type TestGateway } from './harness/start-test-gateway.js';
import { account, CLIENT_KEY, MODELS, singleAccounts } from './harness/test-configuration.js';

const [chat, messages] = FORMAT_CLIENTS;
if (chat === undefined || messages === undefined) throw new Error('two formats are expected');

const EVERY = [{ name: '*' }];

describe('what the operator changes about requests', () => {
  let test: TestGateway;
  let files: RawVendor;
  beforeAll(async () => {
    [test, files] = await Promise.all([startTestGateway(), startRawVendor()]);
  });
  afterEach(async () => {
    await test.checkAfterTest();
    files.reset();
  });
  afterAll(() => Promise.all([test.stop(), files.stop()]));

  const send = (
    client: typeof chat,
    body: string | object,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<RawReply> => sendRaw(test.url + client.path, { headers: { ...client.headers, ...headers }, body });
  const received = (): string => test.vendor.requests.at(-1)?.body.toString() ?? '';
  const receivedHeaders = () => test.vendor.requests.at(-1)?.headers;

  describe('in bodies', () => {
    const aliases = [
      { alias: 'quick', targets: [`chat/${MODELS['openai-chat']}`] },
      { alias: 'clever', targets: [`claude/${MODELS['anthropic-messages']}`] },
    ];

    it('is spliced into bytes that pass, by the name that the client asked for', async () => {
      await test.configure({
        models: aliases,
        payloadRules: {
          default: [{ models: [{ name: 'quick' }], params: { top_p: 0.5, user: 'nobody' } }],
          override: [{ models: [{ name: MODELS['openai-chat'], protocol: 'openai' }], params: { temperature: 0.25 } }],
          filter: [{ models: EVERY, params: ['metadata.trace'] }],
        },
      });

      const reply = await send(
        chat,
        '{ "seed":12345678901234567890, "user":null,"temperature" : 1.0, "metadata":{"trace":"t","x":1.0}, "model":"quick","messages":[{"role":"user","content":"\\u00e9"}] }',
      );

      expect(reply.status).toBe(200);
      expect(received()).toBe(
        '{ "seed":12345678901234567890, "user":null,"temperature" : 0.25, "metadata":{"x":1.0}, "model":"gpt-test","messages":[{"role":"user","content":"\\u00e9"}] ,"top_p":0.5}',
      );
    });

    it('is written into what was translated, in the vendor’s words', async () => {
      await test.configure({
        models: aliases,
        payloadRules: {
          default: [
            { models: [{ name: 'clever', protocol: 'claude', fromProtocol: 'openai' }], params: { max_tokens: 77 } },
          ],
          override: [
            {
              models: [{ name: '*', protocol: 'claude' }],
              params: { 'messages.0.content.0.cache_control': { type: 'ephemeral' } },
            },
            { models: [{ name: '*', protocol: 'openai' }], params: { max_tokens: 1 } },
          ],
        },
      });

      const reply = await send(chat, {
        model: 'clever',
        messages: [{ role: 'user', content: [{ type: 'text', text: 'Say it.' }] }],
      });

      expect(reply.status).toBe(200);
      expect(test.vendor.requests.at(-1)?.path).toBe('/v1/messages');
      const sent = JSON.parse(received()) as object;
      expect(sent).toMatchObject({ model: 'claude-test', max_tokens: 77 });
      expect(sent).toMatchObject({
        messages: [{ content: [{ type: 'text', text: 'Say it.', cache_control: { type: 'ephemeral' } }] }],
      });
    });

    it('is nothing where the rules are for others', async () => {
      await test.configure({
        payloadRules: {
          override: [
            { models: [{ name: 'other-*' }], params: { a: 1 } },
            { models: EVERY, headers: { 'x-team': 'search' }, params: { a: 1 } },
            { models: EVERY, match: { user: 'ada' }, params: { a: 1 } },
            { models: [{ name: '*', fromProtocol: 'claude' }], params: { a: 1 } },
          ],
        },
      });
      const body = '{ "model" : "gpt-test", "user":"bob", "messages":[{"role":"user","content":"hi"}] }';

      await send(chat, body, { 'x-team': 'sales' });

      expect(received()).toBe(body);
    });

    it('changes with the configuration, for the next request', async () => {
      const override = (value: number) => [{ models: EVERY, params: { temperature: value } }];
      await test.configure({ payloadRules: { override: override(0.1) } });
      await send(messages, messages.body());
      const first = received();
      await test.configure({ payloadRules: { override: override(0.9) } });
      await send(messages, messages.body());

      expect([first, received()].map((sent) => (JSON.parse(sent) as { temperature: number }).temperature)).toEqual([
        0.1, 0.9,
      ]);
    });

    it('cannot be made where a part of the body is no JSON: the client is told', async () => {
      await test.configure({ payloadRules: { filter: [{ models: EVERY, params: ['metadata.trace'] }] } });

      const reply = await send(chat, '{"model":"gpt-test","metadata":{"trace" 1},"messages":[]}');

      expect(reply.status).toBe(400);
      expect(reply.text).toContain('The body is not valid JSON');
      expect(test.vendor.requests).toHaveLength(0);
    });
  });

  describe('in headers', () => {
    const CLIENT_HEADERS = {
      'x-session-id': 'session-7',
      'x-end-user': 'ada',
      traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    };

    it.each(FORMAT_CLIENTS)('lets some of the client’s travel and adds some ($format)', async (client) => {
      await test.configure({
        accounts: singleAccounts(test.vendor.url, { headers: { 'x-caller': '$X-End-User', 'x-team': 'account' } }),
        headerRules: [
          { allow: ['X-Session-Id'], remove: ['traceparent'], set: { 'x-team': 'rule', 'x-cost': '1' } },
          { models: [client.model], set: { 'x-copy': '$x-session-id', 'x-none': '$x-absent' } },
          { providers: ['gemini'], set: { 'x-other': '1' } },
        ],
      });

      const reply = await send(client, client.body(), CLIENT_HEADERS);

      expect(reply.status).toBe(200);
      expect(receivedHeaders()).toMatchObject({
        'x-session-id': 'session-7',
        'x-caller': 'ada',
        'x-team': 'account',
        'x-cost': '1',
        'x-copy': 'session-7',
      });
      for (const name of ['traceparent', 'x-none', 'x-other', 'x-end-user']) {
        expect(receivedHeaders()?.[name]).toBeUndefined();
      }
      expect(JSON.stringify(receivedHeaders())).not.toContain(CLIENT_KEY);
    });

    it('gives each request its own copies', async () => {
      await test.configure({ accounts: singleAccounts(test.vendor.url, { headers: { 'x-caller': '$X-End-User' } }) });

      await send(chat, chat.body(), { 'x-end-user': 'ada' });
      await send(chat, chat.body(), { 'x-end-user': 'bob' });
      await send(chat, chat.body());

      expect(test.vendor.requests.map(({ headers }) => headers['x-caller'])).toEqual(['ada', 'bob', undefined]);
    });

    it('holds for requests that pass whole, which name no model', async () => {
      files.answerWith(200, { 'content-type': 'application/json' }, '{}');
      await test.configure({
        accounts: [account('openai-chat', files.url, { headers: { 'x-caller': '$X-End-User' } })],
        headerRules: [
          { allow: ['x-session-id'], set: { 'x-cost': '1' } },
          { models: ['*'], set: { 'x-other': '1' } },
        ],
      });

      const reply = await sendRaw(`${test.url}/v1/files`, {
        method: 'GET',
        headers: { authorization: `Bearer ${CLIENT_KEY}`, ...CLIENT_HEADERS },
      });

      expect(reply.status).toBe(200);
      expect(files.requests[0]?.headers).toMatchObject({
        'x-session-id': 'session-7',
        'x-cost': '1',
        'x-caller': 'ada',
      });
      expect(files.requests[0]?.headers['x-other']).toBeUndefined();
    });

    it('holds for counts of tokens, whose bodies no rule changes', async () => {
      files.answerWith(200, { 'content-type': 'application/json' }, '{"input_tokens":42}');
      await test.configure({
        accounts: [account('anthropic-messages', files.url, { headers: { 'x-caller': '$X-End-User' } })],
        headerRules: [{ models: ['claude-*'], set: { 'x-cost': '1' } }],
        payloadRules: { override: [{ models: EVERY, params: { temperature: 0.5 } }] },
      });
      const body = '{"model":"claude-test","messages":[{"role":"user","content":"hi"}]}';

      const headers = { ...messages.headers, ...CLIENT_HEADERS };
      const reply = await sendRaw(`${test.url}/v1/messages/count_tokens`, { headers, body });

      expect(reply.text).toBe('{"input_tokens":42}');
      expect(files.requests[0]?.headers).toMatchObject({ 'x-caller': 'ada', 'x-cost': '1' });
      expect(files.requests[0]?.body.toString()).toBe(body);
    });

    it('keeps what a rule has set out of the vendor’s words', async () => {
      await test.configure({ headerRules: [{ set: { 'x-project': 'unlikely-project-4715' } }] });
      test.vendor.next({ status: 400, message: 'unknown project unlikely-project-4715' });

      const reply = await send(chat, chat.body());

      expect(reply.status).toBe(400);
      expect(reply.text).toContain('unknown project');
      expect(reply.text).not.toContain('unlikely-project-4715');
    });
  });

  describe('in names', () => {
    it('keeps accounts with a prefix apart', async () => {
      const accounts = [
        account('openai-chat', test.vendor.url),
        account('openai-chat', test.spare.url, { id: 'private', prefix: 'team', models: ['gpt-test', 'gpt-own'] }),
      ];
      await test.configure({ accounts, routing: { forceModelPrefix: true } });

      const open = await send(chat, chat.body({ model: 'gpt-test' }));
      const prefixed = await send(chat, chat.body({ model: 'team/gpt-test' }));
      const bare = await send(chat, chat.body({ model: 'gpt-own' }));

      expect([open.status, prefixed.status, bare.status]).toEqual([200, 200, 404]);
      expect([test.vendor.requests.length, test.spare.requests.length]).toEqual([1, 1]);
    });
  });
});
