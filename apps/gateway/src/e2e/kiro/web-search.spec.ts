import type Anthropic from '@anthropic-ai/sdk';
import { anthropicClient } from '../harness/format-client.js';
import { refusalOf } from '../harness/seen-error.js';
import { startTestGateway, type TestGateway } from '../harness/start-test-gateway.js';
import { kiroAccount, KIRO_MODEL } from './kiro-account.js';

const SEARCH: Anthropic.WebSearchTool20250305 = { type: 'web_search_20250305', name: 'web_search', max_uses: 8 };
const FUNCTION: Anthropic.Tool = { name: 'web_search', input_schema: { type: 'object', properties: {} } };

describe('a web search', () => {
  let test: TestGateway;
  beforeAll(async () => {
    test = await startTestGateway();
    await test.configure({
      accounts: [kiroAccount(test.vendor.url), kiroAccount(test.spare.url, { id: 'kiro-spare', priority: 1 })],
    });
  });
  afterEach(() => test.checkAfterTest());
  afterAll(() => test.stop());

  const question = (tools: Anthropic.ToolUnion[], content = 'Perform a web search for the query: kiro') => ({
    model: KIRO_MODEL,
    max_tokens: 64,
    messages: [{ role: 'user' as const, content }],
    tools,
  });
  const EXPECTED = [
    { type: 'server_tool_use', name: 'web_search', input: { query: 'kiro' } },
    {
      type: 'web_search_tool_result',
      content: [
        { title: 'About kiro', url: 'https://example.org/1', page_age: 'April 3, 2026' },
        { title: 'More on kiro', url: 'https://example.org/2', page_age: null },
      ],
    },
    { type: 'text', text: expect.stringContaining('1. About kiro') as string },
  ];

  it('is answered by the vendor’s own search', async () => {
    const answer = await anthropicClient(test.url).messages.create(question([SEARCH]));

    expect(answer.content).toMatchObject(EXPECTED);
    expect(answer.stop_reason).toBe('end_turn');
    expect(answer.usage.server_tool_use).toMatchObject({ web_search_requests: 1 });
    expect(test.vendor.requests.map(({ path }) => path)).toEqual(['/mcp']);
  });

  it('is streamed', async () => {
    const stream = anthropicClient(test.url).messages.stream(question([SEARCH]));
    const types: string[] = [];
    stream.on('streamEvent', ({ type }) => types.push(type));

    const answer = await stream.finalMessage();

    expect(answer.content).toMatchObject(EXPECTED);
    expect([types[0], types.at(-1)]).toEqual(['message_start', 'message_stop']);
  });

  it('links the result with the call', async () => {
    const { content } = await anthropicClient(test.url).messages.create(question([SEARCH]));

    const [call, result] = content as [Anthropic.ServerToolUseBlock, Anthropic.WebSearchToolResultBlock];
    expect(call.id).toMatch(/^srvtoolu_/);
    expect(result.tool_use_id).toBe(call.id);
  });

  it('goes on to the next account', async () => {
    test.vendor.next({ status: 429, message: 'Too many requests' });

    const { content } = await anthropicClient(test.url).messages.create(question([SEARCH]));

    expect(content).toMatchObject(EXPECTED);
    expect([test.vendor, test.spare].map(({ requests }) => requests.length)).toEqual([1, 1]);
  });

  it('fails where every account is throttled', async () => {
    test.vendor.when(() => true, { status: 429, message: 'Too many requests' });
    test.spare.when(() => true, { status: 429, message: 'Too many requests' });

    const { error } = await refusalOf(anthropicClient(test.url).messages.create(question([SEARCH])));

    expect(error).toMatchObject({ name: 'RateLimitError', status: 429 });
  });

  it('is refused without a question', async () => {
    const { error } = await refusalOf(anthropicClient(test.url).messages.create(question([SEARCH], ' ')));

    expect(error).toMatchObject({ name: 'BadRequestError', status: 400 });
    expect(test.vendor.requests).toHaveLength(0);
  });

  it.each<[string, Anthropic.ToolUnion[]]>([
    ['a function that is called like it', [FUNCTION]],
    ['other tools beside it', [SEARCH, { ...FUNCTION, name: 'shell' }]],
  ])('is none with %s', async (_name, tools) => {
    await anthropicClient(test.url).messages.create(question(tools));

    expect(test.vendor.requests.map(({ path }) => path)).not.toContain('/mcp');
  });
});
