import type { CanonicalRequest, ContentBlock, Message } from '@sluice/core';
import type { TranslationContext } from '@sluice/translator-kit';
import { assistant, call, contextOf, functionTool, requestOf, result, system, user } from '../__fixtures__/requests.js';
import { specsOf } from '../__fixtures__/encode.js';
import type { HistoryEntry, KiroRequest, UserInput } from '../wire-types.js';
import { encodeRequest } from './encode-request.js';

const SESSION = '0b4445e1-f5be-49e1-87ce-62bbc28ad705';
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** One pixel of each kind, as base64 of its first bytes. */
const JPEG = '/9j/4AAQSkZJRgABAQ==';
const PNG = 'iVBORw0KGgoAAAANSUhEUg==';

const image = (value = PNG, mediaType = 'image/png') =>
  ({ type: 'image', mediaType, source: { kind: 'base64', value } }) as const;

function encode(members: Partial<CanonicalRequest> = {}, context: Partial<TranslationContext> = {}) {
  const { call: wire, warnings } = encodeRequest(requestOf(members), contextOf(context));
  const body = JSON.parse(wire.body.toString()) as KiroRequest;
  const { conversationState } = body;
  return {
    wire,
    body,
    warnings,
    history: conversationState.history ?? [],
    current: conversationState.currentMessage.userInputMessage,
  };
}

const talk = (...messages: readonly Message[]) => encode({ messages });

/** `user: text`, `assistant: text (calls)`, as a reader would tell the history. */
function tellHistory(history: readonly HistoryEntry[]): string[] {
  return history.map((entry) => {
    if ('userInputMessage' in entry) {
      const { content, userInputMessageContext } = entry.userInputMessage;
      const results = userInputMessageContext?.toolResults?.map(({ toolUseId }) => toolUseId) ?? [];
      return `user: ${[content, ...results].join('|')}`;
    }
    const { content, toolUses = [] } = entry.assistantResponseMessage;
    return `assistant: ${[content, ...toolUses.map(({ toolUseId }) => toolUseId)].join('|')}`;
  });
}

const resultIds = ({ userInputMessageContext }: UserInput) =>
  userInputMessageContext?.toolResults?.map(({ toolUseId }) => toolUseId);
const specNames = (input: UserInput) => specsOf(input).map(({ name }) => name);

describe('encodeRequest', () => {
  describe('body', () => {
    it('has the shape of the vendor’s own editor', () => {
      const { wire, body, warnings } = encode({
        endUser: `user_x_account__session_${SESSION}`,
        messages: [
          system('You are terse.'),
          user('Weather in Paris?'),
          assistant(call('toolu_1')),
          user(result('toolu_1')),
        ],
        tools: [
          functionTool(
            'get_weather',
            { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
            'Weather for a city',
          ),
        ],
      });
      const modelId = 'claude-sonnet-4.5';
      const origin = 'AI_EDITOR';

      expect(wire).toMatchObject({ path: '/generateAssistantResponse', query: '' });
      expect(warnings).toEqual([]);
      expect(body).toEqual({
        conversationState: {
          agentContinuationId: expect.stringMatching(UUID),
          agentTaskType: 'vibe',
          chatTriggerType: 'MANUAL',
          conversationId: SESSION,
          currentMessage: {
            userInputMessage: {
              content: '',
              modelId,
              origin,
              userInputMessageContext: {
                toolResults: [{ toolUseId: 'toolu_1', content: [{ text: '21 °C' }], status: 'success' }],
                tools: [
                  {
                    toolSpecification: {
                      name: 'get_weather',
                      description: 'Weather for a city',
                      inputSchema: {
                        json: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
                      },
                    },
                  },
                ],
              },
            },
          },
          history: [
            { userInputMessage: { content: 'You are terse.', modelId, origin } },
            { assistantResponseMessage: { content: 'I will follow these instructions.' } },
            { userInputMessage: { content: 'Weather in Paris?', modelId, origin } },
            {
              assistantResponseMessage: {
                content: ' ',
                toolUses: [{ toolUseId: 'toolu_1', name: 'get_weather', input: { city: 'Paris' } }],
              },
            },
          ],
        },
      });
    });

    it('is the same for the same request, and its ids differ for another', () => {
      expect(encode().wire).toEqual(encode().wire);
      expect(encode().body.conversationState.conversationId).not.toBe(
        encode({}, { requestId: 'req-2' }).body.conversationState.conversationId,
      );
    });

    it('has no profile: that belongs to the account that sends', () => {
      expect(encode().body).not.toHaveProperty('profileArn');
    });

    it('refuses a request without messages', () => {
      expect(() => encode({ messages: [] })).toThrow(expect.objectContaining({ kind: 'invalid_request' }));
    });
  });

  describe('conversation', () => {
    it('takes an OpenAI prompt-cache key that is a UUID', () => {
      const { body } = encode({ extensions: { 'openai-chat': { prompt_cache_key: SESSION } } });

      expect(body.conversationState.conversationId).toBe(SESSION);
    });

    it('tells instructions from later on at the beginning, and says so', () => {
      const { history, warnings } = talk(user('a'), system('S'), user('b'));

      expect(tellHistory(history)).toEqual(['user: S', 'assistant: I will follow these instructions.']);
      expect(warnings).toMatchObject([{ path: '/messages/1', effect: 'changed' }]);
    });

    it('says "Continue" where the client said nothing', () => {
      expect(talk(user(' ')).current.content).toBe('Continue');
    });

    it('leaves the text empty where results speak', () => {
      const { history } = talk(user('a'), assistant(call('t')), user(result('t')), assistant('b'), user('c'));

      expect(tellHistory(history)).toEqual(['user: a', 'assistant:  |t', 'user: |t', 'assistant: b']);
    });

    it('drops an answer that the client began without saying anything', () => {
      const { history, current } = talk(user('a'), assistant(' '));

      expect(tellHistory(history)).toEqual([]);
      expect(current.content).toBe('a');
    });

    it('drops a second result of a call', () => {
      const { current, warnings } = talk(user('a'), assistant(call('t')), user(result('t', 'one'), result('t', 'two')));

      expect(current.userInputMessageContext?.toolResults).toMatchObject([{ content: [{ text: 'one' }] }]);
      expect(warnings).toMatchObject([{ path: '/messages/2/content/1', effect: 'dropped' }]);
    });

    it('says where a result has nothing to say, and that a tool failed', () => {
      const failed = { type: 'tool-result', callId: 't', content: [], isError: true } as const;

      const { current } = talk(user('a'), assistant(call('t')), user(failed));

      expect(current.userInputMessageContext?.toolResults).toEqual([
        { toolUseId: 't', content: [{ text: '(empty result)' }], status: 'error' },
      ]);
    });

    it.each([
      ['', {}],
      ['[1]', { value: '[1]' }],
      ['{"a":', { value: '{"a":' }],
    ])('makes an object of the arguments %j', (argumentsJson, input) => {
      const { history } = talk(user('a'), assistant(call('t', 'f', argumentsJson)), user(result('t')));

      expect(history[1]).toMatchObject({ assistantResponseMessage: { toolUses: [{ input }] } });
    });
  });

  describe('tools', () => {
    it('offers none where the client wants none called, but keeps placeholders', () => {
      const { current } = encode({
        messages: [user('a'), assistant(call('t', 'Bash')), user(result('t'))],
        tools: [functionTool('Bash'), functionTool('Read')],
        toolChoice: { mode: 'none' },
      });

      expect(specNames(current)).toEqual(['Bash']);
    });

    it.each([
      [{ mode: 'required' } as const, 'You must call at least one of the available tools in your next answer.'],
      [{ mode: 'named', name: 'Bash' } as const, 'You must call the tool "Bash" in your next answer.'],
    ])('asks for %j in the system prompt', (toolChoice, sentence) => {
      const { history, warnings } = encode({ tools: [functionTool('Bash')], toolChoice });

      expect(tellHistory(history)[0]).toBe(`user: ${sentence}`);
      expect(warnings).toMatchObject([{ path: '/toolChoice', effect: 'approximated' }]);
    });

    it('reports tools that another vendor runs, rules that are lost, and strictness', () => {
      const { warnings } = encode({
        tools: [
          { kind: 'server', tool: 'web_search', raw: { format: 'anthropic-messages', value: {} } },
          { ...functionTool('f', { type: 'object', patternProperties: { '^a': {} } }), strict: true },
        ],
      });

      expect(warnings).toMatchObject([
        { path: '/tools/0', effect: 'dropped' },
        { path: '/tools/1', effect: 'changed', message: expect.stringContaining('patternProperties') },
        { path: '/tools/1', effect: 'dropped' },
      ]);
    });

    it('makes names that the vendor allows', () => {
      const { current } = encode({ tools: [functionTool('mcp.read file'), functionTool('1st')] });

      expect(specNames(current)).toEqual(['mcp_read_file', 't_1st']);
    });

    it('keeps names apart that would be the same', () => {
      const { current } = encode({ tools: [functionTool('a_b'), functionTool('a.b')] });

      expect(new Set(specNames(current)).size).toBe(2);
    });

    it('uses the same name in the history', () => {
      const name = 'mcp__some_very_long_server_name__with_an_even_longer_tool_name_that_exceeds';

      const { history, current } = encode({
        messages: [user('a'), assistant(call('t', name)), user(result('t'))],
        tools: [functionTool(name)],
      });

      expect(history[1]).toMatchObject({ assistantResponseMessage: { toolUses: [{ name: specNames(current)[0] }] } });
      expect(specNames(current)).toHaveLength(1);
    });
  });

  describe('images', () => {
    it('go beside the text, without the context', () => {
      expect(talk(user('see', image())).current).toMatchObject({
        content: 'see',
        images: [{ format: 'png', source: { bytes: PNG } }],
      });
    });

    it('alone have a space for a text', () => {
      expect(talk(user(image())).current.content).toBe(' ');
    });

    it('that nobody fetches leave a marker', () => {
      const remote = { type: 'image', source: { kind: 'url', value: 'https://example.org/a.png' } } as const;

      const { current, warnings } = talk(user('see', remote));

      expect(current).toMatchObject({ content: 'see\n[image omitted: remote URL]' });
      expect(warnings).toMatchObject([{ path: '/messages/0/content/1', effect: 'dropped' }]);
    });

    it('stay with the last two user turns', () => {
      const { history, current } = talk(
        user('1', image()),
        assistant('a'),
        user('2', image()),
        assistant('b'),
        user('3', image()),
      );

      expect(tellHistory(history)[0]).toBe('user: 1\n[image omitted: sent earlier in the conversation]');
      expect(
        [history[0], history[2], { userInputMessage: current }].map(
          (entry) => entry && 'userInputMessage' in entry && entry.userInputMessage.images?.length,
        ),
      ).toEqual([undefined, 1, 1]);
    });

    it('of unknown kinds and other files leave a marker', () => {
      const { current } = talk(
        user(image('AAAA', 'image/tiff'), {
          type: 'document',
          mediaType: 'application/pdf',
          title: 'a.pdf',
          source: { kind: 'base64', value: 'JVBERi0=' },
        }),
      );

      expect(current.content).toBe('[image omitted: unsupported type image/tiff]\n[document omitted: a.pdf]');
    });
  });

  describe('reasoning', () => {
    const tagged = (length: number) =>
      `user: <thinking_mode>enabled</thinking_mode><max_thinking_length>${length}</max_thinking_length>`;

    it.each([
      [{ mode: 'on' } as const, tagged(20_000)],
      [{ mode: 'on', budgetTokens: 5000 } as const, tagged(5000)],
      [{ mode: 'on', budgetTokens: 999_999 } as const, tagged(128_000)],
      [{ mode: 'on', effort: 'low' } as const, tagged(4000)],
      [
        { mode: 'adaptive' } as const,
        'user: <thinking_mode>adaptive</thinking_mode><thinking_effort>high</thinking_effort>',
      ],
    ])('asks an older model by tags: %j', (reasoning, first) => {
      const { history, body } = encode({ reasoning });

      expect(tellHistory(history)[0]).toBe(first);
      expect(body).not.toHaveProperty('additionalModelRequestFields');
    });

    it('puts the tags before the system prompt, unless the client did', () => {
      const own = '<thinking_mode>enabled</thinking_mode> S';

      expect(tellHistory(encode({ reasoning: { mode: 'on' }, messages: [system('S'), user('a')] }).history)[0]).toBe(
        `${tagged(20_000)}\nS`,
      );
      expect(tellHistory(encode({ reasoning: { mode: 'on' }, messages: [system(own), user('a')] }).history)[0]).toBe(
        `user: ${own}`,
      );
    });

    it.each([
      ['claude-opus-4.6', { mode: 'on', effort: 'xhigh' } as const, { output_config: { effort: 'high' } }],
      ['claude-opus-4.6', { mode: 'on' } as const, { output_config: { effort: 'high' } }],
      ['claude-opus-4.8', { mode: 'on', effort: 'xhigh' } as const, { output_config: { effort: 'xhigh' } }],
      ['claude-sonnet-4.6', { mode: 'on', budgetTokens: 4000 } as const, { output_config: { effort: 'low' } }],
      ['claude-sonnet-5', { mode: 'on', budgetTokens: 99_000 } as const, { output_config: { effort: 'xhigh' } }],
      ['claude-opus-5', { mode: 'on', effort: 'enormous' } as const, { output_config: { effort: 'high' } }],
      [
        'claude-opus-4.6',
        { mode: 'adaptive', effort: 'max' } as const,
        { output_config: { effort: 'max' }, thinking: { type: 'adaptive', display: 'summarized' } },
      ],
      ['gpt-5.6-sol', { mode: 'on', effort: 'medium' } as const, { reasoning: { effort: 'medium' } }],
      ['gpt-5.6-sol', { mode: 'off' } as const, { reasoning: { effort: 'none' } }],
    ])('asks %s for %j by fields', (upstreamModel, reasoning, fields) => {
      const { body, history } = encode({ reasoning }, { upstreamModel });

      expect(body.additionalModelRequestFields).toEqual(fields);
      expect(history).toEqual([]);
    });

    it.each(['claude-sonnet-4.5', 'claude-opus-4.6', 'deepseek-3.2'])(
      'asks %s for nothing unless the client does',
      (upstreamModel) => {
        expect(encode({}, { upstreamModel }).body).not.toHaveProperty('additionalModelRequestFields');
      },
    );

    it('says that a model cannot be made to think', () => {
      const { body, warnings } = encode({ reasoning: { mode: 'on' } }, { upstreamModel: 'deepseek-3.2' });

      expect(body).not.toHaveProperty('additionalModelRequestFields');
      expect(warnings).toMatchObject([{ path: '/reasoning', effect: 'dropped' }]);
    });

    const thought = (value?: string): ContentBlock => ({
      type: 'reasoning',
      text: 'hm',
      ...(value === undefined ? {} : { signature: { family: 'anthropic', value } }),
    });

    it('goes back with its proof where its tools have answered', () => {
      const { history } = talk(user('a'), assistant(thought('sig'), call('t')), user(result('t')));

      expect(history[1]).toMatchObject({
        assistantResponseMessage: { reasoningContent: { reasoningText: { text: 'hm', signature: 'sig' } } },
      });
    });

    it('goes back in its encrypted form', () => {
      const redacted = { type: 'reasoning', text: '', redacted: 'c2VjcmV0' } as const;

      const { history } = talk(user('a'), assistant(redacted, call('t')), user(result('t')));

      expect(history[1]).toMatchObject({
        assistantResponseMessage: { reasoningContent: { redactedContent: 'c2VjcmV0' } },
      });
    });

    it('goes back in tags where it has no proof', () => {
      const { history } = encode({
        reasoning: { mode: 'on' },
        messages: [user('a'), assistant(thought(), 'Looking.', call('t')), user(result('t'))],
      });

      expect(tellHistory(history)[3]).toBe('assistant: <thinking>hm</thinking>\n\nLooking.|t');
    });

    it('of earlier turns and of other families stays away', () => {
      const foreign = { type: 'reasoning', text: 'hm', signature: { family: 'gemini', value: 'g' } } as const;

      const { history, warnings } = talk(
        user('a'),
        assistant(thought('sig'), 'b'),
        user('c'),
        assistant(foreign, call('t')),
        user(result('t')),
      );

      expect(JSON.stringify(history)).not.toContain('hm');
      expect(warnings).toMatchObject([
        { effect: 'dropped', message: 'Reasoning of earlier turns is not sent to Kiro.' },
      ]);
    });
  });

  describe('warnings', () => {
    it('name every option that cannot be said, once', () => {
      const { warnings } = encode({
        sampling: { maxOutputTokens: 1, temperature: 0, topP: 1, topK: 1, seed: 1, candidates: 2, stop: ['x'] },
        responseFormat: { type: 'json-schema', schema: { type: 'object' } },
        serviceTier: 'priority',
        messages: [user({ type: 'text', text: 'a', cache: {} }, { type: 'text', text: 'b', cache: {} })],
      });

      expect(warnings.map(({ path, effect }) => `${path} ${effect}`)).toEqual([
        '/sampling/maxOutputTokens dropped',
        '/sampling/temperature dropped',
        '/sampling/topP dropped',
        '/sampling/topK dropped',
        '/sampling/seed dropped',
        '/sampling/candidates dropped',
        '/serviceTier dropped',
        '/messages/0/content/0 dropped',
        '/responseFormat approximated',
      ]);
    });

    it('name blocks that only others know', () => {
      const { warnings, current } = talk(
        user('a', { type: 'opaque', format: 'gemini', value: {} }),
        assistant('b', {
          type: 'server-tool',
          id: 's',
          tool: 'web_search',
          raw: { format: 'anthropic-messages', value: {} },
        }),
        user('c'),
      );

      expect(warnings).toMatchObject([
        { path: '/messages/0/content/1', effect: 'dropped' },
        { path: '/messages/1/content/1', effect: 'dropped' },
      ]);
      expect(current.content).toBe('c');
    });
  });

  describe('reference vectors', () => {
    it.each([
      ['22: session behind a marker', `user_x_account__session_${SESSION}`],
      ['23: session in JSON', JSON.stringify({ device_id: 'd', session_id: SESSION })],
    ])('%s', (_name, endUser) => {
      expect(encode({ endUser }).body.conversationState.conversationId).toBe(SESSION);
    });

    it('24: session that is none', () => {
      expect(encode({ endUser: 'session_short' }).body.conversationState.conversationId).toMatch(UUID);
    });

    it('25: system prompt', () => {
      const { history, current } = talk(system('S'), user('hi'));

      expect(tellHistory(history)).toEqual(['user: S', 'assistant: I will follow these instructions.']);
      expect(current.content).toBe('hi');
    });

    it('26: two user messages', () => {
      const { history, current } = talk(user('a'), user('b'));

      expect(history).toEqual([]);
      expect(current.content).toBe('a\nb');
    });

    it('27: two assistant messages', () => {
      const { history } = talk(user('a'), assistant(' '), assistant('b', call('t')), user(result('t')));

      expect(tellHistory(history)).toEqual(['user: a', 'assistant: b|t']);
    });

    it('28: answer that the client began', () => {
      const { history, current } = talk(user('a'), assistant('partial'));

      expect(tellHistory(history)).toEqual(['user: a', 'assistant: partial']);
      expect(current.content).toBe('Continue');
    });

    it('29: assistant first', () => {
      expect(tellHistory(talk(assistant('a'), user('b')).history)).toEqual(['user:  ', 'assistant: a']);
    });

    it('30: result of an unknown call', () => {
      const { current, warnings } = talk(user('a'), assistant('b'), user(result('t9', 'sunny')));

      expect(current.content).toBe('[Result of tool call t9]\nsunny');
      expect(resultIds(current)).toBeUndefined();
      expect(warnings).toMatchObject([{ path: '/messages/2/content/0', effect: 'changed' }]);
    });

    it('31: call without a result', () => {
      const { history, warnings } = talk(user('a'), assistant('b', call('t')), user('c'));

      expect(tellHistory(history)).toEqual(['user: a', 'assistant: b']);
      expect(warnings).toMatchObject([{ path: '/messages/1/content/1', effect: 'dropped' }]);
    });

    it('32: results in another order', () => {
      const { current } = talk(user('a'), assistant(call('t1'), call('t2')), user(result('t2'), result('t1')));

      expect(resultIds(current)).toEqual(['t1', 't2']);
    });

    it('33: an id in two rounds', () => {
      const { history, current } = talk(
        user('a'),
        assistant(call('t')),
        user(result('t', 'one')),
        assistant(call('t')),
        user(result('t', 'two')),
      );

      expect(tellHistory(history)).toEqual(['user: a', 'assistant:  |t', 'user: |t', 'assistant:  |t#2']);
      expect(resultIds(current)).toEqual(['t#2']);
    });

    it('34: tools that the history knows', () => {
      const { current } = talk(user('a'), assistant(call('t', 'Bash')), user(result('t')));

      expect(specsOf(current)).toEqual([
        {
          name: 'Bash',
          description: expect.stringMatching(/./),
          inputSchema: { json: { type: 'object', properties: {} } },
        },
      ]);
    });

    it('35: tools that the history spells in another case', () => {
      const { current } = encode({
        messages: [user('a'), assistant(call('t', 'bash')), user(result('t'))],
        tools: [functionTool('Bash')],
      });

      expect(specNames(current)).toEqual(['Bash']);
    });

    it.each([
      [
        'mcp__some_very_long_server_name__with_an_even_longer_tool_name_that_exceeds',
        'mcp__some_very_long_server_name__with_an_even_longer_t_881b824b',
      ],
      ['a'.repeat(63), 'a'.repeat(63)],
      ['a'.repeat(64), `${'a'.repeat(54)}_ffe054fe`],
    ])('36, 37: the name %s', (name, wire) => {
      expect(specNames(encode({ tools: [functionTool(name)] }).current)).toEqual([wire]);
    });

    it('38: no description', () => {
      expect(specsOf(encode({ tools: [functionTool('f', {}, ' ')] }).current)[0]?.description).toBe('Tool: f');
    });

    it('39: a description that is too long', () => {
      const description = 'd'.repeat(10_001);

      const { current, history, warnings } = encode({ tools: [functionTool('f', {}, description)] });

      expect(specsOf(current)[0]?.description).toBe('The full description is in the system prompt under "Tool: f".');
      expect(tellHistory(history)[0]).toBe(`user: ## Tool: f\n\n${description}`);
      expect(warnings).toMatchObject([{ path: '/tools/0', effect: 'changed' }]);
    });

    it('44: bytes of another kind than declared', () => {
      expect(talk(user(image(JPEG, 'image/png'))).current.images).toEqual([
        { format: 'jpeg', source: { bytes: JPEG } },
      ]);
    });

    it('45: result that is only an image', () => {
      const { current } = talk(
        user('a'),
        assistant(call('t')),
        user({ type: 'tool-result', callId: 't', content: [image()] }),
      );

      expect(current.userInputMessageContext?.toolResults).toMatchObject([{ content: [{ text: '[image attached]' }] }]);
      expect(current.images).toHaveLength(1);
    });

    it('46: a body of 400 001 bytes', () => {
      const frameBytes = encode({ messages: [user('')] }).wire.body.length - 'Continue'.length;
      const messages = [user('x'.repeat(400_001 - frameBytes))];

      expect(() => encode({ messages })).toThrow(
        expect.objectContaining({
          kind: 'upstream_context_length',
          message: expect.stringMatching(/^Input is too long for model context window\./),
        }),
      );
      expect(encode({ messages }, { dialect: { maxRequestBodyBytes: 0 } }).wire.body).toHaveLength(400_001);
      expect(encode({ messages: [user('x'.repeat(400_000 - frameBytes))] }).wire.body).toHaveLength(400_000);
    });

    it('47: half a surrogate pair', () => {
      expect(talk(user('a\ud83db 🙂\u0000')).current.content).toBe('ab 🙂');
    });
  });
});
