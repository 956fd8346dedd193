import type { CanonicalRequest, CanonicalResponse, ContentBlock, FinishReason, JsonObject, Tool } from '@sluice/core';
import { encodeResponse } from './encode-response.js';

const CONTEXT = {
  requestId: 'r-1',
  createdAtSeconds: 1_700_000_000,
  requestedModel: 'asked-for',
  upstreamModel: 'up',
  dialect: {},
};
const REQUEST: CanonicalRequest = { model: 'm', stream: false, messages: [], tools: [], sampling: {} };

const response = (content: readonly ContentBlock[], more: Partial<CanonicalResponse> = {}): CanonicalResponse => ({
  id: 'msg_1',
  model: 'claude',
  content,
  finishReason: { unified: 'stop' },
  ...more,
});

function choiceOf(answer: CanonicalResponse, request?: CanonicalRequest): JsonObject {
  const [choice] = encodeResponse(answer, CONTEXT, request)['choices'] as readonly JsonObject[];
  return choice ?? {};
}

const messageOf = (content: readonly ContentBlock[], request?: CanonicalRequest): unknown =>
  choiceOf(response(content), request)['message'];
const CALL: ContentBlock = { type: 'tool-call', id: 'a', name: 'f', argumentsJson: '' };

describe('encodeResponse', () => {
  it('is a chat completion under the name that the client asked for', () => {
    const answer = response([{ type: 'text', text: 'hi' }], { usage: { input: 9, output: 2, source: 'upstream' } });

    expect(encodeResponse(answer, CONTEXT)).toEqual({
      id: 'msg_1',
      object: 'chat.completion',
      created: 1_700_000_000,
      model: 'asked-for',
      choices: [
        {
          index: 0,
          message: { role: 'assistant', content: 'hi', refusal: null },
          logprobs: null,
          finish_reason: 'stop',
        },
      ],
      usage: { prompt_tokens: 9, completion_tokens: 2, total_tokens: 11 },
    });
  });

  it('makes an id of the request where the vendor gave none', () => {
    expect(encodeResponse(response([], { id: '' }), CONTEXT)['id']).toBe('chatcmpl-r-1');
  });

  it.each<[string, readonly ContentBlock[], JsonObject]>([
    ['nothing', [], { content: '' }],
    [
      'several texts',
      [
        { type: 'text', text: 'a' },
        { type: 'text', text: 'b' },
      ],
      { content: 'ab' },
    ],
    [
      'calls only',
      [CALL],
      { content: null, tool_calls: [{ id: 'a', type: 'function', function: { name: 'f', arguments: '{}' } }] },
    ],
    ['a refusal', [{ type: 'refusal', text: 'no' }], { content: null, refusal: 'no' }],
    [
      'reasoning',
      [
        { type: 'reasoning', text: 'hm' },
        { type: 'text', text: 'a' },
      ],
      { content: 'a', reasoning_content: 'hm' },
    ],
    [
      'a picture',
      [{ type: 'image', source: { kind: 'base64', value: 'AAAA' } }],
      { content: '', images: [{ type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } }] },
    ],
    [
      'what only others know',
      [
        { type: 'opaque', format: 'gemini', value: {} },
        { type: 'server-tool', id: 's', tool: 'web_search', raw: { format: 'anthropic-messages', value: {} } },
      ],
      { content: '' },
    ],
  ])('says %s', (_, content, message) => {
    expect(messageOf(content)).toEqual({ role: 'assistant', refusal: null, ...message });
  });

  it("carries Gemini's proof at its call", () => {
    const content: readonly ContentBlock[] = [
      {
        ...CALL,
        type: 'tool-call',
        id: 'a',
        name: 'f',
        argumentsJson: '{}',
        signature: { family: 'gemini', value: 's' },
      },
    ];

    expect(messageOf(content)).toMatchObject({
      tool_calls: [{ extra_content: { google: { thought_signature: 's' } } }],
    });
  });

  it('cites addresses in the characters of the whole text', () => {
    const content: readonly ContentBlock[] = [
      { type: 'text', text: 'See ' },
      {
        type: 'text',
        text: 'this',
        citations: [
          { type: 'web_search_result_location', url: 'https://a.example', title: 'A', encrypted_index: 'x' },
          { type: 'char_location', document_index: 0 },
        ],
      },
    ];

    expect(messageOf(content)).toMatchObject({
      annotations: [
        { type: 'url_citation', url_citation: { start_index: 4, end_index: 8, title: 'A', url: 'https://a.example' } },
      ],
    });
  });

  it.each<[FinishReason, string]>([
    [{ unified: 'stop', raw: 'stop_sequence', stopSequence: 'END' }, 'stop'],
    [{ unified: 'length' }, 'length'],
    [{ unified: 'context-window' }, 'length'],
    [{ unified: 'tool-calls' }, 'tool_calls'],
    [{ unified: 'content-filter' }, 'content_filter'],
    [{ unified: 'refusal', raw: 'refusal' }, 'content_filter'],
    [{ unified: 'refusal', raw: 'stop' }, 'stop'],
    [{ unified: 'pause' }, 'stop'],
    [{ unified: 'other', raw: 'bored' }, 'stop'],
  ])('ends for %j with %s', (finishReason, expected) => {
    expect(choiceOf(response([CALL], { finishReason }))['finish_reason']).toBe(expected);
  });

  it('never claims calls that are not there', () => {
    expect(choiceOf(response([], { finishReason: { unified: 'tool-calls' } }))['finish_reason']).toBe('stop');
  });

  it('answers clients that know functions only with a function call', () => {
    const tools: readonly Tool[] = [
      { kind: 'function', name: 'f', parameters: {}, extensions: { 'openai-chat': { functions: true } } },
    ];
    const choice = choiceOf(response([CALL], { finishReason: { unified: 'tool-calls' } }), { ...REQUEST, tools });

    expect(choice).toMatchObject({
      message: { function_call: { name: 'f', arguments: '{}' } },
      finish_reason: 'function_call',
    });
  });

  it('answers with the text of a custom tool', () => {
    const tools: readonly Tool[] = [
      { kind: 'function', name: 'f', parameters: {}, extensions: { 'openai-chat': { custom: { name: 'f' } } } },
    ];
    const call: ContentBlock = { type: 'tool-call', id: 'a', name: 'f', argumentsJson: '{"input":"x = 1"}' };

    expect(messageOf([call], { ...REQUEST, tools })).toMatchObject({
      tool_calls: [{ id: 'a', type: 'custom', custom: { name: 'f', input: 'x = 1' } }],
    });
  });

  it('tells only the counts that were reported', () => {
    const usage = {
      input: 10,
      output: 5,
      cacheRead: 0,
      cacheWrite5m: 1,
      cacheWrite1h: 2,
      reasoning: 4,
      source: 'upstream',
    } as const;

    expect(encodeResponse(response([], { usage }), CONTEXT)['usage']).toEqual({
      prompt_tokens: 10,
      completion_tokens: 5,
      total_tokens: 15,
      prompt_tokens_details: { cached_tokens: 0, cache_write_tokens: 3 },
      completion_tokens_details: { reasoning_tokens: 4 },
    });
    expect(encodeResponse(response([]), CONTEXT)).not.toHaveProperty('usage');
  });
});
