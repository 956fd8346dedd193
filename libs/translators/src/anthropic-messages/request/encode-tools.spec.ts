import type { CanonicalRequest, Tool } from '@sluice/core';
import { encodeRequest } from '../encode-request.js';

const foreign = (tool: string): Tool => ({
  kind: 'server',
  tool,
  raw: { format: 'openai-responses', value: { type: tool } },
});
const named = (name: string): Tool => ({ kind: 'function', name, parameters: { type: 'object', properties: {} } });

function toolsOf(...tools: Tool[]) {
  const messages = [{ role: 'user', content: [{ type: 'text', text: 'hi' }] }] as const;
  const request: CanonicalRequest = { model: 'm', stream: false, messages, tools, sampling: {} };
  const context = {
    requestId: 'r',
    createdAtSeconds: 1,
    requestedModel: 'm',
    upstreamModel: 'claude-sonnet-4-5',
    dialect: {},
  };
  const { call, warnings } = encodeRequest(request, context);
  const { tools: encoded } = JSON.parse(call.body.toString()) as { tools?: readonly unknown[] };
  return { encoded, warned: warnings.map(({ path, effect }) => `${effect} ${path}`) };
}

describe('a tool that another vendor runs', () => {
  it.each(['web_search', 'web_search_preview'])('is Anthropic’s own where it is a search (%s)', (tool) => {
    expect(toolsOf(named('f'), foreign(tool))).toEqual({
      encoded: [
        { name: 'f', input_schema: { type: 'object', properties: {} } },
        { type: 'web_search_20250305', name: 'web_search' },
      ],
      warned: ['approximated /tools/1'],
    });
  });

  it('is left out where the client has a function of that name', () => {
    const { encoded, warned } = toolsOf(named('web_search'), foreign('web_search'));

    expect(encoded).toHaveLength(1);
    expect(warned).toEqual(['dropped /tools/1']);
  });

  it('is left out where it is anything else', () => {
    expect(toolsOf(foreign('code_interpreter'))).toEqual({ encoded: undefined, warned: ['dropped /tools/0'] });
  });
});
