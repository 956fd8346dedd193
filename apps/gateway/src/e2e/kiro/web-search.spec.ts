import type Anthropic from '@anthropic-ai/sdk';
import type { JsonObject } from '@sluice/core';
import { eventFrames } from '../harness/event-frames.js';
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

  it.each<[string, Anthropic.ToolUnion[]]>([['a function that is called like it', [FUNCTION]]])(
    'is none with %s',
    async (_name, tools) => {
      await anthropicClient(test.url).messages.create(question(tools));

      expect(test.vendor.requests.map(({ path }) => path)).not.toContain('/mcp');
    },
  );

  describe('among other tools', () => {
    const SHELL: Anthropic.Tool = {
      name: 'shell',
      input_schema: { type: 'object', properties: { command: { type: 'string' } } },
    };
    const TOOLS = [SEARCH, SHELL];
    const WANTED = 'call:web_search {"query":"kiro"}';
    const INFERENCE = '/';
    const paths = () => test.vendor.requests.map(({ path }) => path);
    const bodyOf = (index: number) => JSON.parse(test.vendor.requests[index]?.body.toString() ?? '') as JsonObject;
    const textIn = ({ content }: Anthropic.Message) =>
      content.map((block) => (block.type === 'text' ? block.text : '')).join('');
    const framesOf = (...lines: JsonObject[]) => ({
      replay: {
        headers: { 'content-type': 'application/vnd.amazon.eventstream' },
        chunks: [eventFrames(lines.map((line) => JSON.stringify(line)).join('\n'))],
      },
    });
    const search = (id: string): JsonObject[] => [
      { toolUseEvent: { toolUseId: id, name: 'web_search', input: '{"query":"kiro"}' } },
      { toolUseEvent: { toolUseId: id, name: 'web_search', stop: true } },
    ];
    const END: JsonObject = { contextUsageEvent: { contextUsagePercentage: 10 } };

    it.each([false, true])('is made on the way to the answer (streamed: %s)', async (isStream) => {
      const { messages } = anthropicClient(test.url);
      const body = question(TOOLS, WANTED);

      const answer = isStream ? await messages.stream(body).finalMessage() : await messages.create(body);

      expect(paths()).toEqual([INFERENCE, '/mcp', INFERENCE]);
      expect(textIn(answer)).toMatch(/The tool answered: .*About kiro/);
      expect(answer.content).toMatchObject([
        ...EXPECTED.slice(0, 2),
        { type: 'text', text: expect.stringContaining('The tool answered') as string },
      ]);
      const [shown, result] = answer.content as [Anthropic.ServerToolUseBlock, Anthropic.WebSearchToolResultBlock];
      expect(result.tool_use_id).toBe(shown.id);
      expect(answer.usage.server_tool_use).toMatchObject({ web_search_requests: 1 });
      expect(answer).toMatchObject({ stop_reason: 'end_turn', usage: { output_tokens: expect.any(Number) as number } });
      const [first, second] = [bodyOf(0), bodyOf(2)];
      expect([first, second].map((sent) => 'webSearches' in sent)).toEqual([false, false]);
      expect(second).toMatchObject({
        conversationState: {
          history: [
            { userInputMessage: { content: WANTED } },
            {
              assistantResponseMessage: {
                content: ' ',
                toolUses: [{ name: 'web_search', input: { query: 'kiro' } }],
              },
            },
          ],
          currentMessage: {
            userInputMessage: {
              content: '',
              userInputMessageContext: {
                tools: [{ toolSpecification: { name: 'web_search' } }, { toolSpecification: { name: 'shell' } }],
                toolResults: [
                  { status: 'success', content: [{ text: expect.stringContaining('About kiro') as string }] },
                ],
              },
            },
          },
        },
      });
    });

    it('is made no more often than the client allows', async () => {
      test.vendor.when(
        ({ path }) => path === INFERENCE,
        framesOf({ assistantResponseEvent: { content: 'Hm. ' } }, ...search('s'), END),
      );
      const tools = [{ ...SEARCH, max_uses: 2 }, SHELL];

      const answer = await anthropicClient(test.url).messages.create(question(tools, 'Search.'));

      expect(paths()).toEqual([INFERENCE, '/mcp', INFERENCE, '/mcp', INFERENCE, INFERENCE]);
      expect(textIn(answer)).toBe('Hm. Hm. Hm. Hm. ');
      expect(answer.content.filter(({ type }) => type === 'server_tool_use')).toHaveLength(2);
      expect(bodyOf(5)).toMatchObject({
        conversationState: {
          currentMessage: {
            userInputMessage: {
              userInputMessageContext: {
                toolResults: [
                  { status: 'error', content: [{ text: 'No more searches are possible. Answer with what you have.' }] },
                ],
              },
            },
          },
        },
      });
    });

    it('waits for the client where it has a tool of its own to run', async () => {
      const shell = { toolUseEvent: { toolUseId: 'c', name: 'shell', input: '{"command":"ls"}', stop: true } };
      test.vendor.next(framesOf(...search('s'), shell, END));

      const answer = await anthropicClient(test.url).messages.create(question(TOOLS, 'Do both.'));

      expect(answer).toMatchObject({
        stop_reason: 'tool_use',
        content: [{ type: 'tool_use', name: 'shell', input: { command: 'ls' } }],
      });
      expect(paths()).toEqual([INFERENCE]);
    });

    it('tells the model that it failed', async () => {
      test.vendor.script([{}, { status: 500 }]);

      const answer = await anthropicClient(test.url).messages.create(question(TOOLS, WANTED));

      expect(textIn(answer)).toContain('The tool answered: The search failed (HTTP 500).');
    });

    it('is begun anew at another account where the model is throttled behind it', async () => {
      test.vendor.script([{}, {}, { status: 429, message: 'Too many requests' }]);

      const answer = await anthropicClient(test.url).messages.create(question(TOOLS, WANTED));

      expect(textIn(answer)).toContain('About kiro');
      expect(test.spare.requests.map(({ path }) => path)).toEqual([INFERENCE, '/mcp', INFERENCE]);
    });

    it('breaks off where the client has read a part', async () => {
      test.vendor.script([
        framesOf({ assistantResponseEvent: { content: 'I look.' } }, ...search('s'), END),
        {},
        { status: 503 },
      ]);
      const stream = anthropicClient(test.url).messages.stream(question(TOOLS, 'Search.'));
      let text = '';
      stream.on('text', (piece) => (text += piece));

      const { error } = await refusalOf(stream.finalMessage());

      expect(text).toBe('I look.');
      expect(error.status).toBeUndefined();
      expect(test.spare.requests).toHaveLength(0);
    });

    it('ends with the client', async () => {
      test.vendor.script([{}, { hang: true }]);
      const gone = new AbortController();
      const asking = anthropicClient(test.url).messages.create(question(TOOLS, WANTED), { signal: gone.signal });
      await test.vendor.waitUntil(() => paths().includes('/mcp'));
      gone.abort();

      await expect(asking).rejects.toThrow();
      await test.vendor.waitUntil(() => test.vendor.activeRequests === 0);
      expect(paths()).toEqual([INFERENCE, '/mcp']);
    });
  });
});
