import type { CanonicalRequest, ContentBlock, JsonObject, Message, ToolCallBlock } from '@sluice/core';
import type { TranslationContext } from '@sluice/translator-kit';
import { decodeRequest } from './decode-request.js';
import { encodeRequest } from './encode-request.js';

const EMPTY: CanonicalRequest = { model: 'm', stream: false, messages: [], tools: [], sampling: {} };
const contextFor = (upstreamModel: string): TranslationContext => ({
  requestId: 'r-1',
  createdAtSeconds: 1,
  requestedModel: 'asked-for',
  upstreamModel,
  dialect: {},
});

const encode = (request: Partial<CanonicalRequest>, model = 'gpt-4.1'): JsonObject =>
  JSON.parse(encodeRequest({ ...EMPTY, ...request }, contextFor(model)).call.body.toString());
const warningsOf = (request: Partial<CanonicalRequest>, model = 'gpt-4.1') =>
  encodeRequest({ ...EMPTY, ...request }, contextFor(model)).warnings;
const inputOf = (...messages: readonly Message[]): unknown => encode({ messages })['input'];

const text = (words: string): ContentBlock => ({ type: 'text', text: words });
const user = (...content: ContentBlock[]): Message => ({ role: 'user', content });
const assistant = (...content: ContentBlock[]): Message => ({ role: 'assistant', content });
const call = (id: string, members: Partial<ToolCallBlock> = {}): ContentBlock => ({
  type: 'tool-call',
  id,
  name: 'f',
  argumentsJson: '{"a":1}',
  ...members,
});
const result = (callId: string, ...content: ContentBlock[]): ContentBlock => ({ type: 'tool-result', callId, content });
const message = (role: string, type: string, words: string) => ({
  type: 'message',
  role,
  content: [{ type, text: words }],
});

describe('encodeRequest', () => {
  it('goes to the route of the format, for the vendor’s model', () => {
    const { call: wire } = encodeRequest({ ...EMPTY, stream: true }, contextFor('gpt-4.1'));

    expect(wire).toMatchObject({ path: '/v1/responses', query: '' });
    expect(JSON.parse(wire.body.toString())).toEqual({ model: 'gpt-4.1', input: [], store: false, stream: true });
  });

  describe('a client’s own request', () => {
    it('is not told what it did not say', () => {
      const body = { model: 'gpt-5', input: 'hi', tools: [{ type: 'function', name: 'f', parameters: {} }] };
      const own = decodeRequest({ path: '', query: '', body: Buffer.from(JSON.stringify(body)) });

      expect(encode(own, 'gpt-5')).toEqual(body);
    });
  });

  describe('the conversation', () => {
    it('makes instructions of the system prompt, and items of later system messages', () => {
      const body = encode({
        messages: [
          { role: 'system', content: [text('a'), text('b')] },
          { role: 'system', content: [text('c')] },
          user(text('u')),
          { role: 'system', content: [text('d')] },
        ],
      });

      expect(body).toMatchObject({
        instructions: 'a\n\nb\n\nc',
        input: [message('user', 'input_text', 'u'), message('system', 'input_text', 'd')],
      });
    });

    it('shows nobody the lines that are meant for Anthropic’s billing', () => {
      const system: Message = {
        role: 'system',
        content: [
          { type: 'opaque', format: 'anthropic-messages', value: { text: 'x-anthropic-billing-header: a' } },
          text('x-anthropic-billing-header: b\nBe brief.'),
        ],
      };

      expect(encode({ messages: [system, user(text('u'))] })['instructions']).toBe('Be brief.');
      expect(warningsOf({ messages: [system, user(text('u'))] })).toEqual([]);
    });

    it('says blocks in their order: text, calls, results', () => {
      expect(
        inputOf(
          user(text('u')),
          assistant(text('a'), text('b'), call('c1'), text('c'), call('c2', { argumentsJson: '' })),
          user(result('c1', text('one'), text('two')), result('c2'), text('next')),
        ),
      ).toEqual([
        message('user', 'input_text', 'u'),
        {
          type: 'message',
          role: 'assistant',
          content: [
            { type: 'output_text', text: 'a' },
            { type: 'output_text', text: 'b' },
          ],
        },
        { type: 'function_call', call_id: 'c1', name: 'f', arguments: '{"a":1}' },
        message('assistant', 'output_text', 'c'),
        { type: 'function_call', call_id: 'c2', name: 'f', arguments: '{}' },
        { type: 'function_call_output', call_id: 'c1', output: 'one\n\ntwo' },
        { type: 'function_call_output', call_id: 'c2', output: '' },
        message('user', 'input_text', 'next'),
      ]);
    });

    it('gives images of tools in their output, and failures in its words', () => {
      const image: ContentBlock = {
        type: 'image',
        mediaType: 'image/png',
        source: { kind: 'base64', value: 'iVBORw0KGgo=' },
      };
      const failed: ContentBlock = { type: 'tool-result', callId: 'c2', content: [text('no')], isError: true };

      expect(inputOf(assistant(call('c1'), call('c2')), user(result('c1', text('see'), image), failed))).toMatchObject([
        {},
        {},
        {
          output: [
            { type: 'input_text', text: 'see' },
            { type: 'input_image', image_url: 'data:image/png;base64,iVBORw0KGgo=' },
          ],
        },
        { output: 'Error: no' },
      ]);
    });

    it('shortens ids that are too long, in call and result alike', () => {
      const id = 'x'.repeat(70);
      const items = inputOf(assistant(call(id)), user(result(id))) as { call_id: string }[]; // both items have one

      expect(items[0]?.call_id).toMatch(/^x{47}_[0-9a-f]{16}$/);
      expect(items[1]?.call_id).toBe(items[0]?.call_id);
    });

    it('tells a result without a call as what the user says, and a call without a result as not known', () => {
      const messages = [user(result('lost', text('found'))), assistant(call('c1')), user(text('go'))];

      expect(encode({ messages })['input']).toEqual([
        message('user', 'input_text', 'found'),
        { type: 'function_call', call_id: 'c1', name: 'f', arguments: '{"a":1}' },
        { type: 'function_call_output', call_id: 'c1', output: 'The result of this call is not known.' },
        message('user', 'input_text', 'go'),
      ]);
      expect(warningsOf({ messages }).map(({ effect }) => effect)).toEqual(['changed', 'approximated']);
    });
  });

  describe('reasoning of earlier turns', () => {
    it('is replayed when OpenAI encrypted it', () => {
      const signature = { family: 'openai' as const, value: 'gAAAAABx' };

      expect(inputOf(assistant({ type: 'reasoning', text: 'T', signature }))).toEqual([
        { type: 'reasoning', summary: [{ type: 'summary_text', text: 'T' }], encrypted_content: 'gAAAAABx' },
      ]);
    });

    it.each<ContentBlock>([
      { type: 'reasoning', text: 'T', signature: { family: 'anthropic', value: 'sig' } },
      { type: 'reasoning', text: 'T', signature: { family: 'gemini', value: 'sig' } },
      { type: 'reasoning', text: 'T', signature: { family: 'unknown', value: 'sig' } },
      { type: 'reasoning', text: '', redacted: 'sealed' },
      { type: 'reasoning', text: 'unsigned' },
    ])('is left out with a warning when it is another’s: %j', (block) => {
      const messages = [assistant(block, text('a'))];

      expect(encode({ messages })['input']).toEqual([message('assistant', 'output_text', 'a')]);
      expect(warningsOf({ messages })).toMatchObject([{ path: '/messages/0/content/0', effect: 'dropped' }]);
    });
  });

  describe('media', () => {
    it.each<[string, ContentBlock, unknown]>([
      [
        'an image by address',
        { type: 'image', source: { kind: 'url', value: 'https://images.example/a.png' } },
        { type: 'input_image', image_url: 'https://images.example/a.png' },
      ],
      [
        'a document without a name',
        { type: 'document', mediaType: 'application/pdf', source: { kind: 'base64', value: 'JVBERi0=' } },
        { type: 'input_file', filename: 'file.pdf', file_data: 'data:application/pdf;base64,JVBERi0=' },
      ],
      [
        'a document by address',
        { type: 'document', title: 'b', source: { kind: 'url', value: 'https://files.example/b' } },
        { type: 'input_file', filename: 'b', file_url: 'https://files.example/b' },
      ],
      [
        'a document of text',
        { type: 'document', title: 'notes', mediaType: 'text/plain', source: { kind: 'base64', value: 'aGk=' } },
        { type: 'input_text', text: 'notes\n\nhi' },
      ],
      [
        'a file at OpenAI',
        { type: 'document', source: { kind: 'file-id', value: 'file-1' } },
        { type: 'input_file', file_id: 'file-1' },
      ],
      [
        'sound',
        { type: 'audio', mediaType: 'audio/mpeg', source: { kind: 'base64', value: 'SUQz' } },
        { type: 'input_audio', input_audio: { data: 'SUQz', format: 'mp3' } },
      ],
    ])('%s', (_, block, part) => {
      expect(inputOf(user(block))).toEqual([{ type: 'message', role: 'user', content: [part] }]);
    });

    it('reports a file that another vendor holds', () => {
      const messages = [user(text('x'), { type: 'image', source: { kind: 'file-id', value: 'files/abc' } })];

      expect(warningsOf({ messages })).toMatchObject([{ path: '/messages/0/content/1', effect: 'dropped' }]);
    });
  });

  describe('tools', () => {
    const f = { kind: 'function' as const, name: 'f', parameters: { type: 'object' } };

    it('says of every tool whether it is strict: here the default is another one', () => {
      expect(encode({ tools: [f, { ...f, name: 'g', strict: true }] })['tools']).toEqual([
        { type: 'function', name: 'f', parameters: { type: 'object', properties: {} }, strict: false },
        { type: 'function', name: 'g', parameters: { type: 'object', properties: {} }, strict: true },
      ]);
    });

    it.each<[CanonicalRequest['toolChoice'], JsonObject]>([
      [{ mode: 'auto' }, { tool_choice: 'auto' }],
      [
        { mode: 'required', parallel: false },
        { tool_choice: 'required', parallel_tool_calls: false },
      ],
      [{ mode: 'named', name: 'f' }, { tool_choice: { type: 'function', name: 'f' } }],
    ])('chooses %j as %j', (toolChoice, expected) => {
      expect(encode({ tools: [f], ...(toolChoice && { toolChoice }) })).toMatchObject(expected);
    });

    it('says nothing of tools when there are none', () => {
      expect(encode({ toolChoice: { mode: 'auto', parallel: true } })).toEqual({
        model: 'gpt-4.1',
        input: [],
        store: false,
      });
      expect(warningsOf({ toolChoice: { mode: 'required' } })).toMatchObject([{ path: '/toolChoice' }]);
    });

    it('spells names as OpenAI allows them', () => {
      const tools = [{ ...f, name: 'mcp.read file' }];
      const messages = [assistant(call('c', { name: 'mcp.read file' })), user(result('c'))];

      expect(encode({ tools, messages })).toMatchObject({
        tools: [{ name: 'mcp_read_file' }],
        input: [{ name: 'mcp_read_file' }, {}],
      });
      expect(warningsOf({ tools, messages })).toMatchObject([{ path: '/tools/0/name', effect: 'changed' }]);
    });

    it('searches the web with OpenAI’s own tool, and leaves other vendors’ tools out', () => {
      const server = (tool: string) => ({
        kind: 'server' as const,
        tool,
        raw: { format: 'anthropic-messages', value: {} },
      });
      const tools = [server('web_search'), server('code_execution')];

      expect(encode({ tools })['tools']).toEqual([{ type: 'web_search' }]);
      expect(warningsOf({ tools }).map(({ path, effect }) => [path, effect])).toEqual([
        ['/tools/0', 'approximated'],
        ['/tools/1', 'dropped'],
      ]);
    });
  });

  describe('options', () => {
    it('keeps nothing and asks for encrypted reasoning where the model reasons', () => {
      expect(encode({}, 'gpt-5.1')).toMatchObject({ store: false, include: ['reasoning.encrypted_content'] });
      expect(encode({}, 'gpt-4.1')).not.toHaveProperty('include');
    });

    it.each<[string, CanonicalRequest['reasoning'], unknown]>([
      ['gpt-5.1', { mode: 'on', effort: 'high' }, { effort: 'high' }],
      ['gpt-5.1', { mode: 'off' }, { effort: 'none' }],
      ['gpt-5', { mode: 'off' }, { effort: 'minimal' }],
      ['o3', { mode: 'on', effort: 'xhigh' }, { effort: 'high' }],
      ['gpt-5.1', { mode: 'on', budgetTokens: 8000 }, { effort: 'medium', summary: 'auto' }],
      ['gpt-5.1', { mode: 'adaptive', show: 'summary' }, { summary: 'auto' }],
      ['gpt-4.1', { mode: 'on', effort: 'high' }, undefined],
      ['some-model', { mode: 'on', effort: 'high' }, { effort: 'high' }],
    ])('%s reasons by %j as %j', (model, reasoning, expected) => {
      expect(encode(reasoning === undefined ? {} : { reasoning }, model)['reasoning']).toEqual(expected);
    });

    it('sends what models draw with, unless they reason', () => {
      const sampling = { temperature: 0.5, topP: 0.9, maxOutputTokens: 100 };

      expect(encode({ sampling }, 'gpt-4.1')).toMatchObject({ temperature: 0.5, top_p: 0.9, max_output_tokens: 100 });
      expect(encode({ sampling }, 'gpt-5')).not.toHaveProperty('temperature');
      expect(warningsOf({ sampling }, 'gpt-5').map(({ path }) => path)).toEqual([
        '/sampling/temperature',
        '/sampling/topP',
      ]);
    });

    it('raises a limit that OpenAI would refuse', () => {
      expect(encode({ sampling: { maxOutputTokens: 1 } })['max_output_tokens']).toBe(16);
      expect(warningsOf({ sampling: { maxOutputTokens: 1 } })).toMatchObject([{ effect: 'approximated' }]);
    });

    it('reports what the format has no member for', () => {
      const sampling = {
        stop: ['x'],
        seed: 1,
        topK: 2,
        presencePenalty: 0.1,
        frequencyPenalty: 0.1,
        candidates: 2,
      };

      expect(warningsOf({ sampling }).map(({ path, effect }) => [path, effect])).toEqual([
        ['/sampling/stop', 'dropped'],
        ['/sampling/seed', 'dropped'],
        ['/sampling/topK', 'dropped'],
        ['/sampling/presencePenalty', 'dropped'],
        ['/sampling/frequencyPenalty', 'dropped'],
        ['/sampling/candidates', 'dropped'],
      ]);
    });

    it('asks for log probabilities', () => {
      expect(encode({ sampling: { logprobs: 2 } })).toMatchObject({
        top_logprobs: 2,
        include: ['message.output_text.logprobs'],
      });
    });

    it('names a schema, and spells the name as OpenAI allows it', () => {
      const schema = { type: 'object' };

      expect(encode({ responseFormat: { type: 'json-schema', schema } })['text']).toEqual({
        format: { type: 'json_schema', name: 'response', schema },
      });
      expect(encode({ responseFormat: { type: 'json-schema', name: 'a b', schema, strict: true } })['text']).toEqual({
        format: { type: 'json_schema', name: 'a_b', schema, strict: true },
      });
      expect(encode({ responseFormat: { type: 'json' } })['text']).toEqual({ format: { type: 'json_object' } });
    });

    it('tells who asks, and how urgently', () => {
      expect(encode({ endUser: 'u', serviceTier: 'standard_only' })).toMatchObject({
        safety_identifier: 'u',
        service_tier: 'default',
      });
      expect(encode({ endUser: 'u'.repeat(65) })['safety_identifier']).toMatch(/^[0-9a-f]{64}$/);
      expect(warningsOf({ serviceTier: 'turbo' })).toMatchObject([{ path: '/serviceTier', effect: 'dropped' }]);
    });

    it('reports cache markers once', () => {
      const marked: ContentBlock = { type: 'text', text: 'a', cache: {} };

      expect(warningsOf({ messages: [user(marked), user(marked)] })).toEqual([
        {
          path: '/messages',
          effect: 'dropped',
          message: '2 cache markers were left out: OpenAI caches prompts by itself.',
        },
      ]);
    });
  });
});
