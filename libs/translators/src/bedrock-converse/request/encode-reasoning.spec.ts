import type { JsonObject } from '@sluice/core';
import { encode, type Members } from '../__fixtures__/encode.js';
import { assistant, call, functionTool, result, user } from '../__fixtures__/requests.js';

const OPUS_46 = 'us.anthropic.claude-opus-4-6-v1';
const SONNET_37 = 'anthropic.claude-3-7-sonnet-20250219-v1:0';
const HAIKU_3 = 'anthropic.claude-3-haiku-20240307-v1:0';
const NOVA_2 = 'us.amazon.nova-2-lite-v1:0';
const GPT_OSS = 'openai.gpt-oss-120b-1:0';

const fieldsOf = (members: Members, model?: string) => encode(members, model).body['additionalModelRequestFields'];
const THINKING = { sampling: { maxOutputTokens: 20_000 }, reasoning: { mode: 'on', budgetTokens: 4000 } } as const;
const BUDGET = { reasoning: THINKING.reasoning } as const;
const TOOLS = [functionTool('get_weather')];
const LOOP = [user('q'), assistant(call('1')), user(result('1', 'wet'))];

describe('encodeReasoning', () => {
  describe('reasoning', () => {
    const HIGH = { sampling: {}, reasoning: { mode: 'on', effort: 'high' } } as const;

    it.each<[string, string, Members, JsonObject]>([
      ['a budget', SONNET_37, THINKING, { thinking: { type: 'enabled', budget_tokens: 4000 } }],
      ['an effort as a budget', SONNET_37, HIGH, { thinking: { type: 'enabled', budget_tokens: 24_576 } }],
      ['the model’s judgement', OPUS_46, HIGH, { thinking: { type: 'adaptive' } }],
      ['off', OPUS_46, { reasoning: { mode: 'off' } }, { thinking: { type: 'disabled' } }],
      [
        'not shown',
        SONNET_37,
        { reasoning: { ...THINKING.reasoning, show: 'none' } },
        { thinking: { type: 'enabled', budget_tokens: 4000, display: 'omitted' } },
      ],
      [
        'Nova',
        NOVA_2,
        { reasoning: { mode: 'on', effort: 'minimal' } },
        { reasoningConfig: { type: 'enabled', maxReasoningEffort: 'low' } },
      ],
      ['OpenAI', GPT_OSS, HIGH, { reasoning_effort: 'high' }],
    ])('is asked for in the words of the model’s vendor: %s', (_, model, members, fields) => {
      expect(fieldsOf(members, model)).toEqual(fields);
    });

    it('has an effort of its own where the model knows one', () => {
      expect(encode(HIGH, OPUS_46).body['outputConfig']).toEqual({ effort: 'high' });
      expect(encode(HIGH, SONNET_37).body).not.toHaveProperty('outputConfig');
    });

    it.each([
      [5000, 2500, 'changed /reasoning'],
      [1500, 1024, 'changed /reasoning'],
    ])('with %d tokens to answer has %d to think', (maxOutputTokens, budget_tokens, warning) => {
      const { body, told } = encode(
        { sampling: { maxOutputTokens }, reasoning: { mode: 'on', budgetTokens: 8000 } },
        SONNET_37,
      );

      expect(body['additionalModelRequestFields']).toEqual({ thinking: { type: 'enabled', budget_tokens } });
      expect(told).toEqual([warning]);
    });

    it.each<[string, string, Members, number | undefined]>([
      ['what the model can', SONNET_37, { reasoning: THINKING.reasoning }, 64_000],
      ['what a newer model can', OPUS_46, HIGH, 128_000],
      [
        'what a small model can',
        'eu.anthropic.claude-opus-4-1-20250805-v1:0',
        { reasoning: THINKING.reasoning },
        32_000,
      ],
      ['the budget and an answer', 'arn:aws:bedrock:us-east-1:1:application-inference-profile/x', BUDGET, 12_192],
      ['what the client says', SONNET_37, THINKING, 20_000],
      ['nothing where it does not think', SONNET_37, {}, undefined],
    ])('is given room: %s', (_, model, members, maxTokens) => {
      const { body } = encode({ sampling: {}, ...members }, model);

      expect(body['inferenceConfig']).toEqual(maxTokens === undefined ? undefined : { maxTokens });
    });

    it('goes on in a loop whose first call alone was thought about', () => {
      const messages = [
        user('q'),
        assistant({ type: 'reasoning', text: 't', signature: { family: 'anthropic', value: 'p' } }, call('1')),
        user(result('1', 'wet')),
        assistant(call('2')),
        user(result('2', 'dry')),
      ];

      expect(fieldsOf({ ...THINKING, messages, tools: TOOLS }, SONNET_37)).toHaveProperty('thinking');
    });

    it.each<[string, Members, string | undefined]>([
      ['leaves no room', { sampling: { maxOutputTokens: 1024 }, reasoning: THINKING.reasoning }, SONNET_37],
      ['is beside a forced call', { ...THINKING, tools: TOOLS, toolChoice: { mode: 'required' } }, SONNET_37],
      ['is beside a begun answer', { ...THINKING, messages: [user('q'), assistant('a')] }, SONNET_37],
      ['does not come with its calls', { ...THINKING, messages: LOOP, tools: TOOLS }, SONNET_37],
      ['is beyond the model', THINKING, HAIKU_3],
    ])('is left out, and said so, where it %s', (_, members, model) => {
      const { body, told } = encode(members, model);

      expect(body).not.toHaveProperty('additionalModelRequestFields');
      expect(told).toEqual(['dropped /reasoning']);
    });

    it.each<[string, string, Members['sampling'], JsonObject]>([
      ['thinks', SONNET_37, { temperature: 0.5, topP: 0.5, topK: 5, maxOutputTokens: 9000 }, { maxTokens: 9000 }],
      ['thinks', SONNET_37, { temperature: 1, maxOutputTokens: 9000 }, { maxTokens: 9000, temperature: 1 }],
      ['thinks', SONNET_37, { topP: 0.97, maxOutputTokens: 9000 }, { maxTokens: 9000, topP: 0.97 }],
    ])('limits sampling while the model %s (%s, %j)', (_, model, sampling = {}, config) => {
      const { body } = encode({ sampling, reasoning: THINKING.reasoning }, model);

      expect(body['inferenceConfig']).toEqual(config);
      expect(body['additionalModelRequestFields']).not.toHaveProperty('top_k');
    });

    it('leaves Nova nothing to sample by when it thinks hard', () => {
      const { body, told } = encode({ ...HIGH, sampling: { maxOutputTokens: 9, temperature: 1, stop: ['x'] } }, NOVA_2);

      expect(body['inferenceConfig']).toEqual({ stopSequences: ['x'] });
      expect(told).toEqual(['dropped /sampling/maxOutputTokens', 'dropped /sampling/temperature']);
    });
  });
});
