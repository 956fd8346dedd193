import { assertWellFormed, type BinaryFrame, type JsonObject, type Tool } from '@sluice/core';
import { accumulateResponse } from '@sluice/translator-kit';
import { bytesOf, ENDING, frame, text } from '../__fixtures__/frames.js';
import { contextOf, functionTool, requestOf } from '../__fixtures__/requests.js';
import { decodePieces } from '../__fixtures__/tell-events.js';
import { encodeRequest } from '../request/encode-request.js';

const serverTool = (value: JsonObject): Tool => ({
  kind: 'server',
  tool: 'web_search',
  raw: { format: 'anthropic-messages', value: { type: 'web_search_20250305', name: 'web_search', ...value } },
});
const SHELL = functionTool('shell');

/** What the service gets of the tools, and what the provider is told. */
function encode(tools: readonly Tool[], mode: 'auto' | 'none' = 'auto') {
  const { call, warnings } = encodeRequest(requestOf({ tools, toolChoice: { mode } }), contextOf());
  const text = call.body.toString();
  const body = JSON.parse(text) as { webSearches?: number };
  const names = [...text.matchAll(/"toolSpecification":\{"name":"([^"]+)"/g)].map(([, name]) => name);
  return {
    text,
    webSearches: body.webSearches,
    names,
    warnings: warnings.map(({ effect, path }) => `${effect} ${path}`),
  };
}

describe('a web search among other tools', () => {
  it.each([
    [{}, 5],
    [{ max_uses: 2 }, 2],
    [{ max_uses: 50 }, 5],
    [{ max_uses: 'many' }, 5],
  ])('is offered to the model, and allowed (%j)', (options, webSearches) => {
    const encoded = encode([SHELL, serverTool(options)]);

    expect(encoded).toMatchObject({ webSearches, names: ['shell', 'web_search'] });
    expect(encoded.text).toMatch(/^\{"webSearches":\d,"conversationState":/);
    expect(encoded.warnings).toContain('approximated /tools/1');
  });

  it('loses what the service does not know, and says so', () => {
    expect(encode([serverTool({ allowed_domains: ['kiro.dev'] }), SHELL]).warnings).toContain('dropped /tools/0');
  });

  it.each<[string, readonly Tool[], 'auto' | 'none']>([
    ['a function is called like it', [serverTool({}), functionTool('web_search')], 'auto'],
    ['no tool may be called', [serverTool({}), SHELL], 'none'],
    ['the server’s tool is another', [serverTool({ type: 'bash_20250124' }), SHELL], 'auto'],
  ])('is not there where %s', (_name, tools, mode) => {
    expect(encode(tools, mode).webSearches).toBeUndefined();
  });
});

describe('a search that was made on the way', () => {
  const REPLY = JSON.stringify({
    result: {
      content: [
        {
          type: 'text',
          text: '{"results":[{"title":"About","url":"https://example.org","snippet":"It is.","publishedDate":1775174400000}]}',
        },
      ],
    },
  });
  const searched = (members: JsonObject): BinaryFrame =>
    frame('sluiceWebSearchEvent', { toolUseId: 'tooluse_1', query: 'kiro', ...members });
  const blocksOf = (frames: readonly BinaryFrame[], dialect: JsonObject = {}) =>
    accumulateResponse(decodePieces([bytesOf(frames)], { context: contextOf({ dialect }) }));

  it.each<[string, JsonObject]>([
    ['as usual', {}],
    ['where calls in texts are made', { textToolCalls: true }],
  ])('is shown as Anthropic’s own, between what the model said (%s)', (_what, dialect) => {
    const { content, extensions } = blocksOf(
      [text('I look.'), searched({ reply: REPLY }), text('Found.'), ...ENDING],
      dialect,
    );

    const id = expect.stringMatching(/^srvtoolu_[0-9a-f]{32}$/) as string;
    expect(content).toMatchObject([
      { type: 'text', text: 'I look.' },
      {
        type: 'server-tool',
        raw: { value: { type: 'server_tool_use', id, name: 'web_search', input: { query: 'kiro' } } },
      },
      {
        type: 'server-tool',
        raw: {
          format: 'anthropic-messages',
          value: {
            type: 'web_search_tool_result',
            tool_use_id: id,
            content: [
              {
                type: 'web_search_result',
                title: 'About',
                url: 'https://example.org',
                encrypted_content: 'It is.',
                page_age: 'April 3, 2026',
              },
            ],
          },
        },
      },
      { type: 'text', text: 'Found.' },
    ]);
    expect(extensions).toEqual({ 'anthropic-messages': { usage: { server_tool_use: { web_search_requests: 1 } } } });
  });

  it.each<[string, JsonObject, string]>([
    ['there was no answer', {}, 'unavailable'],
    ['the answer is no such thing', { reply: '<html>' }, 'unavailable'],
    ['it was throttled', { reply: '{"error":{"code":429,"message":"Too many requests"}}' }, 'too_many_requests'],
  ])('is shown as one that failed where %s', (_what, members, code) => {
    const { content } = blocksOf([searched(members), text('Sorry.'), ...ENDING]);

    expect(content[1]).toMatchObject({
      raw: { value: { content: { type: 'web_search_tool_result_error', error_code: code } } },
    });
  });

  it('leaves the events well-formed', () => {
    const events = decodePieces([bytesOf([searched({ reply: REPLY }), text('a'), searched({}), ...ENDING])]);

    expect(() => assertWellFormed(events)).not.toThrow();
  });
});
