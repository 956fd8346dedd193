/**
 * The tricky cases between Gemini, Chat Completions and Anthropic's Messages, from this format's side. Rows are those of the
 * test list in the protocol notes: "→" is a request, "⇒" an answer. The other half of each row is the other format's own.
 */
import type { CanonicalEvent, ContentBlock, FunctionTool, JsonObject } from '@sluice/core';
import { chunkOf, contextFor, decode, EMPTY, readStream } from './__fixtures__/exchange.js';
import { decodeResponse } from './decode-response.js';

const tool = (name: string, parameters: JsonObject = { type: 'object', properties: {} }): FunctionTool => ({
  kind: 'function',
  name,
  parameters,
});
const starts = (events: readonly CanonicalEvent[]): readonly unknown[] =>
  events.flatMap((event) => (event.type === 'block-start' ? [event.block] : []));
const deltas = (events: readonly CanonicalEvent[]): readonly string[] =>
  events.flatMap((event) => (event.type === 'block-delta' ? [event.delta] : []));
const endOf = (events: readonly CanonicalEvent[]): string | undefined => {
  const last = events.at(-1);
  return last?.type === 'response-end' ? last.finishReason.unified : last?.type;
};

describe('Gemini ⇒ Chat', () => {
  const usageMetadata = { promptTokenCount: 9, totalTokenCount: 9 };

  it('row 55: one finish, also when a chunk with usage alone follows', () => {
    const events = readStream(EMPTY, chunkOf([{ text: 'Hi' }]), chunkOf([{ text: '' }], { finishReason: 'STOP' }), {
      usageMetadata,
      modelVersion: 'm',
    });

    expect(events.filter(({ type }) => type === 'response-end')).toHaveLength(1);
    expect(events.findLast(({ type }) => type === 'usage')).toMatchObject({ usage: { input: 9, output: 0 } });
  });

  it('row 56: a call in an earlier chunk makes STOP an end with tool calls', () => {
    const events = readStream(
      EMPTY,
      chunkOf([{ functionCall: { name: 'f', args: { q: 'x' } } }]),
      chunkOf([{ text: 'so' }]),
      chunkOf([{ text: '' }], { finishReason: 'STOP' }),
    );

    expect(endOf(events)).toBe('tool-calls');
    expect(deltas(events)).toEqual(['{"q":"x"}', 'so']);
  });

  it('row 57: absent counts are zero', () => {
    const body = Buffer.from(JSON.stringify(chunkOf([{ text: 'x' }], { finishReason: 'STOP', usageMetadata })));

    expect(decodeResponse(body, contextFor('m'), EMPTY).usage).toMatchObject({ input: 9, output: 0 });
  });

  it.each([
    ['MAX_TOKENS', 'length'],
    ['SAFETY', 'content-filter'],
  ])('row 58: %s ends with %s', (finishReason, unified) => {
    expect(endOf(readStream(EMPTY, chunkOf([{ text: 'x' }], { finishReason })))).toBe(unified);
  });

  it('row 59: two images are two blocks', () => {
    const image = { inlineData: { mimeType: 'image/png', data: 'iVBORw0KGgo=' } };
    const events = readStream(EMPTY, chunkOf([image, image], { finishReason: 'STOP' }));

    expect(starts(events)).toEqual([
      { type: 'image', mediaType: 'image/png' },
      { type: 'image', mediaType: 'image/png' },
    ]);
  });

  it('row 61: arguments in pieces become whole arguments of two calls', () => {
    const piece = (functionCall: JsonObject) => chunkOf([{ functionCall }]);
    const events = readStream(
      EMPTY,
      piece({ name: 'w', willContinue: true }),
      piece({ partialArgs: [{ jsonPath: '$.city', stringValue: 'Bos', willContinue: true }], willContinue: true }),
      piece({ partialArgs: [{ jsonPath: '$.city', stringValue: 'ton' }], willContinue: true }),
      piece({}),
      piece({ name: 'w', willContinue: true }),
      piece({
        partialArgs: [
          { jsonPath: '$.a.b[1]', numberValue: 2 },
          { jsonPath: '$.a.b[0]', boolValue: false },
        ],
      }),
      chunkOf([{ text: '' }], { finishReason: 'STOP' }),
    );

    expect(starts(events)).toMatchObject([{ name: 'w' }, { name: 'w' }]);
    expect(deltas(events)).toEqual(['{"city":"Boston"}', '{"a":{"b":[false,2]}}']);
    expect(endOf(events)).toBe('tool-calls');
  });

  it('13.4: thought, signed call, usage', () => {
    const events = readStream(
      EMPTY,
      chunkOf([{ text: 'plan', thought: true }]),
      chunkOf([{ functionCall: { name: 'w', args: { q: 'x' } }, thoughtSignature: 'SG' }]),
      chunkOf([{ text: '' }], {
        finishReason: 'STOP',
        usageMetadata: { promptTokenCount: 9, candidatesTokenCount: 4, thoughtsTokenCount: 30, totalTokenCount: 43 },
      }),
    );

    expect(starts(events)).toEqual([
      { type: 'reasoning' },
      { type: 'tool-call', id: expect.stringMatching(/^call_/), name: 'w' },
    ]);
    expect(events).toContainEqual({
      type: 'block-mark',
      index: 1,
      signature: { family: 'gemini', value: 'SG', model: 'gemini-3-flash' },
    });
    expect(events.findLast(({ type }) => type === 'usage')).toMatchObject({
      usage: { input: 9, output: 34, reasoning: 30 },
    });
  });

  it('a prompt that was blocked is a content filter with its word', () => {
    const events = readStream(EMPTY, { promptFeedback: { blockReason: 'SAFETY' }, modelVersion: 'm' });

    expect(events.at(-1)).toMatchObject({ finishReason: { unified: 'content-filter', raw: 'SAFETY' } });
  });

  it.each([
    ['nothing at all', []],
    ['text without a finish', [chunkOf([{ text: 'x' }])]],
  ])('%s is a truncated answer', (_, chunks) => {
    expect(readStream(EMPTY, ...chunks).at(-1)).toMatchObject({ error: { kind: 'upstream_truncated' } });
  });

  it('an error inside the stream ends it', () => {
    const events = readStream(EMPTY, chunkOf([{ text: 'x' }]), {
      error: { code: 429, message: 'no', status: 'RESOURCE_EXHAUSTED' },
    });

    expect(events.at(-1)).toMatchObject({ type: 'response-error', error: { kind: 'upstream_rate_limited' } });
  });
});

describe('Gemini → Chat and Anthropic', () => {
  const contents = [
    { role: 'user', parts: [{ text: 'hi' }] },
    {
      role: 'model',
      parts: [
        { functionCall: { name: 'f', args: { n: 1 } } },
        { functionCall: { name: 'g', args: {} } },
        { functionCall: { name: 'f', args: { n: 2 } } },
      ],
    },
    {
      role: 'user',
      parts: [
        { functionResponse: { name: 'f', response: { result: 'f1' } } },
        { functionResponse: { name: 'f', response: { result: 'f2' } } },
        { functionResponse: { name: 'g', response: { result: 'g1' } } },
      ],
    },
  ];
  const blocks = (body: JsonObject): readonly ContentBlock[] => decode(body).messages.flatMap(({ content }) => content);

  it('rows 62 and 74: calls and responses without ids are paired by name and order, the same every time', () => {
    const [, c1, c2, c3, r1, r2, r3] = blocks({ contents });
    const ids = [c1, c2, c3].map((block) => (block?.type === 'tool-call' ? block.id : ''));

    expect(new Set(ids).size).toBe(3);
    expect(ids).toEqual(ids.map(() => expect.stringMatching(/^[a-zA-Z0-9_-]{1,40}$/)));
    expect([r1, r2, r3]).toMatchObject([{ callId: ids[0] }, { callId: ids[2] }, { callId: ids[1] }]);
    expect(blocks({ contents })).toEqual(blocks({ contents }));
  });

  it('row 63: an id says which call is meant, whatever the order', () => {
    const both = [
      {
        role: 'model',
        parts: [{ functionCall: { id: 'A', name: 'f', args: {} } }, { functionCall: { id: 'B', name: 'f', args: {} } }],
      },
      {
        role: 'user',
        parts: [
          { functionResponse: { id: 'B', name: 'f', response: { result: 'b' } } },
          { functionResponse: { name: 'f', response: { result: 'a' } } },
        ],
      },
    ];

    expect(blocks({ contents: both }).slice(2)).toMatchObject([
      { callId: 'B', content: [{ text: 'b' }] },
      { callId: 'A', content: [{ text: 'a' }] },
    ]);
  });

  it('row 65: snake case is read at every level', () => {
    const request = decode({
      system_instruction: { parts: [{ text: 's' }] },
      contents: [{ parts: [{ inline_data: { mime_type: 'image/png', data: 'AA==' } }] }],
      generation_config: { max_output_tokens: 5, thinking_config: { thinking_budget: 0 } },
      tool_config: { function_calling_config: { mode: 'any', allowed_function_names: ['f'] } },
    });

    expect(request).toMatchObject({
      messages: [
        { role: 'system', content: [{ text: 's' }] },
        { role: 'user', content: [{ type: 'image', mediaType: 'image/png' }] },
      ],
      sampling: { maxOutputTokens: 5 },
      reasoning: { mode: 'off' },
      toolChoice: { mode: 'named', name: 'f' },
    });
  });

  it('row 75: types in capitals are JSON schema in small letters', () => {
    const parameters = {
      type: 'OBJECT',
      properties: {
        a: { type: 'STRING', nullable: true },
        b: { type: ['STRING'] },
        type: { type: 'ARRAY', items: { type: 'INTEGER' } },
      },
      required: ['a'],
    };

    const [first] = decode({ tools: [{ functionDeclarations: [{ name: 'f', parameters }] }] }).tools;

    expect(first).toMatchObject({
      parameters: {
        type: 'object',
        properties: {
          a: { type: ['string', 'null'] },
          b: { type: 'string' },
          type: { type: 'array', items: { type: 'integer' } },
        },
        required: ['a'],
      },
    });
  });

  it('media are what their type says; what only Google can fetch is a file of its own', () => {
    const parts = [
      { inlineData: { mimeType: 'application/pdf', data: 'JVBERi0=' } },
      { fileData: { mimeType: 'image/png', fileUri: 'https://a.example/x.png' } },
      { fileData: { mimeType: 'audio/mpeg', fileUri: 'gs://bucket/x.mp3' } },
      { inlineData: { mimeType: 'video/mp4', data: 'AAAA' } },
    ];

    expect(blocks({ contents: [{ parts }] })).toMatchObject([
      { type: 'document', source: { kind: 'base64' } },
      { type: 'image', source: { kind: 'url' } },
      { type: 'audio', source: { kind: 'file-id' } },
      { type: 'opaque', format: 'gemini' },
    ]);
  });

  it.each([
    [{ result: 'x' }, [{ type: 'text', text: 'x' }], undefined],
    [{ output: 'x' }, [{ type: 'text', text: 'x' }], undefined],
    [{ error: 'x' }, [{ type: 'text', text: 'x' }], true],
    [{ error: { code: 5 } }, [{ type: 'text', text: '{"code":5}' }], true],
    [{ a: 1, b: [2] }, [{ type: 'text', text: '{"a":1,"b":[2]}' }], undefined],
    [{ result: 7 }, [{ type: 'text', text: '{"result":7}' }], undefined],
    [{ result: '' }, [], undefined],
    [{ name: 'f', content: 'x' }, [{ type: 'text', text: 'x' }], undefined], // Vercel's AI SDK
    [{ name: 'g', content: 'x' }, [{ type: 'text', text: '{"name":"g","content":"x"}' }], undefined],
    [{ name: 'f', content: 7 }, [{ type: 'text', text: '{"name":"f","content":7}' }], undefined],
  ])('the response %j is the result %j', (response, content, isError) => {
    const parts = [{ functionResponse: { name: 'f', response } }];

    expect(blocks({ contents: [{ parts }] })).toMatchObject([
      { type: 'tool-result', name: 'f', content, ...(isError && { isError }) },
    ]);
  });
});

describe('Gemini ⇒ Anthropic', () => {
  it('row 71: a lone signature belongs to the open thought and opens no text', () => {
    const events = readStream(
      EMPTY,
      chunkOf([{ text: 'plan', thought: true }]),
      chunkOf([{ text: '', thoughtSignature: 'SG' }], { finishReason: 'STOP' }),
    );

    expect(starts(events)).toEqual([{ type: 'reasoning' }]);
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'block-mark', index: 0, signature: expect.objectContaining({ value: 'SG' }) }),
    );
  });

  it('row 72: the cache is part of the input, thoughts of the output', () => {
    const usageMetadata = {
      promptTokenCount: 100,
      cachedContentTokenCount: 30,
      candidatesTokenCount: 5,
      thoughtsTokenCount: 20,
    };
    const body = Buffer.from(JSON.stringify(chunkOf([{ text: 'x' }], { finishReason: 'STOP', usageMetadata })));

    expect(decodeResponse(body, contextFor('m'), EMPTY).usage).toMatchObject({ input: 100, cacheRead: 30, output: 25 });
  });

  it('row 73: a name in other letters is the client’s', () => {
    const events = readStream(
      { ...EMPTY, tools: [tool('Bash')] },
      chunkOf([{ functionCall: { name: 'bash', args: {} } }], { finishReason: 'STOP' }),
    );

    expect(starts(events)).toMatchObject([{ name: 'Bash' }]);
  });
});
