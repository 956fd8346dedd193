import { GatewayError, type CanonicalEvent, type CanonicalRequest, type JsonObject } from '@sluice/core';
import type { TranslationContext } from '@sluice/translator-kit';
import { decodeRequest } from './decode-request.js';
import { ResponsesStreamEncoder } from './stream-encoder.js';

const CONTEXT: TranslationContext = {
  requestId: 'r-1',
  createdAtSeconds: 1_700_000_000,
  requestedModel: 'asked-for',
  upstreamModel: 'vendor-model',
  dialect: {},
};

const ask = (body: JsonObject = {}): CanonicalRequest =>
  decodeRequest({ path: '', query: '', body: Buffer.from(JSON.stringify({ model: 'm', input: 'hi', ...body })) });

interface Written {
  readonly type: string;
  readonly sequence_number: number;
  readonly [member: string]: unknown;
}

function write(events: readonly CanonicalEvent[], request = ask()): readonly Written[] {
  const encoder = new ResponsesStreamEncoder(request, CONTEXT);
  const written: Written[] = [];
  for (const event of [{ type: 'response-start', id: 'a-1', model: 'claude' } as const, ...events]) {
    encoder.push(event, ({ event: name, data }) => {
      const value = JSON.parse(data) as Written; // our own encoder's JSON
      expect(name).toBe(value.type);
      written.push(value);
    });
  }
  return written;
}

const block = (
  index: number,
  start: Extract<CanonicalEvent, { type: 'block-start' }>['block'],
  ...deltas: readonly string[]
): CanonicalEvent[] => [
  { type: 'block-start', index, block: start },
  ...deltas.map((delta): CanonicalEvent => ({ type: 'block-delta', index, delta })),
  { type: 'block-end', index },
];
const text = (index: number, ...deltas: readonly string[]) => block(index, { type: 'text' }, ...deltas);
const end = (unified: 'stop' | 'length' | 'tool-calls' | 'refusal' | 'content-filter' = 'stop'): CanonicalEvent => ({
  type: 'response-end',
  finishReason: { unified },
});
const namesOf = (written: readonly Written[]): readonly string[] =>
  written.map(({ type }) => type.replace('response.', ''));
const itemsOf = (written: readonly Written[]): readonly unknown[] => {
  const response = written.at(-1)?.['response'] as { output: readonly unknown[] }; // the terminal event has one
  return response.output;
};

describe('ResponsesStreamEncoder', () => {
  it('says thinking, text and a call in the grammar of the format', () => {
    const written = write([
      { type: 'block-start', index: 0, block: { type: 'reasoning' } },
      { type: 'block-delta', index: 0, delta: 'T' },
      { type: 'block-mark', index: 0, signature: { family: 'anthropic', value: 'SIG' } },
      { type: 'block-end', index: 0 },
      ...text(1, 'he', 'y'),
      ...block(2, { type: 'tool-call', id: 'toolu_1', name: 'f' }, '{"a":', '1}'),
      { type: 'usage', usage: { input: 15, cacheRead: 5, output: 7, source: 'upstream' } },
      end('tool-calls'),
    ]);

    expect(namesOf(written)).toEqual([
      'created',
      'in_progress',
      'output_item.added',
      'reasoning_summary_part.added',
      'reasoning_summary_text.delta',
      'reasoning_summary_text.done',
      'reasoning_summary_part.done',
      'output_item.done',
      'output_item.added',
      'content_part.added',
      'output_text.delta',
      'output_text.delta',
      'output_text.done',
      'content_part.done',
      'output_item.done',
      'output_item.added',
      'function_call_arguments.delta',
      'function_call_arguments.delta',
      'function_call_arguments.done',
      'output_item.done',
      'completed',
    ]);
    expect(written.map(({ sequence_number: number }) => number)).toEqual(written.map((_, index) => index));
    expect(written.filter(({ type }) => type === 'response.output_item.added')).toMatchObject([
      { output_index: 0, item: { type: 'reasoning', summary: [] } },
      { output_index: 1, item: { type: 'message', role: 'assistant', status: 'in_progress', content: [] } },
      { output_index: 2, item: { type: 'function_call', call_id: 'toolu_1', name: 'f', arguments: '' } },
    ]);
    expect(written.at(-1)).toMatchObject({
      response: {
        status: 'completed',
        model: 'asked-for',
        output: [
          {
            type: 'reasoning',
            summary: [{ type: 'summary_text', text: 'T' }],
            encrypted_content: 'anthropic-proof:SIG',
          },
          {
            type: 'message',
            status: 'completed',
            content: [{ type: 'output_text', text: 'hey', annotations: [], logprobs: [] }],
          },
          { type: 'function_call', call_id: 'toolu_1', name: 'f', arguments: '{"a":1}', status: 'completed' },
        ],
        usage: {
          input_tokens: 15,
          input_tokens_details: { cached_tokens: 5 },
          output_tokens: 7,
          output_tokens_details: { reasoning_tokens: 0 },
          total_tokens: 22,
        },
      },
    });
  });

  it('ids are the same on every replica, and every event of an item names its own', () => {
    const events = [...text(0, 'a'), end()];
    const written = write(events);
    const [id] = (itemsOf(written) as { id: string }[]).map((item) => item.id); // a message has one

    expect(id).toMatch(/^msg_[0-9a-f]{24}$/);
    expect(write(events)).toEqual(written);
    expect(written.filter((event) => 'item_id' in event).map((event) => event['item_id'])).toEqual([id, id, id, id]);
  });

  it('repeats the request in every response', () => {
    const tools = [{ type: 'function', name: 'f', parameters: { type: 'object' }, strict: true }];
    const request = ask({
      instructions: 'Be brief.',
      tools,
      tool_choice: 'required',
      parallel_tool_calls: false,
      temperature: 0.3,
      max_output_tokens: 99,
      reasoning: { effort: 'low' },
      text: { format: { type: 'json_object' } },
      metadata: { a: 'b' },
      user: 'u',
    });
    const [created] = write([end()], request);

    expect(created).toMatchObject({
      response: {
        id: 'a-1',
        object: 'response',
        created_at: 1_700_000_000,
        status: 'in_progress',
        error: null,
        incomplete_details: null,
        output: [],
        usage: null,
        instructions: 'Be brief.',
        tools,
        tool_choice: 'required',
        parallel_tool_calls: false,
        temperature: 0.3,
        top_p: 1,
        max_output_tokens: 99,
        reasoning: { effort: 'low', summary: null },
        text: { format: { type: 'json_object' } },
        metadata: { a: 'b' },
        user: 'u',
        store: false,
        previous_response_id: null,
        truncation: 'disabled',
      },
    });
  });

  describe('messages', () => {
    it('hold consecutive texts as parts, also when hidden tools of another vendor stand between them', () => {
      const hidden = block(1, { type: 'server-tool', id: 's', tool: 'web_search' });

      expect(itemsOf(write([...text(0, 'a'), ...hidden, ...text(2, 'b'), end()]))).toMatchObject([
        { type: 'message', content: [{ text: 'a' }, { text: 'b' }] },
      ]);
    });

    it('begin anew after a call', () => {
      const call = block(1, { type: 'tool-call', id: 'c', name: 'f' });
      const items = itemsOf(write([...text(0, 'a'), ...call, ...text(2, 'b'), end()]));

      expect(items).toMatchObject([
        { type: 'message', content: [{ text: 'a' }] },
        { type: 'function_call', arguments: '{}' },
        { type: 'message', content: [{ text: 'b' }] },
      ]);
    });

    it('say refusals in their own way', () => {
      const written = write([...block(0, { type: 'refusal' }, 'No', '.'), end('refusal')]);

      expect(namesOf(written)).toEqual(expect.arrayContaining(['refusal.delta', 'refusal.done']));
      expect(written.at(-1)).toMatchObject({
        type: 'response.completed',
        response: { output: [{ content: [{ type: 'refusal', refusal: 'No.' }] }] },
      });
    });

    it('say citations as annotations of the text so far', () => {
      const citation = { type: 'web_search_result_location', url: 'https://a.example', title: 'A', cited_text: 'x' };
      const written = write([
        { type: 'block-start', index: 0, block: { type: 'text' } },
        { type: 'block-delta', index: 0, delta: 'four' },
        { type: 'block-mark', index: 0, citation },
        { type: 'block-mark', index: 0, citation: { type: 'char_location', document_index: 0 } },
        { type: 'block-end', index: 0 },
        end(),
      ]);
      const annotation = { type: 'url_citation', start_index: 0, end_index: 4, url: 'https://a.example', title: 'A' };

      expect(written.filter(({ type }) => type === 'response.output_text.annotation.added')).toMatchObject([
        { annotation_index: 0, annotation },
      ]);
      expect(itemsOf(written)).toMatchObject([{ content: [{ annotations: [annotation] }] }]);
    });
  });

  describe('reasoning', () => {
    it('that is sealed stays sealed', () => {
      const events: CanonicalEvent[] = [
        { type: 'block-start', index: 0, block: { type: 'reasoning' } },
        { type: 'block-mark', index: 0, redacted: 'DATA' },
        { type: 'block-end', index: 0 },
        end(),
      ];

      expect(itemsOf(write(events))).toMatchObject([
        { type: 'reasoning', summary: [], encrypted_content: 'claude-redacted-thinking:DATA' },
      ]);
    });
  });

  describe('calls', () => {
    it('of custom tools hold their text', () => {
      const request = ask({ tools: [{ type: 'custom', name: 'apply_patch' }] });
      const written = write(
        [...block(0, { type: 'tool-call', id: 'c', name: 'apply_patch' }, '{"inp', 'ut":"a\\nb"}'), end('tool-calls')],
        request,
      );

      expect(namesOf(written).slice(2, -1)).toEqual([
        'output_item.added',
        'custom_tool_call_input.delta',
        'custom_tool_call_input.done',
        'output_item.done',
      ]);
      expect(itemsOf(written)).toMatchObject([
        { type: 'custom_tool_call', call_id: 'c', name: 'apply_patch', input: 'a\nb' },
      ]);
    });

    it('of namespaces get their namespace back', () => {
      const crm = { type: 'namespace', name: 'crm', tools: [{ type: 'function', name: 'find', parameters: {} }] };
      const written = write(
        [...block(0, { type: 'tool-call', id: 'c', name: 'crm__find' }, '{}'), end('tool-calls')],
        ask({ tools: [crm] }),
      );

      expect(itemsOf(written)).toMatchObject([{ type: 'function_call', name: 'find', namespace: 'crm' }]);
    });

    it('that overlap follow each other', () => {
      const start = (index: number, id: string): CanonicalEvent => ({
        type: 'block-start',
        index,
        block: { type: 'tool-call', id, name: 'f' },
      });
      const written = write([
        start(0, 'a'),
        start(1, 'b'),
        { type: 'block-delta', index: 1, delta: '{"b":1}' },
        { type: 'block-delta', index: 0, delta: '{"a":1}' },
        { type: 'block-end', index: 1 },
        { type: 'block-end', index: 0 },
        end('tool-calls'),
      ]);

      expect(itemsOf(written)).toMatchObject([
        { call_id: 'a', arguments: '{"a":1}' },
        { call_id: 'b', arguments: '{"b":1}' },
      ]);
      expect(written.flatMap((event) => ('output_index' in event ? [event['output_index']] : []))).toEqual([
        0, 0, 0, 0, 1, 1, 1, 1,
      ]);
    });
  });

  it('tells a picture as a use of the format’s own tool', () => {
    const written = write([...block(0, { type: 'image', mediaType: 'image/png' }, 'iVBO', 'Rw=='), end()]);

    expect(itemsOf(written)).toMatchObject([
      { type: 'image_generation_call', status: 'completed', output_format: 'png', result: 'iVBORw==' },
    ]);
  });

  describe('the end', () => {
    it.each([
      ['length', 'max_output_tokens'],
      ['content-filter', 'content_filter'],
      ['refusal', 'content_filter'],
    ] as const)('of an answer that ended by %s is incomplete: %s', (unified, reason) => {
      expect(write([...text(0, 'half'), end(unified)]).at(-1)).toMatchObject({
        type: 'response.incomplete',
        response: {
          status: 'incomplete',
          incomplete_details: { reason },
          output: [{ type: 'message', status: 'incomplete', content: [{ text: 'half' }] }],
        },
      });
    });

    it('of a failure is an error and a failed response, and nothing else', () => {
      const error = new GatewayError({ kind: 'upstream_overloaded', message: 'Try later.' });
      const written = write([...text(0, 'half'), { type: 'response-error', error }, end()]);

      expect(namesOf(written).slice(-2)).toEqual(['error', 'failed']);
      expect(written.at(-2)).toMatchObject({ error: { message: 'Try later.', code: 'server_is_overloaded' } });
      expect(written.at(-1)).toMatchObject({
        sequence_number: written.length - 1,
        response: {
          id: 'a-1',
          status: 'failed',
          error: { code: 'server_is_overloaded', message: 'Try later.' },
          output: [{ content: [{ text: 'half' }] }],
        },
      });
    });

    it('of an answer that is larger than can be repeated is a failure', () => {
      const encoder = new ResponsesStreamEncoder(ask(), CONTEXT, 10);
      const names: (string | undefined)[] = [];
      for (const event of [
        { type: 'response-start', id: 'a', model: 'm' } as const,
        ...text(0, '12345', '67890', 'x'),
      ]) {
        encoder.push(event, (frame) => names.push(frame.event));
      }

      expect(names.slice(-3)).toEqual(['response.output_text.delta', 'error', 'response.failed']);
    });

    it('keeps nothing of half a call', () => {
      const error = new GatewayError({ kind: 'upstream_truncated', message: 'm' });
      const written = write([
        { type: 'block-start', index: 0, block: { type: 'tool-call', id: 'c', name: 'f' } },
        { type: 'block-delta', index: 0, delta: '{"a"' },
        { type: 'response-error', error },
      ]);

      expect(namesOf(written)).not.toContain('output_item.done');
      expect(written.at(-1)).toMatchObject({ response: { output: [] } });
    });
  });
});
