import { sendRaw, type RawReply } from '@sluice/testing';
import { FORMAT_CLIENTS } from './harness/format-client.js';
import { startTestGateway, type TestGateway } from './harness/start-test-gateway.js';
import { CLIENT_KEY, OPERATOR_KEY, singleAccounts, VENDOR_KEY } from './harness/test-configuration.js';

/** What a parser and a serialiser of JSON would change: numbers, escapes, white space, repeated members, their order. */
const PECULIAR =
  '"seed": 12345678901234567890, "temperature": 1.0,  "top_p":1e-2, "user": "\\u00e9\\/é",\n\t"x": {"b":1, "a":[ ]}, "x": null';

const LARGE_BYTES = 3 * 1024 * 1024;

describe.each(FORMAT_CLIENTS)('a request that passes through ($format)', (client) => {
  let test: TestGateway;
  beforeAll(async () => {
    test = await startTestGateway();
    await test.configure({
      accounts: singleAccounts(test.vendor.url, { prefix: 'team' }),
      models: [
        { alias: 'quick', targets: ['chat/gpt-test'] },
        { alias: 'clever', targets: ['claude/claude-test'] },
      ],
    });
  });
  afterEach(() => test.checkAfterTest());
  afterAll(() => test.stop());

  const alias = client.format === 'openai-chat' ? 'quick' : 'clever';
  const bodyWith = (model: string, rest = ''): string =>
    `{ "messages":[{"role":"user","content":"\\ud83c\\udf0a 正午"}], "max_tokens" : 9, ${PECULIAR},"model" : "${model}"${rest} }\n`;

  /** Sends bytes, and gives back what the vendor received. */
  async function received(body: string | Buffer, headers: Record<string, string> = {}, query = ''): Promise<string> {
    const reply = await sendRaw(test.url + client.path + query, { headers: { ...client.headers, ...headers }, body });
    expect(reply.status).toBe(200);
    expect(test.vendor.requests).toHaveLength(1);
    return test.vendor.requests[0]?.body.toString() ?? '';
  }

  it('reaches the vendor byte for byte', async () => {
    const body = bodyWith(client.model);

    expect(await received(body)).toBe(body);
  });

  it.each([
    ['an alias', alias],
    ['a prefix', `team/${client.model}`],
    ['the id of an account', `${client.format === 'openai-chat' ? 'chat' : 'claude'}/${client.model}`],
  ])('differs by the model alone when it names %s', async (_, model) => {
    expect(await received(bodyWith(model))).toBe(bodyWith(client.model));
  });

  it('names the same model everywhere when it names it twice', async () => {
    const twice = bodyWith('ignored', `,"model":"${alias}"`);

    expect(await received(twice)).toBe(bodyWith(client.model, `,"model":"${client.model}"`));
  });

  it('asks for usage where the vendor would not tell it otherwise', async () => {
    const body = bodyWith(client.model, ', "stream":true');

    const sent = await received(body);

    const wish = client.format === 'openai-chat' ? '"stream_options":{"include_usage":true}' : '';
    expect(sent.length).toBe(body.length + (wish === '' ? 0 : wish.length + 1));
    expect(sent.replace(wish, '').replace(/,(?=\s*\}\s*$)|(?<=^\s*\{\s*),/, '')).toBe(body);
  });

  it('keeps the stream options that the client has', async () => {
    const body = bodyWith(client.model, ', "stream":true, "stream_options" : {"include_obfuscation":false }');

    const sent = await received(body);

    const options = (JSON.parse(sent) as { stream_options: object }).stream_options;
    const wish = client.format === 'openai-chat' ? { include_usage: true } : {};
    expect(options).toEqual({ include_obfuscation: false, ...wish });
    expect(sent.startsWith(bodyWith(client.model).slice(0, -3))).toBe(true);
  });

  it('is untouched when it asks for usage itself', async () => {
    const body = bodyWith(client.model, ', "stream":true, "stream_options":{ "include_usage" : true}');

    expect(await received(body)).toBe(body);
  });

  it('does not ask for usage at a vendor that refuses the wish', async () => {
    await test.configure({
      accounts: [
        { id: 'chat', provider: 'openai-compatible', baseUrl: `${test.vendor.url}/v1`, streamUsage: false },
        { id: 'claude', provider: 'anthropic', apiKey: VENDOR_KEY, baseUrl: test.vendor.url },
      ].map((declared) => ({ ...declared, models: ['gpt-test', 'claude-test'] })),
      models: [{ alias: 'chat-only', targets: ['chat/gpt-test'] }],
    });
    const body = bodyWith(client.format === 'openai-chat' ? 'chat/gpt-test' : 'claude/claude-test', ', "stream":true');

    expect(await received(body)).toBe(bodyWith(client.model, ', "stream":true'));
    await test.configure();
  });

  it('may be large', async () => {
    const body = Buffer.from(bodyWith(client.model, `, "padding": "${'ø'.repeat(LARGE_BYTES / 2)}"`));

    expect(await received(body)).toBe(body.toString());
  });

  it('keeps its query', async () => {
    await received(bodyWith(client.model), {}, '?beta=true&x=%20y');

    expect(test.vendor.requests[0]).toMatchObject({ path: client.path, query: 'beta=true&x=%20y' });
  });

  it('brings the headers that a vendor understands, and none of the client’s secrets', async () => {
    await received(bodyWith(client.model), {
      'anthropic-beta': 'fine-grained-tool-streaming-2025-05-14',
      'idempotency-key': 'once-4711',
      traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
      cookie: 'session=secret',
      'x-goog-api-key': OPERATOR_KEY,
      'x-forwarded-for': '203.0.113.9',
      'accept-encoding': 'gzip, br',
    });

    const headers = test.vendor.requests[0]?.headers;
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'idempotency-key': 'once-4711',
      traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
      'accept-encoding': 'identity',
      host: `127.0.0.1:${test.vendor.port}`,
    });
    expect(headers?.['cookie']).toBeUndefined();
    expect(headers?.['x-forwarded-for']).toBeUndefined();
    expect(JSON.stringify(headers)).not.toContain(CLIENT_KEY);
    expect(JSON.stringify(headers)).not.toContain(OPERATOR_KEY);
    expect(JSON.stringify(headers)).toContain(VENDOR_KEY);
  });

  it('finds its vendor in many at once', async () => {
    const replies = await Promise.all(
      Array.from({ length: 50 }, (_, index): Promise<RawReply> =>
        sendRaw(test.url + client.path, {
          headers: client.headers,
          body: client.body({ stream: index % 2 === 0, messages: [{ role: 'user', content: `echo-${index}.` }] }),
        }),
      ),
    );

    const echoes = replies.map((reply) => /echo-\d+/.exec(reply.text)?.[0]);
    expect(echoes).toEqual(Array.from({ length: 50 }, (_, index) => `echo-${index}`));
  });
});
