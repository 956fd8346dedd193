import { GatewayError, type CanonicalEvent, type CanonicalRequest, type JsonObject, type Tool } from '@sluice/core';
import { ChatStreamEncoder } from './stream-encoder.js';

const CONTEXT = {
  requestId: 'r-1',
  createdAtSeconds: 5,
  requestedModel: 'asked-for',
  upstreamModel: 'up',
  dialect: {},
};
const REQUEST: CanonicalRequest = { model: 'm', stream: true, messages: [], tools: [], sampling: {} };
const WANTS_USAGE: CanonicalRequest = {
  ...REQUEST,
  extensions: { 'openai-chat': { stream_options: { include_usage: true } } },
};
const START: CanonicalEvent = { type: 'response-start', id: 'msg_1', model: 'claude' };
const END: CanonicalEvent = { type: 'response-end', finishReason: { unified: 'stop' } };

function encode(events: readonly CanonicalEvent[], request = REQUEST): readonly (JsonObject | '[DONE]')[] {
  const encoder = new ChatStreamEncoder(request, CONTEXT);
  const chunks: (JsonObject | '[DONE]')[] = [];
  for (const event of events) {
    encoder.push(event, ({ data }) => chunks.push(data === '[DONE]' ? data : (JSON.parse(data) as JsonObject))); // our own
  }
  return chunks;
}

const deltasOf = (events: readonly CanonicalEvent[], request = REQUEST): readonly unknown[] =>
  encode([START, ...events, END], request)
    .flatMap((chunk) => (chunk === '[DONE]' ? [] : (chunk['choices'] as { delta: unknown }[])))
    .map(({ delta }) => delta)
    .slice(1, -1);
const start = (index: number, block: Extract<CanonicalEvent, { type: 'block-start' }>['block']): CanonicalEvent => ({
  type: 'block-start',
  index,
  block,
});
const delta = (index: number, text: string): CanonicalEvent => ({ type: 'block-delta', index, delta: text });
const end = (index: number): CanonicalEvent => ({ type: 'block-end', index });
const call = (index: number, id: string): CanonicalEvent => start(index, { type: 'tool-call', id, name: 'f' });

describe('ChatStreamEncoder', () => {
  it('writes the role, the pieces, the finish, the usage and the end', () => {
    const head = { id: 'msg_1', object: 'chat.completion.chunk', created: 5, model: 'asked-for', usage: null };
    const choice = (members: JsonObject, reason: string | null = null): JsonObject => ({
      ...head,
      choices: [{ index: 0, delta: members, logprobs: null, finish_reason: reason }],
    });

    const chunks = encode(
      [
        START,
        start(0, { type: 'text' }),
        delta(0, 'a"\u2028'),
        end(0),
        { type: 'usage', usage: { input: 1, output: 2, source: 'upstream' } },
        END,
      ],
      WANTS_USAGE,
    );

    expect(chunks).toEqual([
      choice({ role: 'assistant', content: '' }),
      choice({ content: 'a"\u2028' }),
      choice({}, 'stop'),
      { ...head, choices: [], usage: { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 } },
      '[DONE]',
    ]);
  });

  it('writes reasoning and refusals at their members, and no empty piece', () => {
    const events = [
      start(0, { type: 'reasoning' }),
      delta(0, 'hm'),
      delta(0, ''),
      end(0),
      start(1, { type: 'refusal' }),
      delta(1, 'no'),
      end(1),
    ];

    expect(deltasOf(events)).toEqual([{ reasoning_content: 'hm' }, { refusal: 'no' }]);
  });

  it('keeps the name that the vendor gave its reasoning', () => {
    const extensions = { 'openai-chat': { reasoning_member: 'reasoning' } };
    const events: readonly CanonicalEvent[] = [
      { type: 'block-start', index: 0, block: { type: 'reasoning' }, extensions },
      delta(0, 'hm'),
      end(0),
    ];

    expect(deltasOf(events)).toEqual([{ reasoning: 'hm' }]);
  });

  it('keeps texts apart that begin before another has ended', () => {
    const events = [
      start(0, { type: 'text' }),
      start(1, { type: 'text' }),
      delta(1, 'b'),
      delta(0, 'a'),
      end(0),
      end(1),
    ];

    expect(deltasOf(events)).toEqual([{ content: 'a' }, { content: 'b' }]);
  });

  it('lets the pieces of several calls pass at once, numbered as calls', () => {
    const events = [
      start(0, { type: 'server-tool', id: 's', tool: 'web_search' }),
      delta(0, '{}'),
      end(0),
      call(3, 'a'),
      call(5, 'b'),
      delta(5, '{"b"'),
      delta(3, '{"a"'),
      end(3),
      end(5),
    ];

    expect(deltasOf(events)).toEqual([
      { tool_calls: [{ index: 0, id: 'a', type: 'function', function: { name: 'f', arguments: '' } }] },
      { tool_calls: [{ index: 1, id: 'b', type: 'function', function: { name: 'f', arguments: '' } }] },
      { tool_calls: [{ index: 1, function: { arguments: '{"b"' } }] },
      { tool_calls: [{ index: 0, function: { arguments: '{"a"' } }] },
    ]);
  });

  it("carries Gemini's proof at its call, and nobody else's", () => {
    const events: readonly CanonicalEvent[] = [
      call(0, 'a'),
      { type: 'block-mark', index: 0, signature: { family: 'gemini', value: 's' } },
      { type: 'block-mark', index: 0, signature: { family: 'anthropic', value: 't' } },
      end(0),
    ];

    expect(deltasOf(events)).toContainEqual({
      tool_calls: [{ index: 0, function: { arguments: '' }, extra_content: { google: { thought_signature: 's' } } }],
    });
    expect(JSON.stringify(deltasOf(events))).not.toContain('"t"');
  });

  it('writes the text of a custom tool when it is whole', () => {
    const tools: readonly Tool[] = [
      { kind: 'function', name: 'f', parameters: {}, extensions: { 'openai-chat': { custom: { name: 'f' } } } },
    ];

    expect(deltasOf([call(0, 'a'), delta(0, '{"inp'), delta(0, 'ut":"x"}'), end(0)], { ...REQUEST, tools })).toEqual([
      { tool_calls: [{ index: 0, id: 'a', type: 'custom', custom: { name: 'f', input: 'x' } }] },
    ]);
  });

  it('writes one function call for clients that know functions only', () => {
    const tools: readonly Tool[] = [
      { kind: 'function', name: 'f', parameters: {}, extensions: { 'openai-chat': { functions: true } } },
    ];

    expect(deltasOf([call(0, 'a'), end(0), call(1, 'b'), delta(1, '{}'), end(1)], { ...REQUEST, tools })).toEqual([
      { function_call: { name: 'f', arguments: '' } },
      { function_call: { arguments: '{}' } },
    ]);
  });

  it('cites addresses in the characters of the text so far', () => {
    const events: readonly CanonicalEvent[] = [
      start(0, { type: 'text' }),
      delta(0, 'See '),
      end(0),
      start(1, { type: 'text' }),
      delta(1, 'this'),
      { type: 'block-mark', index: 1, citation: { url: 'https://a.example', title: 'A' } },
      { type: 'block-mark', index: 1, citation: { type: 'char_location' } },
      end(1),
    ];

    expect(deltasOf(events).slice(2)).toEqual([
      {
        annotations: [
          {
            type: 'url_citation',
            url_citation: { start_index: 4, end_index: 8, title: 'A', url: 'https://a.example' },
          },
        ],
      },
    ]);
  });

  it('writes an image when it is whole and sound as it comes', () => {
    const events = [
      start(0, { type: 'image', mediaType: 'image/webp' }),
      delta(0, 'AA'),
      delta(0, 'AA'),
      end(0),
      start(1, { type: 'audio' }),
      delta(1, 'BB'),
      end(1),
    ];

    expect(deltasOf(events)).toEqual([
      { images: [{ type: 'image_url', image_url: { url: 'data:image/webp;base64,AAAA' } }] },
      { audio: { data: 'BB' } },
    ]);
  });

  it('writes a failure as an error and the end, without a finish', () => {
    const error = new GatewayError({ kind: 'upstream_truncated', message: 'cut' });
    const chunks = encode([START, start(0, { type: 'text' }), delta(0, 'a'), { type: 'response-error', error }, END]);

    expect(chunks.slice(2)).toEqual([
      { error: { message: 'cut', type: 'server_error', param: null, code: 'upstream_truncated' } },
      '[DONE]',
    ]);
  });

  it('writes a failure before anything else', () => {
    const error = new GatewayError({ kind: 'internal_error', message: 'oops' });

    expect(encode([{ type: 'response-error', error }])).toMatchObject([{ error: { message: 'oops' } }, '[DONE]']);
  });

  it('says stop where calls were promised and none came', () => {
    const chunks = encode([START, { type: 'response-end', finishReason: { unified: 'tool-calls' } }]);

    expect(chunks.at(-2)).toMatchObject({ choices: [{ finish_reason: 'stop' }] });
  });

  it('passes on what a vendor of its own format said, and nothing of others', () => {
    const frame = { kind: 'sse' as const, data: '{"choices":[{"index":0,"delta":{"hologram":"x"}}]}' };
    const events: readonly CanonicalEvent[] = [
      { type: 'opaque', format: 'openai-chat', frame },
      { type: 'opaque', format: 'anthropic-messages', frame },
      { type: 'opaque', format: 'openai-chat', frame: { kind: 'sse', data: 'no JSON' } },
    ];

    expect(deltasOf(events)).toEqual([{ hologram: 'x' }]);
  });

  it('repeats small members of the start in every chunk and large ones once', () => {
    const extensions = { 'openai-chat': { created: 7, service_tier: 'flex', citations: ['https://a.example'] } };
    const chunks = encode([
      { ...START, extensions } as CanonicalEvent,
      start(0, { type: 'text' }),
      delta(0, 'a'),
      end(0),
      END,
    ]);

    expect(chunks).toMatchObject([
      { created: 7, service_tier: 'flex', citations: ['https://a.example'] },
      { created: 7, service_tier: 'flex' },
      { created: 7, service_tier: 'flex' },
      '[DONE]',
    ]);
    expect(chunks[1]).not.toHaveProperty('citations');
  });
});
