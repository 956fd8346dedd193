/**
 * The tricky cases between Gemini, Chat Completions and Anthropic's Messages, from this format's side. Rows are those of the
 * test list in the protocol notes: "→" is a request, "⇒" an answer. The other half of each row is the other format's own.
 */
import type { CanonicalEvent, ContentBlock, FunctionTool, JsonObject } from '@sluice/core';
import {
  assistant,
  call,
  chunkOf,
  contextFor,
  EMPTY,
  encode,
  readStream,
  result,
  text,
  user,
  writeStream,
} from './__fixtures__/exchange.js';
import { encodeResponse } from './encode-response.js';

const SENTINEL = 'skip_thought_signature_validator';
const tool = (name: string, parameters: JsonObject = { type: 'object', properties: {} }): FunctionTool => ({
  kind: 'function',
  name,
  parameters,
});
const partsOf = (body: JsonObject): readonly JsonObject[] =>
  (body['contents'] as { parts: JsonObject[] }[]).flatMap(({ parts }) => parts);
const starts = (events: readonly CanonicalEvent[]): readonly unknown[] =>
  events.flatMap((event) => (event.type === 'block-start' ? [event.block] : []));

describe('Chat → Gemini', () => {
  it('row 45: every part of every system message, in order', () => {
    const { body } = encode({
      messages: [
        { role: 'system', content: [text('a'), text('b')] },
        user(text('hi')),
        { role: 'system', content: [text('c')] },
      ],
    });

    expect(body['systemInstruction']).toEqual({ parts: [{ text: 'a' }, { text: 'b' }, { text: 'c' }] });
    expect(body['contents']).toEqual([{ role: 'user', parts: [{ text: 'hi' }] }]);
  });

  it('row 46: one kind of tool in an element', () => {
    const { body } = encode({
      messages: [user(text('hi'))],
      tools: [
        tool('f'),
        { kind: 'server', tool: 'googleSearch', raw: { format: 'gemini', value: { googleSearch: {} } } },
      ],
    });

    expect(body['tools']).toEqual([{ functionDeclarations: [{ name: 'f' }] }, { googleSearch: {} }]);
  });

  it('row 47: required members that are no properties and titles go, a property of that name stays', () => {
    const parameters = {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      title: 'Args',
      type: 'object',
      properties: {
        title: { type: 'string', title: 'T' },
        deep: { type: 'array', items: { title: 'I', type: 'object' } },
      },
      required: ['title', 'gone'],
    };

    const { body } = encode({ messages: [user(text('hi'))], tools: [tool('f', parameters)] });

    expect(body['tools']).toEqual([
      {
        functionDeclarations: [
          {
            name: 'f',
            parametersJsonSchema: {
              type: 'object',
              properties: { title: { type: 'string' }, deep: { type: 'array', items: { type: 'object' } } },
              required: ['title'],
            },
          },
        ],
      },
    ]);
  });

  it('row 48: the beginning of an answer is left out, with a warning', () => {
    const { body, warnings } = encode({ messages: [user(text('hi')), assistant(text('Well,'))] });

    expect(body['contents']).toEqual([{ role: 'user', parts: [{ text: 'hi' }] }]);
    expect(warnings).toMatchObject([{ path: '/messages', effect: 'dropped' }]);
  });

  it('row 49: an assistant that said nothing is no content', () => {
    const { body } = encode({ messages: [user(text('a')), assistant(text('')), user(text('b'))] });

    expect(partsOf(body)).toEqual([{ text: 'a' }, { text: 'b' }]);
    expect(JSON.stringify(body)).not.toContain('null');
  });

  it('row 50: formats of the answer', () => {
    const schema = { type: 'object', properties: { a: { type: 'string' } } };
    const configOf = (responseFormat: Parameters<typeof encode>[0]['responseFormat']) =>
      encode({ messages: [user(text('hi'))], ...(responseFormat && { responseFormat }) }).body['generationConfig'];

    expect(configOf({ type: 'json-schema', schema })).toEqual({
      responseMimeType: 'application/json',
      responseJsonSchema: schema,
    });
    expect(configOf({ type: 'json' })).toEqual({ responseMimeType: 'application/json' });
    expect(configOf({ type: 'text' })).toBeUndefined();
  });

  it('row 51: a name that Google refuses is spelled otherwise, and restored in the answer', () => {
    const request = { ...EMPTY, messages: [user(text('hi'))], tools: [tool('mcp__srv/tool name'), tool('1st')] };

    const { body } = encode(request);
    const events = readStream(
      request,
      chunkOf(
        [{ functionCall: { name: 'mcp__srv_tool_name', args: {} } }, { functionCall: { name: '_st', args: {} } }],
        {
          finishReason: 'STOP',
        },
      ),
    );

    expect(body['tools']).toEqual([{ functionDeclarations: [{ name: 'mcp__srv_tool_name' }, { name: '_st' }] }]);
    expect(starts(events)).toMatchObject([{ name: 'mcp__srv/tool name' }, { name: '1st' }]);
  });

  it.each([
    ['gemini-3-pro-preview', [SENTINEL, undefined]],
    ['gemini-2.5-pro', [undefined, undefined]],
  ])(
    'rows 52 and 53: %s gets the stand-in at the first unsigned call of a turn only where it is demanded',
    (model, signatures) => {
      const { body } = encode(
        {
          messages: [
            user(text('hi')),
            assistant(call('a', 'f'), call('b', 'f')),
            user(result('a', text('1')), result('b', text('2'))),
          ],
        },
        model,
      );

      const calls = partsOf(body).filter(({ functionCall }) => functionCall !== undefined);
      expect(calls.map(({ thoughtSignature }) => thoughtSignature)).toEqual(signatures);
    },
  );

  it('a signed call needs no stand-in, nor do its parallel ones', () => {
    const signature = { family: 'gemini', value: 'SG' } as const;
    const signed = { ...call('a', 'f'), signature } as ContentBlock;

    const { body } = encode(
      {
        messages: [
          user(text('hi')),
          assistant(signed, call('b', 'f')),
          user(result('a', text('1')), result('b', text('2'))),
        ],
      },
      'gemini-3-flash',
    );

    const calls = partsOf(body).filter(({ functionCall }) => functionCall !== undefined);
    expect(calls.map(({ thoughtSignature }) => thoughtSignature)).toEqual(['SG', undefined]);
  });

  it('row 54: audio keeps its type', () => {
    const audio: ContentBlock = { type: 'audio', mediaType: 'audio/mpeg', source: { kind: 'base64', value: 'SUQz' } };

    expect(partsOf(encode({ messages: [user(audio)] }).body)).toEqual([
      { inlineData: { mimeType: 'audio/mpeg', data: 'SUQz' } },
    ]);
  });

  it('results stand at the beginning of the next content, in the order of their calls, with the names of their functions', () => {
    const { body } = encode({
      messages: [
        user(text('hi')),
        assistant(text('Two.'), call('a', 'f', '{"x":1}'), call('b', 'g')),
        user(text('wait'), result('b', text('{"n":2}'))),
        user(result('a', text('one')), text('go on')),
      ],
    });

    expect((body['contents'] as JsonObject[]).slice(1)).toEqual([
      {
        role: 'model',
        parts: [
          { text: 'Two.' },
          { functionCall: { id: 'a', name: 'f', args: { x: 1 } } },
          { functionCall: { id: 'b', name: 'g', args: {} } },
        ],
      },
      {
        role: 'user',
        parts: [
          { functionResponse: { id: 'a', name: 'f', response: { result: 'one' } } },
          { functionResponse: { id: 'b', name: 'g', response: { n: 2 } } },
          { text: 'wait' },
          { text: 'go on' },
        ],
      },
    ]);
  });

  it('a call without a result gets one that says so; a result without a call becomes text', () => {
    const { body, warnings } = encode({
      messages: [user(text('hi')), assistant(call('a', 'f')), user(result('nobody', text('lost')), text('go'))],
    });

    expect(partsOf(body).slice(2)).toEqual([
      { functionResponse: { id: 'a', name: 'f', response: { error: expect.any(String) } } },
      { text: 'lost' },
      { text: 'go' },
    ]);
    expect(warnings.map(({ effect }) => effect)).toEqual(['changed', 'changed']);
  });

  it('system messages alone become the user’s words', () => {
    const { body, warnings } = encode({ messages: [{ role: 'system', content: [text('Say hi.')] }] });

    expect(body).toEqual({ contents: [{ role: 'user', parts: [{ text: 'Say hi.' }] }] });
    expect(warnings).toHaveLength(1);
  });
});

describe('Anthropic → Gemini', () => {
  it.each([
    [{ mode: 'auto' }, { mode: 'AUTO' }],
    [{ mode: 'required' }, { mode: 'ANY' }],
    [
      { mode: 'named', name: 'f' },
      { mode: 'ANY', allowedFunctionNames: ['f'] },
    ],
    [{ mode: 'none' }, { mode: 'NONE' }],
  ] as const)('row 67: %j is %j', (toolChoice, functionCallingConfig) => {
    const { body } = encode({ messages: [user(text('hi'))], tools: [tool('f')], toolChoice });

    expect(body['toolConfig']).toEqual({ functionCallingConfig });
  });

  it('a strict function is validated', () => {
    const { body } = encode({ messages: [user(text('hi'))], tools: [{ ...tool('f'), strict: true }] });

    expect(body['toolConfig']).toEqual({ functionCallingConfig: { mode: 'VALIDATED' } });
  });

  const image: ContentBlock = { type: 'image', mediaType: 'image/png', source: { kind: 'base64', value: 'AA==' } };
  const withImage = [user(text('hi')), assistant(call('a', 'f')), user(result('a', text('see'), image))];
  const inline = { inlineData: { mimeType: 'image/png', data: 'AA==' } };

  it('row 68: an image of a result stands in its response, or beside it where a model knows no such thing', () => {
    const response = { id: 'a', name: 'f', response: { result: 'see' } };

    expect(partsOf(encode({ messages: withImage }, 'gemini-3-flash').body).at(-1)).toEqual({
      functionResponse: { ...response, parts: [inline] },
    });
    expect(partsOf(encode({ messages: withImage }, 'gemini-2.5-flash').body).slice(-2)).toEqual([
      { functionResponse: response },
      inline,
    ]);
  });

  it('row 70: empty texts are left out', () => {
    expect(partsOf(encode({ messages: [user(text(''), text('hello'), text(''))] }).body)).toEqual([{ text: 'hello' }]);
  });

  it('what Anthropic signed stays away from Google; what Google signed goes back to the call that needs it', () => {
    const foreign: ContentBlock = { type: 'reasoning', text: 't', signature: { family: 'anthropic', value: 'A' } };
    const own: ContentBlock = { type: 'reasoning', text: 't', signature: { family: 'gemini', value: 'G' } };
    const turn = (reasoning: ContentBlock) =>
      encode(
        { messages: [user(text('hi')), assistant(reasoning, call('a', 'f')), user(result('a', text('1')))] },
        'gemini-3-flash',
      );
    const functionCall = { id: 'a', name: 'f', args: {} };

    expect(partsOf(turn(foreign).body)[1]).toEqual({ functionCall, thoughtSignature: SENTINEL });
    expect(turn(foreign).warnings).toMatchObject([{ effect: 'dropped', path: '/messages/1/content/0' }]);
    expect(partsOf(turn(own).body).slice(1, 3)).toEqual([
      { text: 't', thought: true },
      { functionCall, thoughtSignature: 'G' },
    ]);
  });
});

describe('Anthropic and Chat ⇒ Gemini', () => {
  it('8.4: thought, its signature, a whole call at its end, the finish in the last chunk', () => {
    const chunks = writeStream(
      { type: 'block-start', index: 0, block: { type: 'reasoning' } },
      { type: 'block-delta', index: 0, delta: 'why' },
      { type: 'block-mark', index: 0, signature: { family: 'anthropic', value: 'AS' } },
      { type: 'block-end', index: 0 },
      { type: 'block-start', index: 1, block: { type: 'tool-call', id: 'toolu_1', name: 'f' } },
      { type: 'block-delta', index: 1, delta: '{"a"' },
      { type: 'block-delta', index: 1, delta: ':1}' },
      { type: 'block-end', index: 1 },
      { type: 'usage', usage: { input: 12, output: 3, cacheRead: 2, source: 'upstream' } },
      { type: 'response-end', finishReason: { unified: 'tool-calls', raw: 'tool_use' } },
    );

    expect(chunks.map((chunk) => (chunk['candidates'] as JsonObject[])[0])).toEqual([
      { content: { parts: [{ text: 'why', thought: true }], role: 'model' }, index: 0 },
      { content: { parts: [{ text: '', thought: true, thoughtSignature: 'AS' }], role: 'model' }, index: 0 },
      { content: { parts: [{ functionCall: { id: 'toolu_1', name: 'f', args: { a: 1 } } }], role: 'model' }, index: 0 },
      { content: { parts: [{ text: '' }], role: 'model' }, finishReason: 'STOP', index: 0 },
    ]);
    expect(chunks.at(-1)?.['usageMetadata']).toEqual({
      promptTokenCount: 12,
      candidatesTokenCount: 3,
      cachedContentTokenCount: 2,
      totalTokenCount: 15,
    });
    expect(chunks.every((chunk) => chunk['modelVersion'] === 'asked-for' && chunk['responseId'] === 'msg_1')).toBe(
      true,
    );
  });

  it('a whole answer: refusal, citations and arguments that are no JSON', () => {
    const answer = encodeResponse(
      {
        id: 'c-1',
        model: 'gpt',
        content: [
          { type: 'refusal', text: 'No.' },
          {
            type: 'text',
            text: 'See',
            citations: [{ type: 'url_citation', url_citation: { url: 'https://a.example', title: 'A' } }],
          },
          { type: 'tool-call', id: 'call_1', name: 'f', argumentsJson: '{"a":' },
        ],
        finishReason: { unified: 'content-filter' },
      },
      contextFor('m'),
    );

    expect(answer).toEqual({
      candidates: [
        {
          content: {
            parts: [
              { text: 'No.' },
              { text: 'See' },
              { functionCall: { id: 'call_1', name: 'f', args: { _raw: '{"a":' } } },
            ],
            role: 'model',
          },
          finishReason: 'SAFETY',
          finishMessage: 'No.',
          index: 0,
          groundingMetadata: { groundingChunks: [{ web: { uri: 'https://a.example', title: 'A' } }] },
        },
      ],
      modelVersion: 'asked-for',
      responseId: 'c-1',
    });
  });

  it.each([
    ['says so at its end', { unified: 'refusal' }],
    ['calls its end ordinary', { unified: 'stop', raw: 'completed' }],
  ] as const)(
    'a refusal after text is told at the end of an answer that %s, not as a part of the text',
    (_, finishReason) => {
      const answer = encodeResponse(
        {
          id: 'c-1',
          model: 'claude',
          content: [
            { type: 'text', text: 'Let me ' },
            { type: 'refusal', text: 'No.' },
          ],
          finishReason,
        },
        contextFor('m'),
      );
      const chunks = writeStream(
        { type: 'block-start', index: 0, block: { type: 'text' } },
        { type: 'block-delta', index: 0, delta: 'Let me ' },
        { type: 'block-end', index: 0 },
        { type: 'block-start', index: 1, block: { type: 'refusal' } },
        { type: 'block-delta', index: 1, delta: 'No' },
        { type: 'block-delta', index: 1, delta: '.' },
        { type: 'block-end', index: 1 },
        { type: 'response-end', finishReason },
      );

      const end = { finishReason: 'SAFETY', finishMessage: 'No.' };
      expect(answer).toMatchObject({ candidates: [{ content: { parts: [{ text: 'Let me ' }] }, ...end }] });
      expect(chunks).toMatchObject([
        { candidates: [{ content: { parts: [{ text: 'Let me ' }] } }] },
        { candidates: [{ content: { parts: [{ text: '' }] }, ...end }] },
      ]);
    },
  );

  it('a call that is too long ends the stream with an error instead of half of it', () => {
    const piece: CanonicalEvent = { type: 'block-delta', index: 0, delta: 'x'.repeat(8 * 1024 * 1024) };
    const chunks = writeStream(
      { type: 'block-start', index: 0, block: { type: 'tool-call', id: 'a', name: 'f' } },
      piece,
      piece,
      piece,
      { type: 'block-end', index: 0 },
      { type: 'response-end', finishReason: { unified: 'tool-calls' } },
    );

    expect(chunks).toEqual([{ error: expect.objectContaining({ code: 502, status: 'INTERNAL' }) }]);
  });
});
