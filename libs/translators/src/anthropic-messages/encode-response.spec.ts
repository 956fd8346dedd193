import type { CanonicalResponse, ContentBlock, FinishReason, Usage } from '@sluice/core';
import type { TranslationContext } from '@sluice/translator-kit';
import { encodeResponse } from './encode-response.js';

const context: TranslationContext = {
  requestId: 'req-1',
  createdAtSeconds: 1_700_000_000,
  requestedModel: 'client-name',
  upstreamModel: 'vendor-name',
  dialect: {},
};

const encode = (members: Partial<CanonicalResponse>) =>
  encodeResponse(
    { id: 'chatcmpl-1', model: 'vendor-name', content: [], finishReason: { unified: 'stop', raw: 'stop' }, ...members },
    context,
  );
const contentOf = (...content: ContentBlock[]) => encode({ content })['content'];
const finishOf = (finishReason: FinishReason, ...content: ContentBlock[]) => {
  const { stop_reason, stop_sequence } = encode({ finishReason, content });
  return [stop_reason, stop_sequence];
};

describe('encodeResponse', () => {
  it('answers under the name that the client asked for', () => {
    expect(encode({ content: [{ type: 'text', text: 'hi' }] })).toEqual({
      id: 'chatcmpl-1',
      type: 'message',
      role: 'assistant',
      model: 'client-name',
      content: [{ type: 'text', text: 'hi' }],
      stop_reason: 'end_turn',
      stop_sequence: null,
      usage: { input_tokens: 0, output_tokens: 0 },
    });
  });

  it('makes up the same id each time for an answer without one', () => {
    const ids = [encode({ id: '' }), encode({ id: '' })].map(({ id }) => id);

    expect(ids[0]).toMatch(/^msg_[0-9a-f]{24}$/);
    expect(ids[0]).toBe(ids[1]);
  });

  it.each<[string, Usage, object]>([
    [
      'row 40: without what the cache gave',
      { input: 100, cacheRead: 60, output: 20, source: 'upstream' },
      { input_tokens: 40, cache_read_input_tokens: 60, output_tokens: 20 },
    ],
    [
      'without what the cache took',
      { input: 100, cacheRead: 0, cacheWrite5m: 10, cacheWrite1h: 5, output: 20, reasoning: 8, source: 'upstream' },
      {
        input_tokens: 85,
        cache_read_input_tokens: 0,
        cache_creation_input_tokens: 15,
        cache_creation: { ephemeral_5m_input_tokens: 10, ephemeral_1h_input_tokens: 5 },
        output_tokens: 20,
        output_tokens_details: { thinking_tokens: 8 },
      },
    ],
    [
      'never below zero',
      { input: 5, cacheRead: 9, source: 'mixed' },
      { input_tokens: 0, cache_read_input_tokens: 9, output_tokens: 0 },
    ],
  ])('counts the input %s', (_, usage, expected) => {
    expect(encode({ usage })['usage']).toEqual(expected);
  });

  it.each<[FinishReason, [string, string | null]]>([
    [{ unified: 'length', raw: 'length' }, ['max_tokens', null]], // row 41
    [{ unified: 'tool-calls', raw: 'tool_calls' }, ['tool_use', null]],
    [{ unified: 'content-filter', raw: 'content_filter' }, ['refusal', null]],
    [{ unified: 'context-window' }, ['model_context_window_exceeded', null]],
    [{ unified: 'pause' }, ['pause_turn', null]],
    [{ unified: 'pause', raw: 'compaction' }, ['compaction', null]],
    [{ unified: 'other', raw: 'OTHER' }, ['end_turn', null]],
    [{ unified: 'stop', raw: 'stop', stopSequence: '\nEND' }, ['stop_sequence', '\nEND']], // row 107
  ])('row 41: says %j as %j', (finishReason, expected) => {
    expect(finishOf(finishReason)).toEqual(expected);
  });

  it('says a refusal that another format says in the content', () => {
    expect(contentOf({ type: 'refusal', text: 'No.' })).toEqual([{ type: 'text', text: 'No.' }]);
    expect(finishOf({ unified: 'stop', raw: 'stop' }, { type: 'refusal', text: 'No.' })).toEqual(['refusal', null]);
  });

  it('says a refusal also where clients look for its reason', () => {
    const content = [{ type: 'refusal', text: 'No.' }] as const;

    expect(encode({ content })).toMatchObject({
      stop_details: { type: 'refusal', category: null, explanation: 'No.' },
    });
  });

  it.each([
    ['an answer that was cut', { unified: 'length', raw: 'length' } as const, 'No.'],
    ['a refusal that is a treatise', { unified: 'stop', raw: 'stop' } as const, 'N'.repeat(16 * 1024 + 1)],
  ])('explains nothing for %s', (_, finishReason, text) => {
    expect(encode({ finishReason, content: [{ type: 'refusal', text }] })).not.toHaveProperty('stop_details');
  });

  it('row 42: holds text and calls in one message', () => {
    expect(
      contentOf({ type: 'text', text: 'a' }, { type: 'tool-call', id: 'call:1', name: 'f', argumentsJson: '{"a":1}' }),
    ).toEqual([
      { type: 'text', text: 'a' },
      { type: 'tool_use', id: 'call_1', name: 'f', input: { a: 1 } },
    ]);
  });

  it.each([
    ['', {}],
    [' ', {}],
    ['"{\\"a\\":1}"', { a: 1 }],
    ['{"a":', { _raw: '{"a":' }],
    ['[1]', { _raw: '[1]' }],
  ])('gives the client an object for the arguments %j', (argumentsJson, input) => {
    expect(contentOf({ type: 'tool-call', id: 'c', name: 'f', argumentsJson })).toEqual([
      { type: 'tool_use', id: 'c', name: 'f', input },
    ]);
  });

  it('carries another vendor’s proof to the client, who brings it back', () => {
    expect(contentOf({ type: 'reasoning', text: 't', signature: { family: 'openai', value: 'gAAAA' } })).toEqual([
      { type: 'thinking', thinking: 't', signature: 'gAAAA' },
    ]);
  });

  it('leaves out what nobody can read and notes what it cannot carry', () => {
    expect(
      contentOf(
        { type: 'text', text: '' },
        { type: 'server-tool', id: 's', tool: 'search', raw: { format: 'gemini', value: {} } },
        { type: 'opaque', format: 'gemini', value: {} },
        { type: 'text', text: 'a', citations: [{ type: 'url_citation', url: 'https://a.example' }] },
        { type: 'image', source: { kind: 'base64', value: 'AAAA' } },
      ),
    ).toEqual([
      { type: 'text', text: 'a' },
      { type: 'text', text: expect.stringContaining('image') },
    ]);
  });
});
