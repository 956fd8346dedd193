import { encodeAnthropicModelList, encodeOpenAiModelList } from './encode-model-list.js';
import type { ListedModel } from './listed-model.js';

const KNOWN: ListedModel = {
  id: 'claude-sonnet-4-20250514',
  displayName: 'Claude Sonnet 4',
  ownedBy: 'anthropic',
  createdAt: 1_747_872_000,
};
const UNKNOWN: ListedModel = { id: 'fast', displayName: undefined, ownedBy: 'openai', createdAt: undefined };

describe('encodeOpenAiModelList', () => {
  it('says it in OpenAI’s shape', () => {
    expect(encodeOpenAiModelList([KNOWN, UNKNOWN])).toEqual({
      object: 'list',
      data: [
        {
          id: 'claude-sonnet-4-20250514',
          object: 'model',
          created: 1_747_872_000,
          owned_by: 'anthropic',
          display_name: 'Claude Sonnet 4',
        },
        { id: 'fast', object: 'model', created: 0, owned_by: 'openai' },
      ],
    });
  });

  it('says what is known of limits and thinking', () => {
    const model = { ...UNKNOWN, maxInputTokens: 1_000_000, maxOutputTokens: 128_000, thinks: true };

    expect(encodeOpenAiModelList([model])).toMatchObject({
      data: [{ context_length: 1_000_000, max_tokens: 128_000, max_completion_tokens: 128_000, thinking: true }],
    });
  });

  it('has an empty list', () => {
    expect(encodeOpenAiModelList([])).toEqual({ object: 'list', data: [] });
  });
});

describe('encodeAnthropicModelList', () => {
  it('says it in Anthropic’s shape', () => {
    expect(encodeAnthropicModelList([KNOWN, UNKNOWN])).toEqual({
      data: [
        {
          type: 'model',
          id: 'claude-sonnet-4-20250514',
          display_name: 'Claude Sonnet 4',
          created_at: '2025-05-22T00:00:00Z',
        },
        { type: 'model', id: 'fast', display_name: 'fast', created_at: '1970-01-01T00:00:00Z' },
      ],
      has_more: false,
      first_id: 'claude-sonnet-4-20250514',
      last_id: 'fast',
    });
  });

  it('has an empty page', () => {
    expect(encodeAnthropicModelList([])).toEqual({ data: [], has_more: false, first_id: null, last_id: null });
  });
});
