import { isReasoningModel, reasoningEffortsOf } from './model-family.js';

describe('isReasoningModel', () => {
  it.each(['o1', 'o3-mini', 'o4-mini-2025-04-16', 'gpt-5', 'gpt-5.1-codex', 'openai/gpt-5-nano', 'GPT-6'])(
    'is so for %s',
    (model) => {
      expect(isReasoningModel(model)).toBe(true);
    },
  );

  it.each(['gpt-4o', 'gpt-4.1', 'gpt-5-chat-latest', 'gpt-oss-120b', 'omni', 'claude-opus-4', 'llama3.1', ''])(
    'is not so for %s',
    (model) => {
      expect(isReasoningModel(model)).toBe(false);
    },
  );
});

describe('reasoningEffortsOf', () => {
  it.each([
    ['o3', ['low', 'medium', 'high']],
    ['gpt-5', ['minimal', 'low', 'medium', 'high']],
    ['gpt-5.1', ['none', 'low', 'medium', 'high']],
    ['gpt-5.4', ['none', 'low', 'medium', 'high', 'xhigh']],
    ['gpt-4.1', []],
  ])('of %s are %j', (model, efforts) => {
    expect(reasoningEffortsOf(model)).toEqual(efforts);
  });
});
