import type { JsonObject } from '@sluice/core';
import type { Account } from '@sluice/provider-kit';
import { adaptRequest } from './adapt-request.js';

const ACCOUNT: Account = {
  id: 'a',
  provider: 'codex',
  settings: {},
  headers: {},
  transport: { timeouts: { connectMs: 1, firstByteMs: 1, idleMs: 1 } },
};

function adapt(request: JsonObject | string, clientHeaders: Record<string, string> = {}) {
  const text = typeof request === 'string' ? request : JSON.stringify(request);
  const { body, headers, warnings } = adaptRequest({
    account: ACCOUNT,
    format: 'openai-responses',
    model: 'gpt-5-codex',
    body: Buffer.from(text),
    clientHeaders,
    clientId: 'key:app',
  });
  return { text: body.toString(), headers, warnings };
}

const adapted = (request: JsonObject): JsonObject => JSON.parse(adapt(request).text);

describe('adaptRequest', () => {
  it('asks for a stream that is not stored, with reasoning that can be sent again', () => {
    expect(adapted({ model: 'gpt-5-codex', input: 'Hi', prompt_cache_key: 'mine' })).toEqual({
      model: 'gpt-5-codex',
      prompt_cache_key: 'mine',
      instructions: '',
      input: [{ type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Hi' }] }],
      stream: true,
      store: false,
      include: ['reasoning.encrypted_content'],
      reasoning: { effort: 'medium', summary: 'auto' },
    });
  });

  it('keeps what the client says where the back end takes it', () => {
    expect(
      adapted({
        model: 'm',
        input: [],
        instructions: 'Be brief.',
        include: ['reasoning.encrypted_content', 'web_search_call.action.sources'],
        reasoning: { effort: 'high', summary: 'detailed' },
        service_tier: 'priority',
        text: { verbosity: 'low' },
      }),
    ).toMatchObject({
      instructions: 'Be brief.',
      include: ['reasoning.encrypted_content', 'web_search_call.action.sources'],
      reasoning: { effort: 'high', summary: 'detailed' },
      service_tier: 'priority',
      text: { verbosity: 'low' },
    });
  });

  it.each([
    [
      { tools: [{ type: 'function', name: 'f' }] },
      { tools: [{ type: 'function', name: 'f' }], parallel_tool_calls: true },
    ],
    [
      { tools: [{ type: 'web_search_preview_2025_03_11' }], parallel_tool_calls: false },
      { tools: [{ type: 'web_search' }], parallel_tool_calls: false },
    ],
    [
      { tools: [], parallel_tool_calls: true },
      { tools: [], parallel_tool_calls: undefined },
    ],
    [{ parallel_tool_calls: true }, { tools: undefined, parallel_tool_calls: undefined }],
  ])('says of parallel calls what goes with the tools of %j', (asked, expected) => {
    const { tools, parallel_tool_calls } = adapted({ input: [], ...asked });

    expect({ tools, parallel_tool_calls }).toEqual(expected);
  });

  it.each([
    ['max_output_tokens', 100, '/sampling/maxOutputTokens'],
    ['max_completion_tokens', 100, '/sampling/maxOutputTokens'],
    ['temperature', 0, '/sampling/temperature'],
    ['top_p', 0.5, '/sampling/topP'],
    ['user', 'u', '/endUser'],
    ['truncation', 'auto', '/extensions/openai-responses/truncation'],
    ['metadata', { a: 'b' }, '/extensions/openai-responses/metadata'],
    ['prompt_cache_retention', '24h', '/extensions/openai-responses/prompt_cache_retention'],
    ['prompt_cache_options', { mode: 'x' }, '/extensions/openai-responses/prompt_cache_options'],
    ['safety_identifier', 's', '/extensions/openai-responses/safety_identifier'],
    ['context_management', [{ type: 'compaction' }], '/extensions/openai-responses/context_management'],
    ['generate', false, '/extensions/openai-responses/generate'],
    ['service_tier', 'flex', '/serviceTier'],
  ])('leaves out %s and says so', (name, value, path) => {
    const { text, warnings } = adapt({ input: [], [name]: value });

    expect(JSON.parse(text)).not.toHaveProperty(name);
    expect(warnings).toEqual([{ path, effect: 'dropped', message: `A ChatGPT plan takes no ${name}.` }]);
  });

  it.each([
    ['temperature', null],
    ['metadata', {}],
    ['truncation', 'disabled'],
    ['service_tier', 'auto'],
    ['stream_options', { include_obfuscation: false }],
  ])('leaves out %s: %j without a word, because nothing is lost', (name, value) => {
    const { text, warnings } = adapt({ input: [], [name]: value });

    expect(JSON.parse(text)).not.toHaveProperty(name);
    expect(warnings).toEqual([]);
  });

  it('sends items as somebody who has nothing stored', () => {
    const input = [
      { role: 'system', content: 'Be brief.' },
      { type: 'message', id: 'msg_1', role: 'assistant', content: [{ type: 'output_text', text: 'Hi' }] },
      { type: 'reasoning', id: 'rs_1', summary: [], encrypted_content: 'gAAA' },
      { type: 'function_call', id: 'fc_1', call_id: 'c', name: 'f', arguments: '{"n":12345678901234567890}' },
      { type: 'web_search_call', id: 'ws_1', status: 'completed' },
      { role: 'user', content: [{ type: 'input_text', text: 'x', prompt_cache_breakpoint: { mode: 'explicit' } }] },
    ];

    expect(adapted({ input })['input']).toEqual([
      { role: 'developer', content: 'Be brief.' },
      { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Hi' }] },
      { type: 'reasoning', summary: [], encrypted_content: 'gAAA' },
      { type: 'function_call', call_id: 'c', name: 'f', arguments: '{"n":12345678901234567890}' },
      { type: 'web_search_call', id: 'ws_1', status: 'completed' },
      { role: 'user', content: [{ type: 'input_text', text: 'x' }] },
    ]);
  });

  it.each<[string, JsonObject, string]>([
    [
      'an answer that the vendor would have stored',
      { input: [], previous_response_id: 'resp_1' },
      'previous_response_id',
    ],
    ['a conversation at the vendor', { input: [], conversation: { id: 'conv_1' } }, 'conversation'],
    ['a stored item', { input: [{ type: 'item_reference', id: 'msg_1' }] }, 'input'],
    ['a stored item by its id alone', { input: [{ id: 'msg_1' }] }, 'input'],
  ])('refuses to continue %s', (_name, request, param) => {
    expect(() => adapt(request)).toThrow(expect.objectContaining({ kind: 'invalid_request', param }));
  });

  it('names the session after the cache key', () => {
    expect(adapt({ input: 'Hi', prompt_cache_key: 'mine' }).headers).toEqual({ 'session-id': 'mine' });

    const { text, headers } = adapt({ input: 'Hi' });
    expect(headers['session-id']).toMatch(/^[0-9a-f-]{36}$/);
    expect(JSON.parse(text)['prompt_cache_key']).toBe(headers['session-id']);
  });

  it.each([
    ['a line break', 'mine\r\nx-injected: 1'],
    ['what no header takes', 'schlüssel'],
    ['more than a header takes', 'k'.repeat(257)],
  ])('makes a name for the session out of a key with %s, and sends the key itself in the body', (_name, key) => {
    const { text, headers } = adapt({ input: 'Hi', prompt_cache_key: key });

    expect(headers['session-id']).toMatch(/^[0-9a-f-]{36}$/);
    expect(JSON.parse(text)['prompt_cache_key']).toBe(key);
    expect(adapt({ input: 'Ho', prompt_cache_key: key }).headers).toEqual(headers);
  });

  it.each(['constructor', 'toString', '__proto__'])('keeps a member with the name %s like any other', (name) => {
    const { text, warnings } = adapt(`{"input":"Hi","${name}":{"instructions":"not these"}}`);

    expect(text).toContain(`"${name}":{"instructions":"not these"}`);
    expect(text).toContain('"instructions":""');
    expect(warnings).toEqual([]);
  });

  it('hands on what the vendor’s own program says of itself, and nothing else', () => {
    const { headers } = adapt(
      { input: 'Hi', prompt_cache_key: 'k' },
      { 'x-codex-window-id': 'w', authorization: 'Bearer client', 'user-agent': 'codex' },
    );

    expect(headers).toEqual({ 'x-codex-window-id': 'w', 'session-id': 'k' });
  });

  it.each(['[1]', '{"broken'])('leaves %s to the vendor', (text) => {
    expect(adapt(text)).toEqual({ text, headers: {}, warnings: [] });
  });
});
