import { planOf } from './plan.js';

describe('planOf', () => {
  const plan = planOf([
    { id: 'auto' },
    { id: 'claude-sonnet-4.5', maxInputTokens: 200_000 },
    { id: 'claude-sonnet-4.6', maxInputTokens: 1_000_000 },
    { id: 'claude-sonnet-4.6-1m', maxInputTokens: 900_000 },
    { id: 'gpt-5.6-sol', maxInputTokens: 272_000 },
  ]);

  it('knows the windows by the ids that requests carry', () => {
    expect([...plan.windows]).toEqual([
      ['CLAUDE_SONNET_4_5_20250929_V1_0', 200_000],
      ['claude-sonnet-4.6', 1_000_000],
      ['claude-sonnet-4.6-1m', 900_000],
      ['gpt-5.6-sol', 272_000],
    ]);
  });

  it('knows the models that are large by their name', () => {
    expect([...plan.large]).toEqual(['claude-sonnet-4.6-1m']);
  });
});
