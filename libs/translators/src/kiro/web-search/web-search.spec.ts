import type { CanonicalRequest, JsonObject, Tool } from '@sluice/core';
import type { TranslationContext } from '@sluice/translator-kit';
import { decodeResponse } from '../answer/decode-response.js';
import { encodeRequest } from '../request/encode-request.js';
import { searchQuery } from './search-query.js';

const CONTEXT: TranslationContext = {
  requestId: 'req-1',
  createdAtSeconds: 1_770_000_000,
  requestedModel: 'claude-sonnet-4-5',
  upstreamModel: 'claude-sonnet-4.5',
  dialect: {},
};

const serverTool = (value: JsonObject, format = 'anthropic-messages'): Tool => ({
  kind: 'server',
  tool: String(value['name'] ?? value['type']),
  raw: { format, value },
});
const SEARCH = serverTool({ type: 'web_search_20250305', name: 'web_search', max_uses: 8 });
const FUNCTION: Tool = { kind: 'function', name: 'web_search', parameters: { type: 'object', properties: {} } };

const asking = (text: string, members: Partial<CanonicalRequest> = {}): CanonicalRequest => ({
  model: 'claude-sonnet-4-5',
  stream: false,
  messages: [{ role: 'user', content: [{ type: 'text', text }] }],
  tools: [SEARCH],
  sampling: {},
  ...members,
});

/** What the vendor's search answers. */
const found = (inner: unknown, isError = false): Buffer => {
  const text = typeof inner === 'string' ? inner : JSON.stringify(inner);
  return Buffer.from(
    JSON.stringify({ id: 'x', jsonrpc: '2.0', result: { content: [{ type: 'text', text }], isError } }),
  );
};

describe('searchQuery', () => {
  it.each([
    ['kiro', 'kiro'],
    ['Perform a web search for the query: kiro', 'kiro'],
    ['  kiro pricing \n', 'kiro pricing'],
  ])('91: reads %j', (text, query) => {
    expect(searchQuery(asking(text))).toBe(query);
  });

  it('asks for what the first message says', () => {
    const messages = [
      { role: 'system' as const, content: [{ type: 'text' as const, text: 'Be brief.' }] },
      ...asking('first').messages,
      ...asking('second').messages,
    ];

    expect(searchQuery(asking('', { messages }))).toBe('first');
  });

  it.each<[string, Partial<CanonicalRequest>]>([
    ['no tool', { tools: [] }],
    ['another tool beside it', { tools: [SEARCH, FUNCTION] }],
    ['a function of the client’s', { tools: [FUNCTION] }],
    ['another tool of the vendor’s', { tools: [serverTool({ type: 'web_fetch_20250910', name: 'web_fetch' })] }],
    ['another format’s search', { tools: [serverTool({ type: 'web_search' }, 'openai-responses')] }],
    ['a tool that may not be used', { toolChoice: { mode: 'none' } }],
  ])('leaves alone a request with %s', (_name, members) => {
    expect(searchQuery(asking('kiro', members))).toBeUndefined();
  });

  it.each(['', '  ', 'Perform a web search for the query: '])('refuses a search for %j', (text) => {
    expect(() => searchQuery(asking(text))).toThrow(expect.objectContaining({ kind: 'invalid_request', status: 400 }));
  });
});

describe('a request that is nothing but a web search', () => {
  it('calls the vendor’s tool', () => {
    const { call, warnings } = encodeRequest(asking('kiro'), CONTEXT);

    expect(call.path).toBe('/mcp');
    expect(JSON.parse(call.body.toString())).toEqual({
      jsonrpc: '2.0',
      id: expect.stringMatching(/^web_search_tooluse_[A-Za-z0-9]{22}_1770000000000_[a-z0-9]{8}$/) as string,
      method: 'tools/call',
      params: { name: 'web_search', arguments: { query: 'kiro' } },
    });
    expect(warnings).toEqual([]);
  });

  it('says what the search does not know', () => {
    const tool = serverTool({ type: 'web_search_20250305', name: 'web_search', allowed_domains: ['kiro.dev'] });
    const messages = [...asking('a').messages, ...asking('b').messages];

    const { warnings } = encodeRequest(asking('', { tools: [tool], messages }), CONTEXT);

    expect(warnings.map(({ path, effect }) => [path, effect])).toEqual([
      ['/tools/0', 'dropped'],
      ['/messages', 'dropped'],
    ]);
  });
});

describe('what a web search found', () => {
  const decode = (body: Buffer) => decodeResponse(body, CONTEXT, asking('kiro'));

  it('92: stands in Anthropic’s words with its date, and in a text', () => {
    const { content, finishReason, usage, extensions } = decode(
      found({
        results: [
          { title: 'Kiro', url: 'https://kiro.dev', snippet: 'An editor.', publishedDate: 1_775_174_400_000 },
          { title: 'Docs', url: 'https://kiro.dev/docs' },
        ],
        error: null,
      }),
    );

    const [call, result, text] = content;
    const id = expect.stringMatching(/^srvtoolu_[0-9a-f]{32}$/) as string;
    expect(call).toMatchObject({
      raw: { value: { type: 'server_tool_use', id, name: 'web_search', input: { query: 'kiro' } } },
    });
    expect(result).toMatchObject({
      raw: {
        value: {
          type: 'web_search_tool_result',
          tool_use_id: id,
          content: [
            {
              type: 'web_search_result',
              title: 'Kiro',
              url: 'https://kiro.dev',
              encrypted_content: 'An editor.',
              page_age: 'April 3, 2026',
            },
            {
              type: 'web_search_result',
              title: 'Docs',
              url: 'https://kiro.dev/docs',
              encrypted_content: '',
              page_age: null,
            },
          ],
        },
      },
    });
    expect(text).toEqual({
      type: 'text',
      text:
        'Results of the web search for "kiro":\n\n1. Kiro\n   https://kiro.dev\n   An editor.\n\n' +
        '2. Docs\n   https://kiro.dev/docs',
    });
    expect(finishReason).toEqual({ unified: 'stop' });
    expect(usage).toMatchObject({ source: 'estimated' });
    expect(extensions).toEqual({ 'anthropic-messages': { usage: { server_tool_use: { web_search_requests: 1 } } } });
  });

  const rpcError = (code: number, message: string): Buffer =>
    Buffer.from(JSON.stringify({ id: 'x', jsonrpc: '2.0', error: { code, message } }));

  it.each([
    ['nothing', found({ results: [] }), []],
    ['nothing, said in words', found('No results found.', true), []],
    ['a refusal', rpcError(-32603, 'internal'), 'unavailable'],
    ['throttling', rpcError(429, 'Too many requests'), 'too_many_requests'],
    ['a failed tool', found('boom', true), 'unavailable'],
    ['an error beside results', found({ results: [], error: 'boom' }), 'unavailable'],
    ['a text that is no JSON', found('boom'), 'unavailable'],
  ])('tells of %s', (_name, body, expected) => {
    const content =
      typeof expected === 'string' ? { type: 'web_search_tool_result_error', error_code: expected } : expected;

    expect(decode(body).content[1]).toMatchObject({ raw: { value: { type: 'web_search_tool_result', content } } });
  });

  it.each(['', 'no json', '[]', '{"result":7}'])('is refused when it is %j', (body) => {
    expect(() => decode(Buffer.from(body))).toThrow(expect.objectContaining({ kind: 'upstream_invalid_response' }));
  });
});
