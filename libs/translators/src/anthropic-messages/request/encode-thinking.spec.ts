import type { CanonicalRequest, ContentBlock, JsonObject, Message, ReasoningOptions, Signature } from '@sluice/core';
import type { TranslationContext } from '@sluice/translator-kit';
import { encodeRequest } from '../encode-request.js';

const SONNET = 'claude-sonnet-4-5-20250929';
const PROOF: Signature = { family: 'anthropic', value: 'proof' };

const contextOf = (upstreamModel: string): TranslationContext => ({
  requestId: 'req-1',
  createdAtSeconds: 1_700_000_000,
  requestedModel: 'client-name',
  upstreamModel,
  dialect: {},
});

const text = (value: string): ContentBlock => ({ type: 'text', text: value });
const user = (...content: ContentBlock[]): Message => ({ role: 'user', content });
const assistant = (...content: ContentBlock[]): Message => ({ role: 'assistant', content });
const call = (id: string, argumentsJson = '{}', name = 'f'): ContentBlock => ({
  type: 'tool-call',
  id,
  name,
  argumentsJson,
});
const result = (callId: string, ...content: ContentBlock[]): ContentBlock => ({ type: 'tool-result', callId, content });

const tool = { kind: 'function', name: 'f', parameters: { type: 'object', properties: {} } } as const;

function encode(members: Partial<CanonicalRequest>, model = SONNET) {
  const request = {
    model: 'client-name',
    stream: false,
    messages: [user(text('hi'))],
    tools: [],
    sampling: {},
    ...members,
  };
  const { call: wire, warnings } = encodeRequest(request, contextOf(model));
  const body = JSON.parse(wire.body.toString()) as JsonObject; // what we serialised
  return { body, warnings, paths: warnings.map(({ path, effect }) => `${effect} ${path}`), path: wire.path };
}

describe('the thinking of an encoded request', () => {
  const think = (reasoning: ReasoningOptions, model: string, members: Partial<CanonicalRequest> = {}) =>
    encode({ reasoning, sampling: { maxOutputTokens: 50_000 }, ...members }, model);

  it.each<[string, ReasoningOptions, string, JsonObject]>([
    ['a budget', { mode: 'on', budgetTokens: 2048 }, SONNET, { thinking: { type: 'enabled', budget_tokens: 2048 } }],
    [
      'an effort as budget',
      { mode: 'on', effort: 'medium' },
      SONNET,
      { thinking: { type: 'enabled', budget_tokens: 8192 } },
    ],
    ['judgement as budget', { mode: 'adaptive' }, SONNET, { thinking: { type: 'enabled', budget_tokens: 24_576 } }],
    [
      'too small a budget',
      { mode: 'on', budgetTokens: 10 },
      SONNET,
      { thinking: { type: 'enabled', budget_tokens: 1024 } },
    ],
    [
      'an effort',
      { mode: 'on', effort: 'minimal' },
      'claude-opus-4-6',
      { thinking: { type: 'adaptive' }, output_config: { effort: 'low' } },
    ],
    [
      'a budget of a newer model',
      { mode: 'on', budgetTokens: 2048 },
      'claude-opus-4.6',
      { thinking: { type: 'enabled', budget_tokens: 2048 } },
    ],
    [
      'a budget as effort',
      { mode: 'on', budgetTokens: 9000 },
      'claude-opus-5',
      { thinking: { type: 'adaptive' }, output_config: { effort: 'high' } },
    ],
    [
      'an effort beyond a model',
      { mode: 'adaptive', effort: 'xhigh' },
      'claude-opus-4-6',
      { thinking: { type: 'adaptive' }, output_config: { effort: 'high' } },
    ],
    [
      'an effort to be chosen',
      { mode: 'on', effort: 'auto' },
      'claude-opus-5',
      { thinking: { type: 'adaptive' }, output_config: { effort: 'high' } },
    ],
    [
      'an imitator’s effort',
      { mode: 'on', effort: 'low' },
      'kimi-k3',
      { thinking: { type: 'enabled', budget_tokens: 1024 } },
    ],
    [
      'hidden thinking',
      { mode: 'adaptive', show: 'none' },
      'claude-opus-5',
      { thinking: { type: 'adaptive', display: 'omitted' } },
    ],
    ['nothing', { mode: 'off' }, SONNET, { thinking: { type: 'disabled' } }],
    ['nothing of a model without it', { mode: 'on', effort: 'high' }, 'claude-3-haiku-20240307', {}],
  ])('says %s', (_, reasoning, model, expected) => {
    const { body } = think(reasoning, model, { sampling: {} });

    expect(body).toEqual({ model, max_tokens: expect.anything(), messages: expect.anything(), ...expected });
  });

  it('row 15: gives way to a forced call', () => {
    const { body, paths } = think({ mode: 'on', effort: 'high' }, 'claude-opus-4-6', {
      tools: [tool],
      toolChoice: { mode: 'required' },
    });

    expect(body).toMatchObject({ tool_choice: { type: 'any' } });
    expect(body).not.toHaveProperty('thinking');
    expect(body).not.toHaveProperty('output_config');
    expect(paths).toEqual(['dropped /reasoning']);
  });

  it.each([
    ['row 123: a budget larger than the answer', 20_000, 8000, { type: 'enabled', budget_tokens: 4000 }, 'changed'],
    ['a budget of a short answer', 20_000, 1500, { type: 'enabled', budget_tokens: 1024 }, 'changed'],
    ['a budget without room', 20_000, 1024, undefined, 'dropped'],
  ])('cuts %s', (_, budgetTokens, maxOutputTokens, thinking, effect) => {
    const { body, paths } = think({ mode: 'on', budgetTokens }, SONNET, { sampling: { maxOutputTokens } });

    expect(body['thinking']).toEqual(thinking);
    expect(body['max_tokens']).toBe(maxOutputTokens);
    expect(paths).toEqual([`${effect} /reasoning`]);
  });

  it.each<[string, Message[]]>([
    ['the beginning of an answer', [user(text('a')), assistant(text('b'))]],
    ['calls whose thinking is lost', [user(text('a')), assistant(call('c')), user(result('c'))]],
  ])('gives way to %s', (_, messages) => {
    const { body, paths } = think({ mode: 'on', effort: 'high' }, SONNET, { messages });

    expect(body).not.toHaveProperty('thinking');
    expect(paths).toEqual(['dropped /reasoning']);
  });

  const ASKED = [user(text('a')), assistant({ type: 'reasoning', text: 't', signature: PROOF }, call('c'))];
  const SECOND_CALL = [user(result('c')), assistant(call('d')), user(result('d'))];

  it.each<[string, Message[]]>([
    ['a loop whose thinking is there', [...ASKED, user(result('c'))]],
    ['a loop whose first call alone was thought about', [...ASKED, ...SECOND_CALL]],
    ['a question after such a loop', [...ASKED, user(result('c')), assistant(text('b')), user(text('e'))]],
  ])('goes on in %s', (_, messages) => {
    expect(think({ mode: 'on', budgetTokens: 2048 }, SONNET, { messages }).body).toHaveProperty('thinking');
  });

  it.each<[string, ReasoningOptions, string, boolean]>([
    ['the model’s judgement, told as a budget', { mode: 'adaptive' }, SONNET, false],
    ['the model’s judgement', { mode: 'adaptive' }, 'claude-opus-4-6', true],
    ['an effort that is no budget', { mode: 'on', effort: 'high' }, 'claude-opus-4-6', true],
    ['a budget', { mode: 'on', budgetTokens: 2048 }, 'claude-opus-4-6', false],
  ])('without the thinking of the calls: %s', (_, reasoning, model, isThinking) => {
    const messages = [user(text('a')), assistant(call('c')), user(result('c'))];

    expect('thinking' in think(reasoning, model, { messages }).body).toBe(isThinking);
  });

  it('takes no sampling but a high top_p', () => {
    const { body, paths } = think({ mode: 'on', budgetTokens: 2048 }, SONNET, {
      sampling: { maxOutputTokens: 5000, temperature: 0.5, topP: 0.96, topK: 4 },
    });

    expect(body).toMatchObject({ top_p: 0.96, thinking: { type: 'enabled' } });
    expect(body).not.toHaveProperty('temperature');
    expect(body).not.toHaveProperty('top_k');
    expect(paths).toEqual(['dropped /sampling/temperature', 'dropped /sampling/topK']);
  });
});
