import { budgetOfEffort, effortOfBudget, nearestEffort } from './reasoning-effort.js';

describe('reasoning effort', () => {
  it.each([
    ['none', 0],
    ['minimal', 512],
    ['low', 1024],
    ['medium', 8192],
    ['high', 24_576],
    ['xhigh', 32_768],
    ['max', 128_000],
    ['extreme', undefined],
  ])('gives %s a budget of %p tokens', (effort, tokens) => {
    expect(budgetOfEffort(effort)).toBe(tokens);
  });

  it.each([
    [0, 'none'],
    [1, 'minimal'],
    [512, 'minimal'],
    [513, 'low'],
    [1024, 'low'],
    [1025, 'medium'],
    [8192, 'medium'],
    [8193, 'high'],
    [24_576, 'high'],
    [24_577, 'xhigh'],
    [1_000_000, 'xhigh'],
    [-1, undefined],
    [Number.NaN, undefined],
  ])('calls %p tokens %p', (tokens, effort) => {
    expect(effortOfBudget(tokens)).toBe(effort);
  });

  it.each([
    ['high', ['low', 'high'], 'high'],
    ['xhigh', ['low', 'medium', 'high', 'max'], 'high'],
    ['minimal', ['low', 'high'], 'low'],
    ['max', ['low'], 'low'],
    ['high', [], undefined],
    ['extreme', ['low'], undefined],
  ])('brings %s to what a model with %j has', (effort, supported, expected) => {
    expect(nearestEffort(effort, supported)).toBe(expected);
  });
});
