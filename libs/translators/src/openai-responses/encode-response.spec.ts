import type { CanonicalResponse, ContentBlock } from '@sluice/core';
import type { TranslationContext } from '@sluice/translator-kit';
import { decodeRequest } from './decode-request.js';
import { encodeResponse } from './encode-response.js';

const CONTEXT: TranslationContext = {
  requestId: 'r-1',
  createdAtSeconds: 1_700_000_000,
  requestedModel: 'asked-for',
  upstreamModel: 'vendor-model',
  dialect: {},
};

const answer = (content: readonly ContentBlock[], members: Partial<CanonicalResponse> = {}): CanonicalResponse => ({
  id: 'msg_1',
  model: 'claude',
  content,
  finishReason: { unified: 'stop' },
  ...members,
});
const outputOf = (...content: readonly ContentBlock[]): unknown => encodeResponse(answer(content), CONTEXT)['output'];

describe('encodeResponse', () => {
  it('is a whole response under the name that the client asked for', () => {
    expect(
      encodeResponse(
        answer([{ type: 'text', text: 'hi' }], { usage: { input: 9, output: 2, source: 'upstream' } }),
        CONTEXT,
      ),
    ).toEqual({
      id: 'msg_1',
      object: 'response',
      created_at: 1_700_000_000,
      status: 'completed',
      error: null,
      incomplete_details: null,
      model: 'asked-for',
      output: [
        {
          id: expect.stringMatching(/^msg_[0-9a-f]{24}$/),
          type: 'message',
          status: 'completed',
          role: 'assistant',
          content: [{ type: 'output_text', text: 'hi', annotations: [], logprobs: [] }],
        },
      ],
      usage: {
        input_tokens: 9,
        input_tokens_details: { cached_tokens: 0 },
        output_tokens: 2,
        output_tokens_details: { reasoning_tokens: 0 },
        total_tokens: 11,
      },
      instructions: null,
      max_output_tokens: null,
      background: false,
      max_tool_calls: null,
      metadata: {},
      previous_response_id: null,
      prompt_cache_key: null,
      safety_identifier: null,
      top_logprobs: 0,
      truncation: 'disabled',
      user: null,
      parallel_tool_calls: true,
      reasoning: { effort: null, summary: null },
      service_tier: 'default',
      store: false,
      temperature: 1,
      text: { format: { type: 'text' } },
      tool_choice: 'auto',
      tools: [],
      top_p: 1,
    });
  });

  it('has no output_text: that is what clients add', () => {
    expect(encodeResponse(answer([{ type: 'text', text: 'hi' }]), CONTEXT)).not.toHaveProperty('output_text');
  });

  it('makes an id where the vendor gave none', () => {
    expect(encodeResponse(answer([], { id: '' }), CONTEXT)['id']).toMatch(/^resp_[0-9a-f]{24}$/);
  });

  it('puts blocks into items in their order', () => {
    expect(
      outputOf(
        { type: 'reasoning', text: 'T', signature: { family: 'anthropic', value: 'SIG' } },
        { type: 'reasoning', text: '', redacted: 'DATA' },
        { type: 'text', text: 'a' },
        { type: 'refusal', text: 'b' },
        { type: 'tool-call', id: 'c1', name: 'f', argumentsJson: '' },
        { type: 'text', text: 'c' },
      ),
    ).toMatchObject([
      { type: 'reasoning', summary: [{ type: 'summary_text', text: 'T' }], encrypted_content: 'anthropic-proof:SIG' },
      { type: 'reasoning', summary: [], encrypted_content: 'claude-redacted-thinking:DATA' },
      {
        type: 'message',
        content: [
          { type: 'output_text', text: 'a' },
          { type: 'refusal', refusal: 'b' },
        ],
      },
      { type: 'function_call', call_id: 'c1', name: 'f', arguments: '{}', status: 'completed' },
      { type: 'message', content: [{ text: 'c' }] },
    ]);
  });

  it('leaves out what only another format can say', () => {
    const foreign = { format: 'anthropic-messages', value: { type: 'x' } };

    expect(
      outputOf(
        { type: 'text', text: 'a' },
        { type: 'server-tool', id: 's', tool: 'web_search', raw: foreign },
        { type: 'opaque', ...foreign },
        { type: 'text', text: 'b' },
      ),
    ).toMatchObject([{ type: 'message', content: [{ text: 'a' }, { text: 'b' }] }]);
  });

  it('gives the calls of custom tools as the client declared them', () => {
    const body = Buffer.from(JSON.stringify({ model: 'm', input: 'x', tools: [{ type: 'custom', name: 'patch' }] }));
    const request = decodeRequest({ path: '', query: '', body });
    const call: ContentBlock = { type: 'tool-call', id: 'c', name: 'patch', argumentsJson: '{"input":"+ a"}' };

    expect(encodeResponse(answer([call]), CONTEXT, request)['output']).toMatchObject([
      { type: 'custom_tool_call', call_id: 'c', name: 'patch', input: '+ a', status: 'completed' },
    ]);
  });

  it('says that a cut message is incomplete', () => {
    const cut = answer([{ type: 'text', text: 'half' }], { finishReason: { unified: 'length', raw: 'max_tokens' } });

    expect(encodeResponse(cut, CONTEXT)).toMatchObject({
      status: 'incomplete',
      incomplete_details: { reason: 'max_output_tokens' },
      output: [{ status: 'incomplete' }],
    });
  });

  it('gives no usage when none is known', () => {
    expect(encodeResponse(answer([]), CONTEXT)['usage']).toBeNull();
  });
});
