import { GatewayError, type CanonicalRequest, type CanonicalResponse, type JsonObject } from '@sluice/core';
import { decodeResponse } from './decode-response.js';

const CONTEXT = { requestId: 'r-1', createdAtSeconds: 1, requestedModel: 'm', upstreamModel: 'up', dialect: {} };
const REQUEST: CanonicalRequest = { model: 'm', stream: false, messages: [], tools: [], sampling: {} };

const decodeText = (text: string): CanonicalResponse => decodeResponse(Buffer.from(text), CONTEXT, REQUEST);
const decode = (answer: JsonObject): CanonicalResponse => decodeText(JSON.stringify(answer));
const answerOf = (message: JsonObject, finish: string | null = 'stop'): JsonObject => ({
  id: 'c-1',
  model: 'm',
  choices: [{ index: 0, message: { role: 'assistant', ...message }, finish_reason: finish }],
});
const contentOf = (message: JsonObject): readonly unknown[] => decode(answerOf(message)).content;

function failure(text: string): unknown {
  try {
    decodeText(text);
  } catch (error) {
    return error instanceof GatewayError ? [error.kind, error.upstream?.status] : error;
  }
  return undefined;
}

describe('decodeResponse', () => {
  it.each<[string, JsonObject, readonly unknown[]]>([
    ['nothing', { content: '' }, []],
    ['null', { content: null }, []],
    ['text', { content: 'a' }, [{ type: 'text', text: 'a' }]],
    ['a refusal', { content: null, refusal: 'no' }, [{ type: 'refusal', text: 'no' }]],
    [
      'reasoning_content',
      { content: 'a', reasoning_content: 'hm' },
      [
        { type: 'reasoning', text: 'hm' },
        { type: 'text', text: 'a' },
      ],
    ],
    [
      'reasoning',
      { content: null, reasoning: 'hm' },
      [
        {
          type: 'reasoning',
          text: 'hm',
          extensions: { 'openai-chat': { '~said': { reasoning_member: 'reasoning' } } },
        },
      ],
    ],
    [
      'reasoning_text',
      { content: null, reasoning_text: 'hm' },
      [
        {
          type: 'reasoning',
          text: 'hm',
          extensions: { 'openai-chat': { '~said': { reasoning_member: 'reasoning_text' } } },
        },
      ],
    ],
    [
      "Mistral's parts",
      {
        content: [
          { type: 'thinking', thinking: [{ type: 'text', text: 'hm' }] },
          { type: 'text', text: 'a' },
        ],
      },
      [
        { type: 'reasoning', text: 'hm' },
        { type: 'text', text: 'a' },
      ],
    ],
    [
      'a part that is new',
      { content: [{ type: 'new', x: 1 }] },
      [{ type: 'opaque', format: 'openai-chat', value: { type: 'new', x: 1 } }],
    ],
    [
      'an image by address',
      { content: '', images: [{ type: 'image_url', image_url: { url: 'https://a.example' } }] },
      [{ type: 'image', source: { kind: 'url', value: 'https://a.example' } }],
    ],
    [
      'a legacy call',
      { content: null, function_call: { name: 'f', arguments: '{}' } },
      [{ type: 'tool-call', id: expect.stringMatching(/^call_[0-9a-f]+$/), name: 'f', argumentsJson: '{}' }],
    ],
    ['calls that say nothing', { content: 'a', tool_calls: [{}, { function: {} }] }, [{ type: 'text', text: 'a' }]],
    [
      'a call without a name',
      { content: null, tool_calls: [{ id: 'a', function: { arguments: '{}' } }] },
      [{ type: 'tool-call', id: 'a', name: 'tool_0', argumentsJson: '{}' }],
    ],
  ])('reads %s', (_, message, content) => {
    expect(contentOf(message)).toEqual(content);
  });

  it('gives different calls different ids, the same every time', () => {
    const call = { type: 'function', function: { name: 'f', arguments: '{}' } };
    const message = { content: null, tool_calls: [{ id: 'a', ...call }, { id: 'a', ...call }, call, call] };

    const ids = contentOf(message).map((block) => (block as { id: string }).id);

    expect(ids.slice(0, 2)).toEqual(['a', 'a_2']);
    expect(new Set(ids).size).toBe(4);
    expect(contentOf(message)).toEqual(contentOf(message));
  });

  it("reads the signature in OpenRouter's details", () => {
    const details = [
      { type: 'reasoning.summary', summary: 'hm' },
      { type: 'reasoning.encrypted', data: `gAAAAA${'B'.repeat(20)}`, format: 'openai-responses-v1' },
    ];

    expect(contentOf({ content: null, reasoning_details: details })).toMatchObject([
      { type: 'reasoning', text: 'hm', signature: { family: 'openai', value: `gAAAAA${'B'.repeat(20)}` } },
    ]);
    expect(
      contentOf({
        content: null,
        reasoning_details: [{ type: 'reasoning.encrypted', data: 'x', format: 'anthropic-claude-v1' }],
      }),
    ).toMatchObject([{ type: 'reasoning', text: '', redacted: 'x' }]);
  });

  it('keeps annotations where there is no text that they could stand at', () => {
    const annotations = [{ type: 'url_citation', url_citation: { url: 'https://a.example' } }];

    expect(decode(answerOf({ content: null, annotations })).extensions).toEqual({
      'openai-chat': { choices: [{ message: { annotations } }] },
    });
  });

  describe('finish reason', () => {
    const calls = { content: null, tool_calls: [{ id: 'a', function: { name: 'f', arguments: '{}' } }] };

    it.each<[string, JsonObject, string | null, unknown]>([
      ['stop after calls is tool calls', calls, 'stop', { unified: 'tool-calls', raw: 'stop' }],
      ['tool_calls after none is stop', { content: 'a' }, 'tool_calls', { unified: 'stop', raw: 'tool_calls' }],
      [
        'stop after a refusal is a refusal',
        { content: null, refusal: 'no' },
        'stop',
        { unified: 'refusal', raw: 'stop' },
      ],
      [
        'stop after text and a refusal is stop',
        { content: 'a', refusal: 'no' },
        'stop',
        { unified: 'stop', raw: 'stop' },
      ],
      ['none in a whole body is stop', { content: 'a' }, null, { unified: 'stop' }],
      ['none after calls is tool calls', calls, '', { unified: 'tool-calls' }],
      ['a new word is kept', { content: 'a' }, 'bored', { unified: 'other', raw: 'bored' }],
    ])('%s', (_, message, raw, expected) => {
      expect(decode(answerOf(message, raw)).finishReason).toEqual(expected);
    });

    it('is other where there is no choice at all', () => {
      expect(decode({ id: 'c', model: 'm', choices: [] })).toEqual({
        id: 'c',
        model: 'm',
        content: [],
        finishReason: { unified: 'other' },
      });
    });
  });

  it.each([
    ['<html>', 'upstream_invalid_response', undefined],
    ['[]', 'upstream_invalid_response', undefined],
    ['{"object":"list","data":[]}', 'upstream_invalid_response', undefined],
    ['{"error":{"message":"boom","code":"insufficient_quota"}}', 'upstream_quota_exhausted', 429],
    ['{"choices":[{"index":0,"error":{"code":502,"message":"boom"}}]}', 'upstream_error', 502],
    [
      '{"choices":[{"message":{"content":"x"},"finish_reason":"insufficient_system_resource"}]}',
      'upstream_overloaded',
      503,
    ],
    ['{"choices":[{"message":{"content":"x"},"finish_reason":"error"}]}', 'upstream_error', 502],
  ])('fails for %s', (body, kind, status) => {
    expect(failure(body)).toEqual([kind, status]);
  });

  it('reads over blank lines and a byte order mark, with which vendors keep connections open', () => {
    const body = `\uFEFF\n\n${JSON.stringify(answerOf({ content: 'a' }))}`;

    expect(decodeText(body).content).toEqual([{ type: 'text', text: 'a' }]);
  });

  it('does without an id and a model', () => {
    const answer = { choices: [{ message: { content: 'a' }, finish_reason: 'stop' }] };

    expect(decode(answer)).toMatchObject({ id: '', model: 'up' });
  });
});
