import { readDialect } from './dialect.js';

describe('readDialect', () => {
  it("follows OpenAI's rules for its reasoning models", () => {
    expect(readDialect({}, 'gpt-5-mini')).toMatchObject({
      maxTokensField: 'max_completion_tokens',
      refusesMaxTokens: true,
      developerRole: true,
      takesSampling: false,
      reasoningEfforts: ['minimal', 'low', 'medium', 'high'],
    });
  });

  it('assumes of every other model what every imitation understands', () => {
    expect(readDialect({}, 'llama3.1')).toEqual({
      maxTokensField: 'max_tokens',
      refusesMaxTokens: false,
      developerRole: false,
      knowsDeveloper: true,
      systemPosition: 'any',
      sendReasoningBack: 'never',
      reasoningField: 'reasoning_content',
      reasoningEfforts: [],
      reasoningSwitch: undefined,
      takesSampling: true,
      streamUsage: true,
      toolImages: false,
      nullContent: true,
      cacheControl: false,
      topK: false,
      shortToolIds: false,
      thinkTags: false,
      takesGeminiProofs: false,
      splitsChoices: false,
    });
  });

  it.each([
    [{ maxTokensField: 'max_completion_tokens' }, { maxTokensField: 'max_completion_tokens' }],
    [{ developerRole: true }, { developerRole: true, knowsDeveloper: true }],
    [{ developerRole: false }, { developerRole: false, knowsDeveloper: false }],
    [{ systemPosition: 'first' }, { systemPosition: 'first' }],
    [{ sendReasoningBack: 'always' }, { sendReasoningBack: 'always' }],
    [{ splitChoices: ['other', 'claude'] }, { splitsChoices: false }],
    [{ splitChoices: ['other', 'llama'] }, { splitsChoices: true }],
    [{ splitChoices: 'llama' }, { splitsChoices: false }],
    [
      { toolIds: 'nine-alphanumerics', thinkTags: true },
      { shortToolIds: true, thinkTags: true },
    ],
    [{ sendReasoningBack: 'tool-loop' }, { sendReasoningBack: 'tool-loop' }],
    [{ sendReasoningBack: 'never' }, { sendReasoningBack: 'never' }],
    [{ reasoningEffort: true }, { reasoningEfforts: ['low', 'medium', 'high'] }],
    [{ reasoningEffort: ['low', 'very', 7] }, { reasoningEfforts: ['low'] }],
    [{ reasoningSwitch: 'thinking' }, { reasoningSwitch: 'thinking' }],
    [{ reasoningSwitch: 'enable_thinking' }, { reasoningSwitch: 'enable_thinking' }],
    [{ reasoningSwitch: true }, { reasoningSwitch: undefined }],
    [{ streamUsage: false }, { streamUsage: false }],
    [
      { streamUsage: 'no', nullContent: 0, toolImages: null },
      { streamUsage: true, nullContent: true, toolImages: false },
    ],
  ])('believes the account: %j', (settings, expected) => {
    expect(readDialect(settings, 'llama3.1')).toMatchObject(expected);
  });

  it('believes the account also where a name says otherwise', () => {
    expect(readDialect({ maxTokensField: 'max_tokens', reasoningEffort: false }, 'gpt-5')).toMatchObject({
      maxTokensField: 'max_tokens',
      reasoningEfforts: [],
    });
  });
});
