import { readFileSync } from 'node:fs';
import type { CanonicalRequest, GatewayError, JsonObject } from '@sluice/core';
import { decodeRequest } from './decode-request.js';

const decode = (body: JsonObject): CanonicalRequest =>
  decodeRequest({
    path: '/v1/responses',
    query: '',
    body: Buffer.from(JSON.stringify({ model: 'm', input: 'hi', ...body })),
  });
const fixture = (name: string): CanonicalRequest => {
  const body = readFileSync(new URL(`./__fixtures__/requests/${name}`, import.meta.url));
  return decodeRequest({ path: '/v1/responses', query: '', body });
};
const refusalOf = (body: JsonObject): GatewayError => {
  try {
    decode(body);
  } catch (error) {
    return error as GatewayError; // toMatchObject looks at it
  }
  throw new Error('nothing was refused');
};

describe('decodeRequest', () => {
  describe('the conversation', () => {
    it('puts instructions first and keeps roles', () => {
      const { messages } = decode({
        instructions: 'i',
        input: [
          { role: 'developer', content: 'd' },
          { role: 'system', content: 's' },
          { role: 'user', content: 'u' },
          { role: 'assistant', content: 'a' },
        ],
      });

      expect(messages).toMatchObject([
        { role: 'system', content: [{ type: 'text', text: 'i' }] },
        { role: 'system', content: [{ text: 'd' }] },
        { role: 'system', content: [{ text: 's' }] },
        { role: 'user', content: [{ text: 'u' }] },
        { role: 'assistant', content: [{ text: 'a' }] },
      ]);
    });

    it('makes one message of what the model said in a row, and one of the results of its calls', () => {
      const { messages } = fixture('agent-loop.json');

      expect(messages.map(({ role, content }) => [role, content.map(({ type }) => type)])).toEqual([
        ['system', ['text']],
        ['system', ['text']],
        ['user', ['text']],
        ['assistant', ['reasoning', 'text', 'text', 'text', 'refusal', 'tool-call', 'tool-call']],
        ['user', ['tool-result', 'tool-result']],
        ['assistant', ['tool-call']],
        ['user', ['tool-result']],
        ['user', ['text']],
      ]);
    });

    it('does not join calls across a message of the user', () => {
      const call = (id: string) => ({ type: 'function_call', call_id: id, name: 'f', arguments: '{}' });
      const { messages } = decode({ input: [call('a'), { role: 'user', content: 'x' }, call('b')] });

      expect(messages.map(({ role }) => role)).toEqual(['assistant', 'user', 'assistant']);
    });

    it('reads reasoning with its proof, byte for byte', () => {
      const [reasoning] = fixture('agent-loop.json').messages[3]?.content ?? [];

      expect(reasoning).toMatchObject({
        type: 'reasoning',
        text: 'Two cities.\n\nTwo calls.',
        signature: { family: 'openai', value: 'gAAAAABoISN0dGhpcyBpcyBhIG1hZGUtdXAgdG9rZW4=' },
      });
    });

    it('takes Anthropic’s sealed thinking back', () => {
      const { messages } = decode({
        input: [{ type: 'reasoning', summary: [], encrypted_content: 'claude-redacted-thinking:SEALED' }],
      });

      expect(messages[0]?.content).toMatchObject([{ type: 'reasoning', text: '', redacted: 'SEALED' }]);
      expect(messages[0]?.content[0]).not.toHaveProperty('signature');
    });

    it('reads the reasoning itself where there is no summary', () => {
      const content = [{ type: 'reasoning_text', text: 'open' }];
      const { messages } = decode({ input: [{ type: 'reasoning', summary: [], content }] });

      expect(messages[0]?.content).toMatchObject([{ type: 'reasoning', text: 'open' }]);
    });

    it('keeps arguments as they are written, and takes the call_id for the id', () => {
      const { messages } = fixture('agent-loop.json');

      expect(messages[3]?.content[5]).toMatchObject({
        type: 'tool-call',
        id: 'call_1',
        name: 'get_weather',
        argumentsJson: '{"city": "Oslo", "precision": 1.0}',
      });
    });

    it('takes custom calls for calls with one parameter', () => {
      const { messages } = fixture('agent-loop.json');

      expect(messages[5]?.content[0]).toMatchObject({ type: 'tool-call', id: 'call_3', name: 'apply_patch' });
      expect(messages[5]?.content[0]).toHaveProperty(
        'argumentsJson',
        JSON.stringify({ input: '*** Begin Patch\n+ "quoted" ü\n*** End Patch' }),
      );
      expect(messages[6]?.content[0]).toMatchObject({
        type: 'tool-result',
        callId: 'call_3',
        content: [{ text: 'Done!' }],
      });
    });

    it('reads outputs with images', () => {
      expect(fixture('agent-loop.json').messages[4]?.content[1]).toMatchObject({
        type: 'tool-result',
        callId: 'call_2',
        content: [
          { type: 'text', text: 'sun' },
          { type: 'image', mediaType: 'image/png', source: { kind: 'base64', value: 'iVBORw0KGgo=' } },
        ],
      });
    });

    it('reads media of every kind', () => {
      expect(fixture('media-and-schema.json').messages[0]?.content).toMatchObject([
        { type: 'text', cache: {} },
        { type: 'image', source: { kind: 'url', value: 'https://images.example/a.png' } },
        { type: 'image', source: { kind: 'file-id', value: 'file-abc' } },
        {
          type: 'document',
          title: 'report.pdf',
          mediaType: 'application/pdf',
          source: { kind: 'base64', value: 'JVBERi0=' },
        },
        { type: 'document', source: { kind: 'url', value: 'https://files.example/b.pdf' } },
        { type: 'document', source: { kind: 'file-id', value: 'file-def' } },
        { type: 'audio', mediaType: 'audio/wav', source: { kind: 'base64', value: 'UklGRg==' } },
      ]);
    });

    it('carries what tools of the vendor did, and what only this format knows', () => {
      const { messages } = fixture('server-tools.json');

      expect(messages.flatMap(({ role, content }) => content.map((block) => [role, block.type]))).toEqual([
        ['user', 'text'],
        ['assistant', 'server-tool'],
        ['assistant', 'server-tool'],
        ['assistant', 'server-tool'],
        ['assistant', 'server-tool'],
        ['user', 'opaque'],
        ['assistant', 'server-tool'],
        ['user', 'opaque'],
        ['assistant', 'text'],
        ['user', 'text'],
      ]);
      expect(messages[1]?.content[0]).toMatchObject({ id: 'ws_1', tool: 'web_search' });
    });
  });

  describe('tools', () => {
    it('reads functions, custom tools and tools of the vendor', () => {
      expect(fixture('agent-loop.json').tools).toMatchObject([
        { kind: 'function', name: 'get_weather', strict: true },
        { kind: 'function', name: 'no_args', parameters: { type: 'object', properties: {} } },
        {
          kind: 'function',
          name: 'apply_patch',
          description: 'Edits files.\n\nThe input must match this lark grammar:\nstart: "x"',
          parameters: { type: 'object', properties: { input: { type: 'string' } }, required: ['input'] },
        },
        { kind: 'server', tool: 'web_search', raw: { format: 'openai-responses' } },
      ]);
    });

    it('never takes a tool of the vendor for one of the client', () => {
      const { tools } = fixture('server-tools.json');

      expect(tools.map((tool) => [tool.kind, tool.kind === 'server' && tool.tool])).toEqual([
        ['server', 'web_search'],
        ['server', 'code_interpreter'],
        ['server', 'mcp'],
        ['server', 'local_shell'],
        ['server', 'image_generation'],
      ]);
    });

    it('flattens namespaces, in the history as well', () => {
      const crm = { type: 'namespace', name: 'crm', tools: [{ type: 'function', name: 'find', parameters: {} }] };
      const { tools, messages } = decode({
        tools: [crm],
        input: [{ type: 'function_call', call_id: 'c', namespace: 'crm', name: 'find', arguments: '{}' }],
      });

      expect(tools).toMatchObject([{ kind: 'function', name: 'crm__find' }]);
      expect(messages[0]?.content).toMatchObject([{ type: 'tool-call', name: 'crm__find' }]);
    });

    it('takes tools from items of the input; the client’s own come first', () => {
      const tool = (description: string) => ({ type: 'function', name: 'f', description, parameters: {} });
      const { tools } = decode({
        tools: [tool('own')],
        input: [{ type: 'additional_tools', role: 'developer', tools: [tool('late'), { ...tool('new'), name: 'g' }] }],
      });

      expect(tools).toMatchObject([
        { name: 'f', description: 'own' },
        { name: 'g', description: 'new' },
      ]);
    });

    it('offers only the allowed tools', () => {
      const { tools, toolChoice } = fixture('namespaces.json');

      expect(tools).toMatchObject([{ name: 'other' }]);
      expect(toolChoice).toEqual({ mode: 'required' });
    });

    it.each<[JsonObject, unknown]>([
      [{ tool_choice: 'none' }, { mode: 'none' }],
      [
        { tool_choice: 'required', parallel_tool_calls: false },
        { mode: 'required', parallel: false },
      ],
      [{ tool_choice: { type: 'function', name: 'f' } }, { mode: 'named', name: 'f' }],
      [{ tool_choice: { type: 'custom', name: 'p' } }, { mode: 'named', name: 'p' }],
      [{ tool_choice: { type: 'web_search' } }, undefined],
      [{ parallel_tool_calls: true }, { mode: 'auto', parallel: true }],
      [{}, undefined],
    ])('chooses %j as %j', (body, expected) => {
      expect(decode(body).toolChoice).toEqual(expected);
    });
  });

  describe('options', () => {
    it.each<[JsonObject, unknown]>([
      [
        { effort: 'high', summary: 'auto' },
        { mode: 'on', effort: 'high', show: 'summary' },
      ],
      [{ effort: 'none' }, { mode: 'off', effort: 'none' }],
      [{ summary: 'detailed' }, { mode: 'adaptive', show: 'summary' }],
      [{ effort: null, summary: null }, undefined],
    ])('reasons by %j', (reasoning, expected) => {
      expect(decode({ reasoning }).reasoning).toEqual(expected);
    });

    it('reads sampling, schema, end user and tier', () => {
      expect(fixture('media-and-schema.json')).toMatchObject({
        sampling: { maxOutputTokens: 500, temperature: 0.2, topP: 0.9, logprobs: 3 },
        responseFormat: { type: 'json-schema', name: 'findings', strict: true },
        endUser: 'hash-1',
      });
      expect(fixture('agent-loop.json')).toMatchObject({ serviceTier: 'priority', stream: true });
    });

    it.each<[JsonObject, unknown]>([
      [{ format: { type: 'text' } }, { type: 'text' }],
      [{ format: { type: 'json_object' } }, { type: 'json' }],
      [{ format: { type: 'grammar', definition: 'x' } }, undefined],
      [{ verbosity: 'low' }, undefined],
    ])('answers in %j', (text, expected) => {
      expect(decode({ text }).responseFormat).toEqual(expected);
    });
  });

  describe('what only a vendor with state can answer', () => {
    it.each([
      ['conversation', { conversation: { id: 'conv_1' } }],
      ['prompt', { prompt: { id: 'pmpt_1' } }],
      ['background', { background: true }],
      ['input[0]', { input: [{ type: 'item_reference', id: 'msg_1' }] }],
      ['input[1]', { input: [{ role: 'user', content: 'x' }, { id: 'rs_1' }] }],
    ])('is refused: %s', (param, body) => {
      expect(refusalOf(body)).toMatchObject({ kind: 'invalid_request', param, status: 400 });
    });

    it('says what to do', () => {
      expect(refusalOf({ previous_response_id: 'resp_1' })).toMatchObject({
        kind: 'previous_response_not_found',
        param: 'previous_response_id',
        status: 400,
        message:
          "Previous response with id 'resp_1' not found. No account for this model speaks the Responses API and keeps state, and the " +
          'gateway remembers none of that id; send the earlier items in "input" instead, or ask the operator for responses.store.enabled.',
      });
    });

    it.each([[{ previous_response_id: null }], [{ background: false }], [{ conversation: null }]])(
      'is not asked for by %j',
      (body) => {
        expect(decode(body).messages).toHaveLength(1);
      },
    );
  });

  it.each([
    ['input', { input: 7 }],
    ['input[0]', { input: ['x'] }],
    ['input[0].role', { input: [{ role: 'wizard', content: 'x' }] }],
    ['input[0].content', { input: [{ role: 'user', content: 3 }] }],
    ['input[0].content[0].text', { input: [{ role: 'user', content: [{ type: 'input_text' }] }] }],
    ['input[0].content[0].image_url', { input: [{ role: 'user', content: [{ type: 'input_image' }] }] }],
    [
      'input[0].content[0].image_url',
      { input: [{ role: 'user', content: [{ type: 'input_image', image_url: 'data:image/png;base64' }] }] },
    ],
    ['input[0].content[0].file_data', { input: [{ role: 'user', content: [{ type: 'input_file' }] }] }],
    ['instructions', { instructions: ['x'] }],
  ])('names the wrong member: %s', (param, body) => {
    expect(refusalOf(body)).toMatchObject({ kind: 'invalid_request', param });
  });
});
