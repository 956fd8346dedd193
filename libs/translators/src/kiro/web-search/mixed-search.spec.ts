import type { JsonObject, Tool } from '@sluice/core';
import { contextOf, functionTool, requestOf } from '../__fixtures__/requests.js';
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
  return { text, webSearches: body.webSearches, names, warnings: warnings.map(({ effect, path }) => `${effect} ${path}`) };
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
