import { kiroModelId, largeModelId } from './model-id.js';

describe('kiroModelId', () => {
  it.each([
    ['49', 'claude-sonnet-4-20250514', 'CLAUDE_SONNET_4_20250514_V1_0'],
    ['50', 'claude-sonnet-4-5-20250929-thinking', 'CLAUDE_SONNET_4_5_20250929_V1_0'],
    ['51', 'claude-3-7-sonnet-20250219', 'CLAUDE_3_7_SONNET_20250219_V1_0'],
    ['52', 'claude-opus-4-6-1m-agentic', 'claude-opus-4.6'],
    ['53', 'claude-opus-4-6-thinking', 'claude-opus-4.6'],
    ['54', 'claude-sonnet-4-6', 'claude-sonnet-4.6'],
    ['55', 'claude-haiku-4-5-thinking-agentic', 'claude-haiku-4.5'],
    ['55', 'claude-haiku-4-5-agentic-thinking', 'claude-haiku-4.5'],
    ['57', 'claude-4.5-opus-high', 'claude-opus-4.5'],
  ])('%s: %s is %s', (_number, name, id) => {
    expect(kiroModelId(name)).toBe(id);
  });

  it.each([
    ['claude-sonnet-4', 'CLAUDE_SONNET_4_20250514_V1_0'],
    ['claude-sonnet-4.5', 'CLAUDE_SONNET_4_5_20250929_V1_0'],
    ['Claude-Sonnet', 'CLAUDE_SONNET_4_5_20250929_V1_0'],
    ['claude-3-5-sonnet-20241022', 'CLAUDE_3_5_SONNET_20241022_V2_0'],
    ['claude-opus-4-5-20251101', 'claude-opus-4.5'],
    ['claude-opus-4-20250514', 'claude-opus-4.6'],
    ['claude-opus-4-8', 'claude-opus-4.8'],
    ['claude-opus-5', 'claude-opus-5'],
    ['claude-sonnet-5-20260601', 'claude-sonnet-5'],
    ['claude-opus-4.6[1M]', 'claude-opus-4.6'],
    ['claude-haiku-4-5-20251001', 'claude-haiku-4.5'],
    ['CLAUDE_SONNET_4_5_20250929_V1_0', 'CLAUDE_SONNET_4_5_20250929_V1_0'],
    ['auto', 'auto'],
    ['auto-kiro', 'auto'],
    ['gpt-5.6-sol', 'gpt-5.6-sol'],
    ['deepseek-3.2', 'deepseek-3.2'],
  ])('%s is %s', (name, id) => {
    expect(kiroModelId(name)).toBe(id);
  });

  it.each([
    ['claude-sonnet-4-6-reason', '-reason', 'claude-sonnet-4.6'],
    ['claude-sonnet-4-6-REASON-1m', '-reason', 'claude-sonnet-4.6'],
    ['deepseek-3.2-thinking', '-reason', 'deepseek-3.2-thinking'],
    ['deepseek-3.2-thinking', '', 'deepseek-3.2-thinking'],
  ])('%s with the suffix %j is %s', (name, suffix, id) => {
    expect(kiroModelId(name, suffix)).toBe(id);
  });
});

describe('largeModelId', () => {
  it.each([
    ['claude-sonnet-4.5-1m', 'claude-sonnet-4.5-1m'],
    ['claude-sonnet-4-5-20250929-1m-thinking', 'claude-sonnet-4.5-1m'],
    ['Claude-Sonnet-4-6[1M]-agentic', 'claude-sonnet-4.6-1m'],
    ['claude-sonnet-4-5', undefined],
    ['gpt-5.6-1m', undefined],
  ])('%s asks for %s', (name, id) => {
    expect(largeModelId(name)).toBe(id);
  });
});
