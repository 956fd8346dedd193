import { GatewayError, type CanonicalRequest, type JsonObject } from '@sluice/core';
import { carriedFor, foreignMembers } from '@sluice/translator-kit';
import { decodeRequest } from './decode-request.js';

function decode(body: JsonObject): CanonicalRequest {
  const bytes = Buffer.from(JSON.stringify({ model: 'm', messages: [], ...body }));
  return decodeRequest({ path: '/v1/chat/completions', query: '', body: bytes });
}

const contentOf = (message: JsonObject): readonly unknown[] =>
  decode({ messages: [message] }).messages[0]?.content ?? [];

function failure(body: JsonObject): unknown {
  try {
    decode(body);
  } catch (error) {
    return error instanceof GatewayError ? [error.kind, error.param] : error;
  }
  return undefined;
}

describe('decodeRequest', () => {
  it('reads the least that there is', () => {
    expect(decode({ messages: [{ role: 'user', content: 'hi' }] })).toEqual({
      model: 'm',
      stream: false,
      messages: [{ role: 'user', content: [{ type: 'text', text: 'hi' }] }],
      tools: [],
      sampling: {},
    });
  });

  it('reads the sampling', () => {
    const body = { temperature: 0, top_p: 1, top_k: 4, seed: 7, presence_penalty: 1, frequency_penalty: -1, n: 2 };

    expect(decode({ ...body, logprobs: true, top_logprobs: 3 }).sampling).toEqual({
      temperature: 0,
      topP: 1,
      topK: 4,
      seed: 7,
      presencePenalty: 1,
      frequencyPenalty: -1,
      candidates: 2,
      logprobs: 3,
    });
    expect(decode({ logprobs: true }).sampling).toEqual({ logprobs: 0 });
    expect(decode({ logprobs: false, temperature: null, stop: null }).sampling).toEqual({});
  });

  it('carries what only this format says', () => {
    const carried = { logit_bias: { '1': 2 }, metadata: { a: 'b' }, store: true };

    expect(decode(carried).extensions).toEqual({ 'openai-chat': carried });
  });

  it.each<JsonObject>([
    { user: 'u' },
    { user: 'u', safety_identifier: 's' },
    { service_tier: 'flex' },
    { top_k: 4 },
    { stream_options: { include_usage: true } },
    { tools: [], tool_choice: { type: 'allowed_tools', allowed_tools: { mode: 'auto', tools: [] } } },
  ])('carries the spelling of %j, which no other format misses', (body) => {
    const { extensions } = decode(body);

    expect(carriedFor(extensions, 'openai-chat')).toEqual(body);
    expect(foreignMembers(extensions, 'acme')).toEqual([]);
  });

  it.each<[JsonObject, string]>([
    [{ user: 7 }, 'user'],
    [{ service_tier: null }, 'service_tier'],
    [{ reasoning: { effort: 'low', summary: 'auto' } }, 'reasoning'],
    [{ chat_template_kwargs: { enable_thinking: true, language: 'fr' } }, 'chat_template_kwargs'],
  ])('carries %j as something that others cannot say', (body, name) => {
    expect(foreignMembers(decode(body).extensions, 'acme')).toEqual([{ format: 'openai-chat', names: [name] }]);
  });

  describe('content', () => {
    it.each([[null], [undefined], ['']])('is nothing for %p', (content) => {
      expect(contentOf({ role: 'user', content })).toEqual([]);
    });

    it('carries parts and members that are new', () => {
      const parts = [
        { type: 'hologram', depth: 3 },
        { type: 'text', text: 'a', mood: 'blue' },
        { type: 'image_url', image_url: { url: 'https://a.example', detail: 'low', zoom: 2 }, x: 1 },
      ];

      expect(contentOf({ role: 'user', content: parts })).toEqual([
        { type: 'opaque', format: 'openai-chat', value: { type: 'hologram', depth: 3 } },
        { type: 'text', text: 'a', extensions: { 'openai-chat': { mood: 'blue' } } },
        {
          type: 'image',
          detail: 'low',
          source: { kind: 'url', value: 'https://a.example' },
          extensions: { 'openai-chat': { x: 1, image_url: { zoom: 2 } } },
        },
      ]);
    });

    it.each([
      [
        'an address without its object',
        { type: 'image_url', image_url: 'https://a.example' },
        { type: 'image', source: { kind: 'url', value: 'https://a.example' } },
      ],
      [
        'white space in the data',
        { type: 'image_url', image_url: { url: 'data:image/PNG;base64,AA\nAA' } },
        { type: 'image', mediaType: 'image/png', source: { kind: 'base64', value: 'AAAA' } },
      ],
      [
        'sound',
        { type: 'input_audio', input_audio: { data: 'AAAA', format: 'mp3' } },
        { type: 'audio', mediaType: 'audio/mpeg', source: { kind: 'base64', value: 'AAAA' } },
      ],
      [
        'a file by id',
        { type: 'file', file: { file_id: 'f' } },
        { type: 'document', source: { kind: 'file-id', value: 'f' } },
      ],
      [
        'a file by address',
        { type: 'file', file: { file_data: 'https://a.example/a.pdf' } },
        { type: 'document', source: { kind: 'url', value: 'https://a.example/a.pdf' } },
      ],
      ['a refusal', { type: 'refusal', refusal: 'no' }, { type: 'refusal', text: 'no' }],
    ])('reads %s', (_, part, block) => {
      expect(contentOf({ role: 'user', content: [part] })).toMatchObject([block]);
    });

    it.each<[JsonObject, string]>([
      [{ messages: 'hi' }, 'messages'],
      [{ messages: ['hi'] }, 'messages[0]'],
      [{ messages: [{ role: 'robot', content: 'x' }] }, 'messages[0].role'],
      [{ messages: [{ role: 'user', content: 7 }] }, 'messages[0].content'],
      [{ messages: [{ role: 'user', content: ['x'] }] }, 'messages[0].content[0]'],
      [{ messages: [{ role: 'user', content: [{ type: 'text' }] }] }, 'messages[0].content[0].text'],
      [
        { messages: [{ role: 'user', content: [{ type: 'image_url', image_url: {} }] }] },
        'messages[0].content[0].image_url.url',
      ],
      [
        { messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url: 'data:nonsense' } }] }] },
        'messages[0].content[0].image_url.url',
      ],
      [{ messages: [{ role: 'user', content: [{ type: 'input_audio' }] }] }, 'messages[0].content[0].input_audio.data'],
      [{ messages: [{ role: 'user', content: [{ type: 'file', file: {} }] }] }, 'messages[0].content[0].file'],
      [
        { messages: [{ role: 'assistant', tool_calls: [{ id: 'a', function: {} }] }] },
        'messages[0].tool_calls[0].function.name',
      ],
    ])('says what is wrong with %j', (body, param) => {
      expect(failure(body)).toEqual(['invalid_request', param]);
    });
  });

  describe("an assistant's message", () => {
    it('is reasoning, text, refusal and calls', () => {
      const message = {
        role: 'assistant',
        content: 'a',
        refusal: 'r',
        reasoning_content: 'hm',
        tool_calls: [{ id: 'c', type: 'function', function: { name: 'f', arguments: '{}' } }],
      };

      expect(contentOf(message)).toEqual([
        { type: 'reasoning', text: 'hm' },
        { type: 'text', text: 'a' },
        { type: 'refusal', text: 'r' },
        { type: 'tool-call', id: 'c', name: 'f', argumentsJson: '{}' },
      ]);
    });

    it('keeps signatures where a client has kept them', () => {
      const openAi = `gAAAAA${'B'.repeat(20)}`;
      const message = {
        role: 'assistant',
        content: null,
        thinking_blocks: [
          { type: 'thinking', thinking: 'hm', signature: openAi },
          { type: 'redacted_thinking', data: 'c2VjcmV0' },
        ],
        tool_calls: [
          {
            id: 'c',
            type: 'function',
            function: { name: 'f', arguments: '{}' },
            extra_content: { google: { thought_signature: 'sig' } },
          },
        ],
      };

      expect(contentOf(message)).toMatchObject([
        { type: 'reasoning', text: 'hm', signature: { family: 'openai', value: openAi } },
        { type: 'reasoning', text: '', redacted: 'c2VjcmV0' },
        { type: 'tool-call', signature: { family: 'gemini', value: 'sig' } },
      ]);
    });

    it('calls custom tools with their text as the one argument', () => {
      const tool_calls = [{ id: 'c', type: 'custom', custom: { name: 'run', input: 'print("é")' } }];

      expect(contentOf({ role: 'assistant', tool_calls })).toEqual([
        {
          type: 'tool-call',
          id: 'c',
          name: 'run',
          argumentsJson: '{"input":"print(\\"é\\")"}',
          extensions: { 'openai-chat': { type: 'custom' } },
        },
      ]);
    });

    it('pairs the calls and answers of clients that know functions only', () => {
      const { messages, tools, toolChoice } = decode({
        functions: [{ name: 'f', description: 'd', parameters: { type: 'object', properties: {} } }],
        function_call: { name: 'f' },
        messages: [
          { role: 'assistant', content: null, function_call: { name: 'f', arguments: '{"x":1}' } },
          { role: 'function', name: 'f', content: 'r' },
        ],
      });

      expect(messages.map(({ content }) => content)).toEqual([
        [{ type: 'tool-call', id: 'call_fn_1', name: 'f', argumentsJson: '{"x":1}' }],
        [{ type: 'tool-result', callId: 'call_fn_1', name: 'f', content: [{ type: 'text', text: 'r' }] }],
      ]);
      expect(tools).toMatchObject([{ kind: 'function', name: 'f', description: 'd' }]);
      expect(toolChoice).toEqual({ mode: 'named', name: 'f' });
    });

    it('takes arguments that are no text', () => {
      const tool_calls = [
        { id: 'c', function: { name: 'f', arguments: { x: 1 } } },
        { id: 'd', function: { name: 'g' } },
      ];

      expect(contentOf({ role: 'assistant', tool_calls })).toMatchObject([
        { argumentsJson: '{"x":1}' },
        { argumentsJson: '' },
      ]);
    });
  });

  describe('tools', () => {
    it('tells the grammar of a custom tool in its description, and keeps the tool as it came', () => {
      const grammar = { syntax: 'lark', definition: 'start: "x"' };
      const custom = { name: 'run', description: 'Runs it.', format: { type: 'grammar', grammar } };

      expect(decode({ tools: [{ type: 'custom', custom }] }).tools).toMatchObject([
        {
          description: 'Runs it.\n\nThe input must match this lark grammar:\nstart: "x"',
          extensions: { 'openai-chat': { custom } },
        },
      ]);
    });

    it('are functions, custom ones with one text, and those of the vendor', () => {
      const custom = { type: 'custom', custom: { name: 'run', description: 'd', format: { type: 'text' } } };

      expect(
        decode({ tools: [{ type: 'function', function: { name: 'f', strict: true } }, custom, { type: 'new' }] }).tools,
      ).toEqual([
        { kind: 'function', name: 'f', parameters: { type: 'object', properties: {} }, strict: true },
        {
          kind: 'function',
          name: 'run',
          description: 'd',
          parameters: { type: 'object', properties: { input: { type: 'string' } }, required: ['input'] },
          extensions: { 'openai-chat': { custom: custom.custom } },
        },
        { kind: 'server', tool: 'new', raw: { format: 'openai-chat', value: { type: 'new' } } },
      ]);
    });

    it('are a search of the web where the client asks for one', () => {
      const options = { search_context_size: 'low' };

      expect(decode({ web_search_options: options }).tools).toEqual([
        { kind: 'server', tool: 'web_search', raw: { format: 'openai-chat', value: { web_search_options: options } } },
      ]);
    });

    it('are only the allowed ones', () => {
      const tools = ['f', 'g'].map((name) => ({ type: 'function', function: { name } }));
      const allowed = { mode: 'required', tools: [{ type: 'function', function: { name: 'g' } }] };

      const decoded = decode({ tools, tool_choice: { type: 'allowed_tools', allowed_tools: allowed } });

      expect(decoded.tools).toMatchObject([{ name: 'g' }]);
      expect(decoded.toolChoice).toEqual({ mode: 'required' });
    });

    it.each<[JsonObject, unknown]>([
      [{}, undefined],
      [{ tool_choice: 'none' }, { mode: 'none' }],
      [{ tool_choice: 'any' }, { mode: 'required' }],
      [{ tool_choice: { type: 'custom', custom: { name: 'run' } } }, { mode: 'named', name: 'run' }],
      [{ parallel_tool_calls: false }, { mode: 'auto', parallel: false }],
      [{ function_call: 'auto' }, { mode: 'auto' }],
    ])('are chosen by %j', (body, choice) => {
      expect(decode(body).toolChoice).toEqual(choice);
    });
  });

  it.each<[JsonObject, unknown]>([
    [{}, undefined],
    [{ reasoning_effort: 'none' }, { mode: 'off', effort: 'none' }],
    [{ reasoning_effort: 'low' }, { mode: 'on', effort: 'low' }],
    [{ thinking: { type: 'disabled' } }, { mode: 'off' }],
    [{ thinking: { type: 'enabled', budget_tokens: 9 } }, { mode: 'on', budgetTokens: 9 }],
    [{ thinking: { type: 'adaptive' } }, { mode: 'adaptive' }],
    [{ reasoning: { max_tokens: 9, exclude: true } }, { mode: 'on', budgetTokens: 9, show: 'none' }],
    [{ reasoning: { enabled: false } }, { mode: 'off' }],
    [{ enable_thinking: false }, { mode: 'off' }],
    [
      { enable_thinking: true, thinking_budget: 9 },
      { mode: 'on', budgetTokens: 9 },
    ],
    [{ chat_template_kwargs: { enable_thinking: true } }, { mode: 'on' }],
  ])('reads how much to think from %j', (body, reasoning) => {
    const decoded = decode(body);

    expect(decoded.reasoning).toEqual(reasoning);
    expect(carriedFor(decoded.extensions, 'openai-chat') ?? {}).toEqual(body);
    expect(foreignMembers(decoded.extensions, 'acme')).toEqual([]);
  });

  it.each<[JsonObject, unknown]>([
    [{ type: 'text' }, { type: 'text' }],
    [{ type: 'json_object' }, { type: 'json' }],
    [
      { type: 'json_schema', json_schema: { name: 'n', schema: { a: 1 }, strict: false } },
      { type: 'json-schema', name: 'n', schema: { a: 1 }, strict: false },
    ],
    [{ type: 'grammar', grammar: 'x' }, undefined],
    [{ type: 'json_schema' }, undefined],
  ])('reads the response format %j', (response_format, expected) => {
    const decoded = decode({ response_format });

    expect(decoded.responseFormat).toEqual(expected);
    expect(decoded.extensions).toEqual(expected === undefined ? { 'openai-chat': { response_format } } : undefined);
  });
});
