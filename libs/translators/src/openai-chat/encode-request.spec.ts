import { createHash } from 'node:crypto';
import type { CanonicalRequest, ContentBlock, JsonObject, Message, Tool } from '@sluice/core';
import type { EncodedRequest } from '@sluice/translator-kit';
import { encodeRequest } from './encode-request.js';

const EMPTY: CanonicalRequest = { model: 'm', stream: false, messages: [], tools: [], sampling: {} };

interface Target {
  readonly model?: string;
  readonly dialect?: Readonly<Record<string, unknown>>;
}

function translate(
  request: Partial<CanonicalRequest>,
  { model = 'gpt-4.1', dialect = {} }: Target = {},
): EncodedRequest {
  const context = { requestId: 'r', createdAtSeconds: 1, requestedModel: 'm', upstreamModel: model, dialect };
  return encodeRequest({ ...EMPTY, ...request }, context);
}

const bodyOf = ({ call }: EncodedRequest): JsonObject => JSON.parse(call.body.toString()) as JsonObject; // our own JSON
const encode = (request: Partial<CanonicalRequest>, target?: Target): JsonObject => bodyOf(translate(request, target));
const effects = ({ warnings }: EncodedRequest): readonly string[] =>
  warnings.map(({ path, effect }) => `${effect} ${path}`);

const text = (words: string): ContentBlock => ({ type: 'text', text: words });
const user = (...content: ContentBlock[]): Message => ({ role: 'user', content });
const assistant = (...content: ContentBlock[]): Message => ({ role: 'assistant', content });
const callOf = (id: string): ContentBlock => ({ type: 'tool-call', id, name: 'f', argumentsJson: '{}' });
const resultOf = (callId: string, ...content: ContentBlock[]): ContentBlock => ({
  type: 'tool-result',
  callId,
  content,
});
const IMAGE: ContentBlock = { type: 'image', mediaType: 'image/png', source: { kind: 'base64', value: 'AAAA' } };
const IMAGE_PART = { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } };
const TOOL: Tool = { kind: 'function', name: 'f', parameters: { type: 'object', properties: {} } };

describe('encodeRequest', () => {
  it("asks the vendor for its own model at the format's own path", () => {
    const { call, warnings } = translate({ messages: [user(text('hi'))] });

    expect({ ...call, body: call.body.toString() }).toEqual({
      path: '/v1/chat/completions',
      query: '',
      body: '{"model":"gpt-4.1","messages":[{"role":"user","content":"hi"}]}',
    });
    expect(warnings).toEqual([]);
  });

  describe('messages', () => {
    it('joins the blocks of a system prompt by blank lines', () => {
      const messages: readonly Message[] = [{ role: 'system', content: [text('a'), text('b')] }];

      expect(encode({ messages })['messages']).toEqual([{ role: 'system', content: 'a\n\nb' }]);
    });

    it("calls system messages developer where OpenAI's reasoning models want it", () => {
      const messages: readonly Message[] = [{ role: 'system', content: [text('a')] }];

      expect(encode({ messages }, { model: 'gpt-5-mini' })['messages']).toMatchObject([{ role: 'developer' }]);
      expect(
        encode({ messages }, { model: 'gpt-5-mini', dialect: { developerRole: false } })['messages'],
      ).toMatchObject([{ role: 'system' }]);
    });

    it('puts results behind their calls, whatever came between', () => {
      const messages = [
        assistant(callOf('a'), callOf('b')),
        user(resultOf('b', text('2'))),
        user(text('wait')),
        user(resultOf('a', text('1'))),
        assistant(callOf('a')),
        user(resultOf('a', text('3'))),
      ];

      expect(encode({ messages })['messages']).toEqual([
        expect.objectContaining({ role: 'assistant' }),
        { role: 'tool', tool_call_id: 'b', content: '2' },
        { role: 'tool', tool_call_id: 'a', content: '1' },
        { role: 'user', content: 'wait' },
        expect.objectContaining({ role: 'assistant' }),
        { role: 'tool', tool_call_id: 'a', content: '3' },
      ]);
    });

    it('says of a call that the conversation went on without that its result is not known', () => {
      const encoded = translate({ messages: [assistant(callOf('a')), user(text('never mind'))] });

      expect(bodyOf(encoded)['messages']).toEqual([
        expect.objectContaining({ role: 'assistant' }),
        { role: 'tool', tool_call_id: 'a', content: 'The result of this call is not known.' },
        { role: 'user', content: 'never mind' },
      ]);
      expect(encoded.warnings).toEqual([
        {
          path: '/messages',
          effect: 'approximated',
          message: 'The call a has no result; the vendor is told that it is not known.',
        },
      ]);
    });

    it('gives images of tool results to the user, after all results', () => {
      const messages = [
        assistant(callOf('a'), callOf('b')),
        user(resultOf('a', text('see'), IMAGE)),
        user(resultOf('b', text('done'))),
        user(text('and?')),
      ];

      expect(encode({ messages })['messages']).toEqual([
        expect.objectContaining({ role: 'assistant' }),
        { role: 'tool', tool_call_id: 'a', content: 'see\n\n[image: see the next message]' },
        { role: 'tool', tool_call_id: 'b', content: 'done' },
        { role: 'user', content: [IMAGE_PART, { type: 'text', text: 'and?' }] },
      ]);
    });

    it('gives them in a message of their own where the user says nothing', () => {
      const messages = [user(resultOf('a', IMAGE)), assistant(text('ok'))];

      expect(encode({ messages })['messages']).toEqual([
        { role: 'tool', tool_call_id: 'a', content: '[image: see the next message]' },
        { role: 'user', content: [IMAGE_PART] },
        { role: 'assistant', content: 'ok' },
      ]);
    });

    it('leaves images in the result where the vendor takes them there', () => {
      const messages = [user(resultOf('a', text('see'), IMAGE))];

      expect(encode({ messages }, { dialect: { toolImages: true } })['messages']).toEqual([
        { role: 'tool', tool_call_id: 'a', content: [{ type: 'text', text: 'see' }, IMAGE_PART] },
      ]);
    });

    it('says in its text that a tool failed', () => {
      const failed: ContentBlock = { type: 'tool-result', callId: 'a', content: [text('no such file')], isError: true };

      expect(encode({ messages: [user(failed)] })['messages']).toEqual([
        { role: 'tool', tool_call_id: 'a', content: 'Error: no such file' },
      ]);
    });

    it('has ids of nine letters or digits where the vendor wants them so, the same for call and result', () => {
      const messages = [assistant(callOf('toolu_01'), callOf('abcDEF123')), user(resultOf('toolu_01'))];

      const [said, answered] = encode({ messages }, { dialect: { toolIds: 'nine-alphanumerics' } })['messages'] as [
        { tool_calls: { id: string }[] },
        { tool_call_id: string },
      ];

      expect(said.tool_calls.map(({ id }) => id)).toEqual([expect.stringMatching(/^[a-z0-9]{9}$/), 'abcDEF123']);
      expect(answered.tool_call_id).toBe(said.tool_calls[0]?.id);
    });

    it('has null content beside calls, or an empty one where the vendor refuses null', () => {
      const messages = [assistant(callOf('a'))];

      expect(encode({ messages })['messages']).toMatchObject([{ content: null }]);
      expect(encode({ messages }, { dialect: { nullContent: false } })['messages']).toMatchObject([{ content: '' }]);
    });

    it('says {} for a call without arguments and leaves invalid ones alone', () => {
      const messages = [
        assistant(
          { type: 'tool-call', id: 'a', name: 'f', argumentsJson: '' },
          { type: 'tool-call', id: 'b', name: 'f', argumentsJson: '{"x":' },
        ),
      ];

      expect(encode({ messages })['messages']).toMatchObject([
        { tool_calls: [{ function: { arguments: '{}' } }, { function: { arguments: '{"x":' } }] },
      ]);
    });

    it('tells a refusal as one', () => {
      expect(encode({ messages: [assistant({ type: 'refusal', text: 'no' })] })['messages']).toEqual([
        { role: 'assistant', content: null, refusal: 'no' },
      ]);
    });

    it.each<[string, ContentBlock, unknown, readonly string[]]>([
      [
        'an image by address',
        { type: 'image', source: { kind: 'url', value: 'https://a.example' } },
        [{ type: 'image_url', image_url: { url: 'https://a.example' } }],
        [],
      ],
      ['an image without a type', { type: 'image', source: { kind: 'base64', value: 'AAAA' } }, [IMAGE_PART], []],
      [
        'an image that another vendor holds',
        { type: 'image', source: { kind: 'file-id', value: 'f' } },
        undefined,
        ['dropped /messages/0/content/0'],
      ],
      [
        'a sound',
        { type: 'audio', mediaType: 'audio/mpeg', source: { kind: 'base64', value: 'AAAA' } },
        [{ type: 'input_audio', input_audio: { data: 'AAAA', format: 'mp3' } }],
        [],
      ],
      [
        'a sound by address',
        { type: 'audio', source: { kind: 'url', value: 'https://a.example' } },
        undefined,
        ['dropped /messages/0/content/0'],
      ],
      [
        'a PDF',
        { type: 'document', mediaType: 'application/pdf', source: { kind: 'base64', value: 'AAAA' } },
        [{ type: 'file', file: { filename: 'document.pdf', file_data: 'data:application/pdf;base64,AAAA' } }],
        [],
      ],
      [
        'a document of text',
        { type: 'document', mediaType: 'text/plain', title: 'T', source: { kind: 'base64', value: 'aGk=' } },
        'T\n\nhi',
        [],
      ],
      [
        'a document by address',
        { type: 'document', title: 'T', source: { kind: 'url', value: 'https://a.example' } },
        'T: https://a.example',
        ['changed /messages/0/content/0'],
      ],
      [
        'a document that another vendor holds',
        { type: 'document', source: { kind: 'file-id', value: 'f' } },
        undefined,
        ['dropped /messages/0/content/0'],
      ],
      [
        "another format's block",
        { type: 'opaque', format: 'gemini', value: { x: 1 } },
        undefined,
        ['dropped /messages/0/content/0'],
      ],
      [
        "another vendor's tool",
        { type: 'server-tool', id: 's', tool: 'web_search', raw: { format: 'anthropic-messages', value: {} } },
        undefined,
        ['dropped /messages/0/content/0'],
      ],
    ])('says %s as it can', (_, block, content, warned) => {
      const translated = translate({ messages: [user(block)] });

      expect(bodyOf(translated)['messages']).toEqual(content === undefined ? [] : [{ role: 'user', content }]);
      expect(effects(translated)).toEqual(warned);
    });

    it("leaves media out of an assistant's message", () => {
      const translated = translate({ messages: [assistant(text('see'), IMAGE)] });

      expect(bodyOf(translated)['messages']).toEqual([{ role: 'assistant', content: 'see' }]);
      expect(effects(translated)).toEqual(['dropped /messages/0/content/1']);
    });
  });

  describe('reasoning of earlier turns', () => {
    const thought: ContentBlock = { type: 'reasoning', text: 'hm' };
    const messages = [
      user(text('q')),
      assistant(thought, text('a')),
      user(text('q2')),
      assistant(thought, callOf('c')),
      user(resultOf('c', text('r'))),
    ];
    const reasoningAt = (dialect: Readonly<Record<string, unknown>>): unknown[] =>
      (encode({ messages }, { dialect })['messages'] as readonly JsonObject[])
        .filter(({ role }) => role === 'assistant')
        .map((message) => message['reasoning_content'] ?? message['reasoning']);

    it.each([
      ['is left out by default', {}, [undefined, undefined]],
      ['is sent back where the vendor wants it', { sendReasoningBack: 'always' }, ['hm', 'hm']],
      ['is sent back inside the tool loop only', { sendReasoningBack: 'tool-loop' }, [undefined, 'hm']],
      [
        'has the name that the vendor gives it',
        { sendReasoningBack: 'always', reasoningField: 'reasoning' },
        ['hm', 'hm'],
      ],
    ])('%s', (_, dialect, expected) => {
      expect(reasoningAt(dialect)).toEqual(expected);
    });

    it.each<[string, Readonly<Record<string, unknown>>, ContentBlock[], string | undefined]>([
      ['a note inside the tool loop', { sendReasoningBack: 'tool-loop' }, [], '(not kept)'],
      [
        'the vendor’s own word for it',
        { sendReasoningBack: 'tool-loop', reasoningField: 'reasoning' },
        [],
        '(not kept)',
      ],
      [
        'a note for what another vendor signed',
        { sendReasoningBack: 'tool-loop' },
        [{ type: 'reasoning', text: 'hm', signature: { family: 'anthropic', value: 'EuYB' } }],
        '(not kept)',
      ],
      ['nothing where it is only welcome', { sendReasoningBack: 'always' }, [], undefined],
      ['nothing where it is not wanted', {}, [], undefined],
    ])('of calls that came without is %s', (_, dialect, thoughts, expected) => {
      const loop = [user(text('q')), assistant(...thoughts, callOf('c')), user(resultOf('c', text('r')))];
      const [, call] = encode({ messages: loop }, { dialect })['messages'] as readonly JsonObject[];

      expect(call?.[dialect['reasoningField'] === 'reasoning' ? 'reasoning' : 'reasoning_content']).toBe(expected);
    });

    it('is no note once the loop is over, nor beside a text alone', () => {
      const over = [user(text('q')), assistant(callOf('c')), user(resultOf('c', text('r'))), assistant(text('a'))];
      const dialect = { sendReasoningBack: 'tool-loop' };

      const sent = encode({ messages: [...over, user(text('q2'))] }, { dialect });

      expect(JSON.stringify(sent)).not.toContain('(not kept)');
      expect(JSON.stringify(encode({ messages: over }, { dialect })).match(/\(not kept\)/g)).toHaveLength(1);
    });

    it('never is what another vendor signed', () => {
      const signed: ContentBlock = { type: 'reasoning', text: 'hm', signature: { family: 'anthropic', value: 'EuYB' } };
      const translated = translate(
        { messages: [assistant(signed, text('a'))] },
        { dialect: { sendReasoningBack: 'always' } },
      );

      expect(bodyOf(translated)['messages']).toEqual([{ role: 'assistant', content: 'a' }]);
      expect(effects(translated)).toEqual(['dropped /messages/0']);
    });
  });

  describe('tools', () => {
    it('are left out with their choice when there is none that this vendor runs', () => {
      const search: Tool = { kind: 'server', tool: 'web_search', raw: { format: 'anthropic-messages', value: {} } };
      const translated = translate({ tools: [search], toolChoice: { mode: 'auto', parallel: false } });

      expect(bodyOf(translated)).toEqual({ model: 'gpt-4.1', messages: [] });
      expect(effects(translated)).toEqual(['dropped /tools/0']);
    });

    it('are chosen by name', () => {
      expect(encode({ tools: [TOOL], toolChoice: { mode: 'named', name: 'f', parallel: false } })).toMatchObject({
        tool_choice: { type: 'function', function: { name: 'f' } },
        parallel_tool_calls: false,
      });
    });

    it('keep a union at the root of their schema', () => {
      const parameters = { type: 'object', anyOf: [{ required: ['a'] }] };

      expect(encode({ tools: [{ ...TOOL, kind: 'function', name: 'f', parameters }] })['tools']).toMatchObject([
        { function: { parameters } },
      ]);
    });
  });

  describe('the answer that is wanted', () => {
    it.each([
      ['gpt-4.1', 'max_tokens'],
      ['o3-mini', 'max_completion_tokens'],
      ['openai/gpt-5', 'max_completion_tokens'],
      ['llama3.1', 'max_tokens'],
    ])('has a length in the words of %s', (model, member) => {
      expect(encode({ sampling: { maxOutputTokens: 9 } }, { model })).toMatchObject({ [member]: 9 });
    });

    it('is not drawn by reasoning models, unless they do not reason', () => {
      const sampling = { temperature: 0.5, topP: 0.9 };

      expect(effects(translate({ sampling }, { model: 'gpt-5' }))).toEqual([
        'dropped /sampling/temperature',
        'dropped /sampling/topP',
      ]);
      expect(encode({ sampling, reasoning: { mode: 'off' } }, { model: 'gpt-5.2' })).toMatchObject({
        temperature: 0.5,
      });
    });

    it('stops at four sequences at most', () => {
      const translated = translate({ sampling: { stop: ['a', 'b', 'c', 'd', 'e'] } });

      expect(bodyOf(translated)['stop']).toEqual(['a', 'b', 'c', 'd']);
      expect(effects(translated)).toEqual(['approximated /sampling/stop']);
    });

    it('is one, and knows no top_k', () => {
      const translated = translate({ sampling: { candidates: 3, topK: 40 } });

      expect(bodyOf(translated)).toEqual({ model: 'gpt-4.1', messages: [] });
      expect(effects(translated)).toEqual(['dropped /sampling/candidates', 'dropped /sampling/topK']);
      expect(encode({ sampling: { topK: 40 } }, { dialect: { topK: true } })['top_k']).toBe(40);
    });

    it.each([
      [{ type: 'text' as const }, { type: 'text' }],
      [{ type: 'json' as const }, { type: 'json_object' }],
      [
        { type: 'json-schema' as const, schema: { type: 'object' }, strict: true },
        { type: 'json_schema', json_schema: { name: 'response', schema: { type: 'object' }, strict: true } },
      ],
    ])('has the form %j', (responseFormat, expected) => {
      expect(encode({ responseFormat })['response_format']).toEqual(expected);
    });
  });

  describe('the switch of vendors without efforts', () => {
    it.each([
      ['thinking', { mode: 'off' } as const, { thinking: { type: 'disabled' } }, []],
      ['thinking', { mode: 'on', effort: 'none' } as const, { thinking: { type: 'disabled' } }, []],
      ['thinking', { mode: 'adaptive' } as const, { thinking: { type: 'enabled' } }, []],
      [
        'thinking',
        { mode: 'on', effort: 'low' } as const,
        { thinking: { type: 'enabled' } },
        ['approximated /reasoning'],
      ],
      [
        'enable_thinking',
        { mode: 'on', budgetTokens: 2_000 } as const,
        { enable_thinking: true },
        ['approximated /reasoning'],
      ],
      ['enable_thinking', { mode: 'off' } as const, { enable_thinking: false }, []],
    ])('%s for %j is %j (row 124)', (reasoningSwitch, reasoning, expected, warned) => {
      const translated = translate({ reasoning }, { model: 'kimi-k2.5', dialect: { reasoningSwitch } });

      expect(bodyOf(translated)).toMatchObject(expected);
      expect(bodyOf(translated)).not.toHaveProperty('reasoning_effort');
      expect(effects(translated)).toEqual(warned);
    });
  });

  describe('reasoning effort', () => {
    it.each([
      ['gpt-5', { mode: 'on', effort: 'medium' } as const, 'medium', []],
      ['gpt-5', { mode: 'on', budgetTokens: 9000 } as const, 'high', []],
      ['gpt-5', { mode: 'adaptive' } as const, 'high', []],
      ['gpt-5', { mode: 'off' } as const, 'minimal', ['approximated /reasoning']],
      ['gpt-5.1', { mode: 'off' } as const, 'none', []],
      ['o3', { mode: 'on', effort: 'max' } as const, 'high', ['approximated /reasoning']],
      ['o3', { mode: 'on', effort: 'very' } as const, undefined, ['dropped /reasoning']],
      ['gpt-4.1', { mode: 'on', effort: 'high' } as const, undefined, ['dropped /reasoning']],
      ['gpt-4.1', { mode: 'off' } as const, undefined, []],
    ])('of %s for %j is %s', (model, reasoning, effort, warned) => {
      const translated = translate({ reasoning }, { model });

      expect(bodyOf(translated)['reasoning_effort']).toBe(effort);
      expect(effects(translated)).toEqual(warned);
    });

    it('is what the account says its models take', () => {
      const reasoning = { mode: 'on', effort: 'high' } as const;

      expect(encode({ reasoning }, { model: 'qwen3', dialect: { reasoningEffort: ['low', 'medium'] } })).toMatchObject({
        reasoning_effort: 'medium',
      });
    });
  });

  it.each([
    ['gpt-5.1', { prompt_cache_key: 'k', verbosity: 'low' }, []],
    ['llama3.1', {}, ['dropped /extensions/openai-responses']],
  ])('says to %s what a client of Responses said', (model, expected, warned) => {
    const own = { prompt_cache_key: 'k', text: { verbosity: 'low' } };
    const translated = translate({ extensions: { 'openai-responses': own } }, { model });
    const { prompt_cache_key, verbosity } = bodyOf(translated);

    expect(JSON.parse(JSON.stringify({ prompt_cache_key, verbosity }))).toEqual(expected);
    expect(effects(translated)).toEqual(warned);
  });

  describe('the caller', () => {
    it('is named, or by a hash where the name is longer than the vendor takes', () => {
      const long = 'u'.repeat(65);

      expect(encode({ endUser: 'u-7' })['user']).toBe('u-7');
      expect(encode({ endUser: long })['user']).toBe(createHash('sha256').update(long).digest('hex'));
    });

    it.each([
      ['standard_only', 'default', []],
      ['priority', 'priority', []],
      ['platinum', undefined, ['dropped /serviceTier']],
    ])('wants the tier %s', (serviceTier, expected, warned) => {
      const translated = translate({ serviceTier });

      expect(bodyOf(translated)['service_tier']).toBe(expected);
      expect(effects(translated)).toEqual(warned);
    });
  });

  describe('what only others know', () => {
    it('is told once for all cache markers', () => {
      const marked: ContentBlock = { type: 'text', text: 'a', cache: { ttl: '1h' } };
      const translated = translate({
        messages: [{ role: 'system', content: [marked] }, user(marked, marked)],
        tools: [{ ...TOOL, kind: 'function', name: 'f', parameters: {}, cache: {} }],
      });

      expect(translated.warnings).toEqual([
        { path: '/messages', effect: 'dropped', message: expect.stringMatching(/^4 cache markers/) },
      ]);
    });

    it('is a marker that the vendor takes', () => {
      const marked: ContentBlock = { type: 'text', text: 'a', cache: { ttl: '1h' } };

      expect(encode({ messages: [user(marked)] }, { dialect: { cacheControl: true } })['messages']).toEqual([
        {
          role: 'user',
          content: [{ type: 'text', text: 'a', cache_control: { type: 'ephemeral', ttl: '1h' } }],
        },
      ]);
    });

    it('is named for the request and counted for blocks and tools', () => {
      const extensions = { 'anthropic-messages': { container: 'c', context_management: {} } };
      const { warnings } = translate({ extensions, messages: [user({ type: 'text', text: 'a', extensions })] });

      expect(warnings.map(({ message }) => message)).toEqual([
        'Members that only anthropic-messages has were left out: container, context_management.',
        'Members of messages, blocks or tools that only another format has were left out, at 1 places.',
      ]);
    });

    it('is counted for signatures on calls', () => {
      const signed: ContentBlock = {
        type: 'tool-call',
        id: 'a',
        name: 'f',
        argumentsJson: '{}',
        signature: { family: 'gemini', value: 's' },
      };

      expect(effects(translate({ messages: [assistant(signed)] }))).toEqual(['dropped /messages']);
    });
  });
});
