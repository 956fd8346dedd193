import type { CanonicalRequest, ContentBlock, JsonObject, Message, ReasoningOptions, Signature } from '@sluice/core';
import type { TranslationContext } from '@sluice/translator-kit';
import { encodeRequest } from './encode-request.js';

const SONNET = 'claude-sonnet-4-5-20250929';
const PROOF: Signature = { family: 'anthropic', value: 'proof' };

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

const messagesOf = (...messages: Message[]) => encode({ messages }).body['messages'];

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

  describe('messages', () => {
    it('row 3: one user turn around a system message, which is hoisted with nothing of the cache lost', () => {
      const { body } = encode({
        messages: [user({ type: 'text', text: 'a', cache: { ttl: '5m' } }), system(text('S')), user(text('b'))],
      });

      expect(body).toMatchObject({
        system: [{ type: 'text', text: 'S' }],
        messages: [
          {
            role: 'user',
            content: [
              { type: 'text', text: 'a', cache_control: { type: 'ephemeral', ttl: '5m' } },
              { type: 'text', text: 'b' },
            ],
          },
        ],
      });
    });

    it('row 4: spells the ids of calls and results the same way', () => {
      const id = 'call.with space:1';

      expect(messagesOf(user(text('a')), assistant(call(id)), user(result(id, text('r'))))).toMatchObject([
        {},
        { content: [{ id: 'call_with_space_1' }] },
        { content: [{ tool_use_id: 'call_with_space_1', content: 'r' }] },
      ]);
    });

    it('row 5: of two results for a call sends the last, and none without a call id', () => {
      const { body, paths } = encode({
        messages: [
          user(text('a')),
          assistant(call('c')),
          user(result('c', text('first'))),
          user(result('', text('lost')), result('c', text('last'))),
        ],
      });

      expect(body['messages']).toMatchObject([
        {},
        {},
        { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'c', content: 'last' }] },
      ]);
      expect(paths).toEqual(['dropped /messages/3/content/0', 'dropped /messages/3/content/1']);
    });

    it('row 6: puts parallel results before what the user says', () => {
      expect(
        messagesOf(user(text('a')), assistant(call('c'), call('d')), user(text('u'), result('d')), user(result('c'))),
      ).toMatchObject([
        {},
        {},
        {
          role: 'user',
          content: [
            { type: 'tool_result', tool_use_id: 'd' },
            { type: 'tool_result', tool_use_id: 'c' },
            { type: 'text', text: 'u' },
          ],
        },
      ]);
    });

    it.each([
      ['', []],
      ['[1]', ['changed /messages/1/content/0']],
      ['not json', ['changed /messages/1/content/0']],
    ])('row 7: sends an empty object for the arguments %j', (argumentsJson, warned) => {
      const { body, paths } = encode({
        messages: [user(text('a')), assistant(call('c', argumentsJson)), user(result('c'))],
      });

      expect(body['messages']).toMatchObject([{}, { content: [{ input: {} }] }, {}]);
      expect(paths).toEqual(warned);
    });

    it('row 9: adds a user where there is only a system message', () => {
      const { body, paths } = encode({ messages: [system(text('S'))] });

      expect(body).toMatchObject({
        system: [{ type: 'text', text: 'S' }],
        messages: [{ role: 'user', content: [{ type: 'text', text: expect.stringMatching(/\S/) }] }],
      });
      expect(paths).toEqual(['approximated /messages']);
    });

    it('row 10: keeps the cache markers of parts, and moves one off an empty part', () => {
      const { body } = encode({
        messages: [
          user({ type: 'text', text: 'a', cache: { ttl: '1h' } }, text('b'), { type: 'text', text: '', cache: {} }),
        ],
      });

      expect(body['messages']).toEqual([
        {
          role: 'user',
          content: [
            { type: 'text', text: 'a', cache_control: { type: 'ephemeral', ttl: '1h' } },
            { type: 'text', text: 'b', cache_control: { type: 'ephemeral' } },
          ],
        },
      ]);
    });

    it('row 11: makes up no user; a given one is hashed the same way each time', () => {
      const [first, again, other] = ['u-7', 'u-7', 'u-8'].map((endUser) => encode({ endUser }).body['metadata']);

      expect(encode({}).body).not.toHaveProperty('metadata');
      expect(first).toEqual(again);
      expect(first).not.toEqual(other);
      expect(JSON.stringify(first)).not.toContain('u-7');
    });

    it('row 12: sends text and images in a tool result', () => {
      const data: ContentBlock = { type: 'image', mediaType: 'image/jpg', source: { kind: 'base64', value: '/9j/' } };
      const url: ContentBlock = { type: 'image', source: { kind: 'url', value: 'https://i.example/a' } };

      expect(
        messagesOf(
          user(text('a')),
          assistant(call('c'), call('d')),
          user(result('c', text('t'), data), result('d', url)),
        ),
      ).toMatchObject([
        {},
        {},
        {
          content: [
            {
              content: [
                { type: 'text', text: 't' },
                { type: 'image', source: { type: 'base64', media_type: 'image/jpeg', data: '/9j/' } },
              ],
            },
            { content: [{ type: 'image', source: { type: 'url', url: 'https://i.example/a' } }] },
          ],
        },
      ]);
    });

    it('row 13: sends a PDF as a document', () => {
      const pdf: ContentBlock = {
        type: 'document',
        mediaType: 'application/pdf',
        title: 'a.pdf',
        source: { kind: 'base64', value: 'JVBERi0=' },
      };

      expect(messagesOf(user(pdf))).toEqual([
        {
          role: 'user',
          content: [
            {
              type: 'document',
              title: 'a.pdf',
              source: { type: 'base64', media_type: 'application/pdf', data: 'JVBERi0=' },
            },
          ],
        },
      ]);
    });

    it('row 16: hoists several system messages in their order', () => {
      const { body } = encode({ messages: [system(text('one')), system(text('two'), text('three')), user(text('a'))] });

      expect(body['system']).toEqual(['one', 'two', 'three'].map((words) => ({ type: 'text', text: words })));
    });

    it('row 115: never sends more than four cache breakpoints, and none of its own', () => {
      const marked: ContentBlock = { type: 'text', text: 'a', cache: {} };

      const { body, paths } = encode({ messages: [user(marked, marked, marked, marked, marked, text('b'))] });

      expect(JSON.stringify(body).match(/cache_control/g)).toHaveLength(4);
      expect(paths).toEqual(['dropped /messages/0/content/4']);
    });

    it('answers a call that nobody answered', () => {
      const { body, paths } = encode({ messages: [user(text('a')), assistant(call('c')), user(text('b'))] });

      expect(body['messages']).toMatchObject([
        {},
        {},
        {
          content: [
            { type: 'tool_result', tool_use_id: 'c', is_error: true },
            { type: 'text', text: 'b' },
          ],
        },
      ]);
      expect(paths).toEqual(['approximated /messages']);
    });

    it('tells a result without its call as what the user says', () => {
      const { body, paths } = encode({ messages: [user(text('a')), user(result('gone', text('r')))] });

      expect(body['messages']).toEqual([
        {
          role: 'user',
          content: [
            { type: 'text', text: 'a' },
            { type: 'text', text: 'r' },
          ],
        },
      ]);
      expect(paths).toEqual(['changed /messages/1/content/0']);
    });

    it('tells calls apart whose client uses an id again', () => {
      expect(
        messagesOf(
          user(text('a')),
          assistant(call('c')),
          user(result('c', text('1'))),
          assistant(call('c')),
          user(result('c', text('2'))),
        ),
      ).toMatchObject([
        {},
        { content: [{ id: 'c' }] },
        { content: [{ tool_use_id: 'c', content: '1' }] },
        { content: [{ id: 'c_2' }] },
        { content: [{ tool_use_id: 'c_2', content: '2' }] },
      ]);
    });

    it('begins with the user and ends without white space', () => {
      const { body, paths } = encode({
        messages: [assistant(text('So, ')), user(text('?')), assistant(text('Well \n'))],
      });

      expect(body['messages']).toMatchObject([
        { role: 'user' },
        { role: 'assistant', content: [{ text: 'So, ' }] },
        { role: 'user' },
        { role: 'assistant', content: [{ text: 'Well' }] },
      ]);
      expect(paths).toEqual(['approximated /messages', 'changed /messages']);
    });

    it('leaves empty text out, and turns that have nothing else', () => {
      expect(messagesOf(user(text('a')), assistant(text(' ')), user(text(''), text('b')))).toEqual([
        {
          role: 'user',
          content: [
            { type: 'text', text: 'a' },
            { type: 'text', text: 'b' },
          ],
        },
      ]);
    });

    it.each<[string, Message]>([
      ['audio', user({ type: 'audio', mediaType: 'audio/wav', source: { kind: 'base64', value: 'UklG' } })],
      [
        'an image of a type that it does not know',
        user({ type: 'image', mediaType: 'image/tiff', source: { kind: 'base64', value: 'SUkq' } }),
      ],
      ['an image of no known type', user({ type: 'image', source: { kind: 'base64', value: 'AAAA' } })],
      ['a file that another vendor holds', user({ type: 'document', source: { kind: 'file-id', value: 'file-abc' } })],
      ['an image in its own turn', assistant({ type: 'image', source: { kind: 'url', value: 'https://i.example/a' } })],
      [
        'reasoning that it did not sign',
        assistant({ type: 'reasoning', text: 't', signature: { family: 'openai', value: 'gAAAA' } }),
      ],
      ['reasoning that nobody signed', assistant({ type: 'reasoning', text: 't' })],
      ['reasoning of the user', user({ type: 'reasoning', text: 't', signature: PROOF })],
      ['a call of the user', user(call('c'))],
      [
        'another vendor’s tool',
        assistant({ type: 'server-tool', id: 's', tool: 'search', raw: { format: 'gemini', value: {} } }),
      ],
      ['another format’s block', user({ type: 'opaque', format: 'gemini', value: {} })],
    ])('does not send Anthropic %s', (_, message) => {
      const { body, paths } = encode({ messages: [user(text('a')), message, user(text('b'))] });

      expect(body['messages']).toMatchObject([{ role: 'user', content: [{ text: 'a' }, { text: 'b' }] }]);
      expect(paths).toEqual(['dropped /messages/1/content/0']);
    });

    it('replays its own signed and sealed reasoning as it came', () => {
      expect(
        messagesOf(
          user(text('a')),
          assistant(
            { type: 'reasoning', text: '', signature: PROOF },
            { type: 'reasoning', text: '', redacted: 'sealed' },
            text('b'),
          ),
          user(text('c')),
        ),
      ).toMatchObject([
        {},
        {
          content: [
            { type: 'thinking', thinking: '', signature: 'proof' },
            { type: 'redacted_thinking', data: 'sealed' },
            { type: 'text', text: 'b' },
          ],
        },
        {},
      ]);
    });

    it('recognises an image whose type nobody says', () => {
      expect(messagesOf(user({ type: 'image', source: { kind: 'base64', value: 'iVBORw0KGgo=' } }))).toMatchObject([
        { content: [{ source: { media_type: 'image/png' } }] },
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

  describe('thinking', () => {
    const think = (reasoning: ReasoningOptions, model: string, members: Partial<CanonicalRequest> = {}) =>
      encode({ reasoning, sampling: { maxOutputTokens: 50_000 }, ...members }, model);

    it.each<[string, ReasoningOptions, string, JsonObject]>([
      ['a budget', { mode: 'on', budgetTokens: 2048 }, SONNET, { thinking: { type: 'enabled', budget_tokens: 2048 } }],
      [
        'an effort as budget',
        { mode: 'on', effort: 'medium' },
        SONNET,
        { thinking: { type: 'enabled', budget_tokens: 8192 } },
      ],
      ['judgement as budget', { mode: 'adaptive' }, SONNET, { thinking: { type: 'enabled', budget_tokens: 24_576 } }],
      [
        'too small a budget',
        { mode: 'on', budgetTokens: 10 },
        SONNET,
        { thinking: { type: 'enabled', budget_tokens: 1024 } },
      ],
      [
        'an effort',
        { mode: 'on', effort: 'minimal' },
        'claude-opus-4-6',
        { thinking: { type: 'adaptive' }, output_config: { effort: 'low' } },
      ],
      [
        'a budget of a newer model',
        { mode: 'on', budgetTokens: 2048 },
        'claude-opus-4.6',
        { thinking: { type: 'enabled', budget_tokens: 2048 } },
      ],
      [
        'a budget as effort',
        { mode: 'on', budgetTokens: 9000 },
        'claude-opus-5',
        { thinking: { type: 'adaptive' }, output_config: { effort: 'high' } },
      ],
      [
        'an effort beyond a model',
        { mode: 'adaptive', effort: 'xhigh' },
        'claude-opus-4-6',
        { thinking: { type: 'adaptive' }, output_config: { effort: 'high' } },
      ],
      [
        'an effort to be chosen',
        { mode: 'on', effort: 'auto' },
        'claude-opus-5',
        { thinking: { type: 'adaptive' }, output_config: { effort: 'high' } },
      ],
      [
        'an imitator’s effort',
        { mode: 'on', effort: 'low' },
        'kimi-k3',
        { thinking: { type: 'enabled', budget_tokens: 1024 } },
      ],
      [
        'hidden thinking',
        { mode: 'adaptive', show: 'none' },
        'claude-opus-5',
        { thinking: { type: 'adaptive', display: 'omitted' } },
      ],
      ['nothing', { mode: 'off' }, SONNET, { thinking: { type: 'disabled' } }],
      ['nothing of a model without it', { mode: 'on', effort: 'high' }, 'claude-3-haiku-20240307', {}],
    ])('says %s', (_, reasoning, model, expected) => {
      const { body } = think(reasoning, model, { sampling: {} });

      expect(body).toEqual({ model, max_tokens: expect.anything(), messages: expect.anything(), ...expected });
    });

    it('row 15: gives way to a forced call', () => {
      const { body, paths } = think({ mode: 'on', effort: 'high' }, 'claude-opus-4-6', {
        tools: [tool],
        toolChoice: { mode: 'required' },
      });

      expect(body).toMatchObject({ tool_choice: { type: 'any' } });
      expect(body).not.toHaveProperty('thinking');
      expect(body).not.toHaveProperty('output_config');
      expect(paths).toEqual(['dropped /reasoning']);
    });

    it.each([
      ['row 123: a budget larger than the answer', 20_000, 8000, { type: 'enabled', budget_tokens: 4000 }, 'changed'],
      ['a budget of a short answer', 20_000, 1500, { type: 'enabled', budget_tokens: 1024 }, 'changed'],
      ['a budget without room', 20_000, 1024, undefined, 'dropped'],
    ])('cuts %s', (_, budgetTokens, maxOutputTokens, thinking, effect) => {
      const { body, paths } = think({ mode: 'on', budgetTokens }, SONNET, { sampling: { maxOutputTokens } });

      expect(body['thinking']).toEqual(thinking);
      expect(body['max_tokens']).toBe(maxOutputTokens);
      expect(paths).toEqual([`${effect} /reasoning`]);
    });

    it.each<[string, Message[]]>([
      ['the beginning of an answer', [user(text('a')), assistant(text('b'))]],
      ['calls whose thinking is lost', [user(text('a')), assistant(call('c')), user(result('c'))]],
    ])('gives way to %s', (_, messages) => {
      const { body, paths } = think({ mode: 'on', effort: 'high' }, SONNET, { messages });

      expect(body).not.toHaveProperty('thinking');
      expect(paths).toEqual(['dropped /reasoning']);
    });

    it('goes on in a loop whose thinking is there', () => {
      const messages = [
        user(text('a')),
        assistant({ type: 'reasoning', text: 't', signature: PROOF }, call('c')),
        user(result('c')),
      ];

      expect(think({ mode: 'on', budgetTokens: 2048 }, SONNET, { messages }).body).toHaveProperty('thinking');
    });

    it('takes no sampling but a high top_p', () => {
      const { body, paths } = think({ mode: 'on', budgetTokens: 2048 }, SONNET, {
        sampling: { maxOutputTokens: 5000, temperature: 0.5, topP: 0.96, topK: 4 },
      });

      expect(body).toMatchObject({ top_p: 0.96, thinking: { type: 'enabled' } });
      expect(body).not.toHaveProperty('temperature');
      expect(body).not.toHaveProperty('top_k');
      expect(paths).toEqual(['dropped /sampling/temperature', 'dropped /sampling/topK']);
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
