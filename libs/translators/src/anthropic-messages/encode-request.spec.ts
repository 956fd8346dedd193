import type { CanonicalRequest, ContentBlock, JsonObject, Message } from '@sluice/core';
import type { TranslationContext } from '@sluice/translator-kit';
import { encodeRequest } from './encode-request.js';

const SONNET = 'claude-sonnet-4-5-20250929';

const contextOf = (upstreamModel: string): TranslationContext => ({
  requestId: 'req-1',
  createdAtSeconds: 1_700_000_000,
  requestedModel: 'client-name',
  upstreamModel,
  dialect: {},
});

const text = (value: string): ContentBlock => ({ type: 'text', text: value });
const user = (...content: ContentBlock[]): Message => ({ role: 'user', content });
const assistant = (...content: ContentBlock[]): Message => ({ role: 'assistant', content });
const system = (...content: ContentBlock[]): Message => ({ role: 'system', content });
const call = (id: string, argumentsJson = '{}', name = 'f'): ContentBlock => ({
  type: 'tool-call',
  id,
  name,
  argumentsJson,
});
const result = (callId: string, ...content: ContentBlock[]): ContentBlock => ({ type: 'tool-result', callId, content });

const tool = { kind: 'function', name: 'f', parameters: { type: 'object', properties: {} } } as const;

function encode(members: Partial<CanonicalRequest>, model = SONNET) {
  const request = {
    model: 'client-name',
    stream: false,
    messages: [user(text('hi'))],
    tools: [],
    sampling: {},
    ...members,
  };
  const { call: wire, warnings } = encodeRequest(request, contextOf(model));
  const body = JSON.parse(wire.body.toString()) as JsonObject; // what we serialised
  return { body, warnings, paths: warnings.map(({ path, effect }) => `${effect} ${path}`), path: wire.path };
}

describe('encodeRequest', () => {
  it('asks for the vendor’s model on the vendor’s path', () => {
    const { body, path, warnings } = encode({ stream: true });

    expect(path).toBe('/v1/messages');
    expect(body).toEqual({
      model: SONNET,
      max_tokens: 64_000,
      messages: [{ role: 'user', content: [{ type: 'text', text: 'hi' }] }],
      stream: true,
    });
    expect(warnings).toEqual([]);
  });

  it('says the worked example of a Chat request with tools, parallel results, cache and images', () => {
    const image: ContentBlock = { type: 'image', mediaType: 'image/png', source: { kind: 'base64', value: 'AAAA' } };
    const { body } = encode({
      messages: [
        system({ type: 'text', text: 'S1', cache: {} }),
        user(text('look'), image),
        assistant(text('ok'), call('call.1', '{"x":1}', 'a'), call('c2', '', 'b')),
        user(result('c2', text('r2'))),
        user(result('call.1', text('r1'))),
        system(text('S2')),
        user(text('go on')),
      ],
      tools: [
        { ...tool, name: 'a', parameters: { type: 'object', properties: { x: { type: 'integer' } } } },
        { ...tool, name: 'b' },
      ],
      toolChoice: { mode: 'required', parallel: false },
      sampling: { maxOutputTokens: 500, stop: ['END'] },
      endUser: 'u-7',
    });

    expect(body).toEqual({
      model: SONNET,
      max_tokens: 500,
      stop_sequences: ['END'],
      metadata: { user_id: expect.stringMatching(/^user_[0-9a-f]{24}$/) },
      system: [
        { type: 'text', text: 'S1', cache_control: { type: 'ephemeral' } },
        { type: 'text', text: 'S2' },
      ],
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'look' },
            { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AAAA' } },
          ],
        },
        {
          role: 'assistant',
          content: [
            { type: 'text', text: 'ok' },
            { type: 'tool_use', id: 'call_1', name: 'a', input: { x: 1 } },
            { type: 'tool_use', id: 'c2', name: 'b', input: {} },
          ],
        },
        {
          role: 'user',
          content: [
            { type: 'tool_result', tool_use_id: 'c2', content: 'r2' },
            { type: 'tool_result', tool_use_id: 'call_1', content: 'r1' },
            { type: 'text', text: 'go on' },
          ],
        },
      ],
      tools: [
        { name: 'a', input_schema: { type: 'object', properties: { x: { type: 'integer' } } } },
        { name: 'b', input_schema: { type: 'object', properties: {} } },
      ],
      tool_choice: { type: 'any', disable_parallel_tool_use: true },
    });
  });

  describe('sampling', () => {
    it('row 1: says stop sequences as a list, without white space', () => {
      const { body, paths } = encode({ sampling: { stop: ['A', ' \n', 'B'] } });

      expect(body['stop_sequences']).toEqual(['A', 'B']);
      expect(paths).toEqual(['dropped /sampling/stop']);
    });

    it.each([
      ['row 2: the client’s', 77, SONNET, 77],
      ['at most the model’s', 200_000, 'claude-opus-4-1-20250805', 32_000],
      ['the model’s', undefined, 'claude-3-opus-20240229', 4096],
      ['a small one for a model that is not known', undefined, 'kimi-k3', 8192],
      ['anything for a model that is not known', 200_000, 'kimi-k3', 200_000],
      ['nothing, to warm a cache', 0, SONNET, 0],
    ])('limits the answer to %s', (_, maxOutputTokens, model, expected) => {
      const sampling = maxOutputTokens === undefined ? {} : { maxOutputTokens };

      expect(encode({ sampling }, model).body['max_tokens']).toBe(expected);
    });

    it.each([
      ['row 14: one of both', SONNET, { temperature: 0.3 }, ['dropped /sampling/topP']],
      ['row 14: neither', 'claude-opus-4-8', {}, ['dropped /sampling/temperature', 'dropped /sampling/topP']],
      ['both where a model takes them', 'claude-3-5-sonnet-20241022', { temperature: 0.3, top_p: 0.9 }, []],
    ])('says of temperature and top_p %s', (_, model, expected, warned) => {
      const { body, paths } = encode({ sampling: { maxOutputTokens: 1, temperature: 0.3, topP: 0.9 } }, model);

      expect(body).toEqual({ model, max_tokens: 1, messages: expect.anything(), ...expected });
      expect(paths).toEqual(warned);
    });

    it('clamps the temperature and reports what Anthropic has not', () => {
      const { body, paths } = encode({
        sampling: {
          temperature: 1.7,
          topK: 3,
          seed: 1,
          presencePenalty: 1,
          frequencyPenalty: 1,
          logprobs: 2,
          candidates: 2,
        },
      });

      expect(body).toMatchObject({ temperature: 1, top_k: 3 });
      expect(paths).toEqual([
        'dropped /sampling/seed',
        'dropped /sampling/presencePenalty',
        'dropped /sampling/frequencyPenalty',
        'dropped /sampling/logprobs',
        'dropped /sampling/candidates',
        'changed /sampling/temperature',
      ]);
    });
  });

  describe('tools', () => {
    it('row 8: flattens a union at the root of a schema', () => {
      const a = { type: 'object', properties: { a: { type: 'string' } } };
      const b = { type: 'object', properties: { b: { type: 'string' } } };

      const { body } = encode({ tools: [{ ...tool, parameters: { anyOf: [a, b] } }] });

      expect(body['tools']).toEqual([
        { name: 'f', input_schema: { type: 'object', properties: { a: { type: 'string' }, b: { type: 'string' } } } },
      ]);
    });

    it('spells names as Anthropic takes them, also in the history and in the choice', () => {
      const { body, paths } = encode({
        messages: [user(text('a')), assistant(call('c', '{}', 'mcp.read file')), user(result('c'))],
        tools: [{ ...tool, name: 'mcp.read file' }],
        toolChoice: { mode: 'named', name: 'mcp.read file' },
      });

      expect(body).toMatchObject({
        messages: [{}, { content: [{ name: 'mcp_read_file' }] }, {}],
        tools: [{ name: 'mcp_read_file' }],
        tool_choice: { type: 'tool', name: 'mcp_read_file' },
      });
      expect(paths).toEqual(['changed /tools/0/name']);
    });

    it.each([
      ['no tools', { toolChoice: { mode: 'required' } as const }, ['dropped /toolChoice']],
      ['no tools to refuse', { toolChoice: { mode: 'none' } as const }, []],
    ])('says no choice where there are %s', (_, members, warned) => {
      const { body, paths } = encode(members);

      expect(body).not.toHaveProperty('tool_choice');
      expect(paths).toEqual(warned);
    });

    it('reports another vendor’s tool, and strictness that a model has not', () => {
      const { body, paths } = encode(
        {
          tools: [
            { kind: 'server', tool: 'google_search', raw: { format: 'gemini', value: {} } },
            { ...tool, strict: true },
          ],
        },
        'claude-opus-4-20250514',
      );

      expect(body['tools']).toEqual([{ name: 'f', input_schema: { type: 'object', properties: {} } }]);
      expect(paths).toEqual(['dropped /tools/0', 'dropped /tools/1/strict']);
    });
  });

  describe('a JSON answer', () => {
    const schema = { type: 'object', properties: { n: { type: 'integer', minimum: 1 } }, required: ['n'] };
    const wanted = { responseFormat: { type: 'json-schema', schema } } as const;

    it('is the format’s own member where the model has it', () => {
      expect(encode(wanted, 'claude-opus-4-6').body['output_config']).toEqual({
        format: {
          type: 'json_schema',
          schema: {
            type: 'object',
            properties: { n: { type: 'integer', description: '(minimum: 1)' } },
            required: ['n'],
            additionalProperties: false,
          },
        },
      });
    });

    it('is a forced call of a tool where the model has it not', () => {
      const { body, paths } = encode(wanted, 'claude-3-5-haiku-20241022');

      expect(body).toMatchObject({
        tools: [{ name: 'sluice_json_answer', input_schema: schema }],
        tool_choice: { type: 'tool', name: 'sluice_json_answer' },
      });
      expect(paths).toEqual(['approximated /responseFormat']);
    });

    it.each([
      ['next to tools', { ...wanted, tools: [tool] }],
      ['without a schema', { responseFormat: { type: 'json' } } as const],
    ])('is asked for in words %s', (_, members) => {
      const { body, paths } = encode(members, 'claude-3-5-haiku-20241022');

      expect(body['system']).toEqual([{ type: 'text', text: expect.stringContaining('JSON') }]);
      expect(paths).toEqual(['approximated /responseFormat']);
    });

    it('is nothing special when it is text', () => {
      expect(encode({ responseFormat: { type: 'text' } }).warnings).toEqual([]);
    });
  });

  it('reports what only other formats have', () => {
    const { warnings } = encode({
      messages: [
        {
          ...user({ type: 'text', text: 'hi', extensions: { 'openai-chat': { x: 1 } } }),
          extensions: { gemini: { y: 1 } },
        },
      ],
      extensions: {
        'openai-chat': { '~said': { stream_options: { include_usage: true } }, logit_bias: {}, store: true },
      },
    });

    expect(warnings).toEqual([
      {
        path: '/extensions/openai-chat',
        effect: 'dropped',
        message: expect.stringContaining('openai-chat has were left out: logit_bias, store.'),
      },
      { path: '/messages/0', effect: 'dropped', message: expect.stringContaining('at 2 places') },
    ]);
  });

  it.each([
    ['default', 'auto', []],
    ['priority', 'auto', []],
    ['standard_only', 'standard_only', []],
    ['flex', undefined, ['dropped /serviceTier']],
  ])('says the service tier %s', (serviceTier, expected, warned) => {
    const { body, paths } = encode({ serviceTier });

    expect(body['service_tier']).toBe(expected);
    expect(paths).toEqual(warned);
  });
});
