import { traitsOf } from './model-traits.js';

describe('traitsOf', () => {
  it.each([
    ['claude-3-opus-20240229', 4096, 'none', 'both', false],
    ['claude-3-5-sonnet-latest', 8192, 'none', 'both', false],
    ['anthropic.claude-3-7-sonnet-20250219-v1:0', 128_000, 'budget', 'both', false],
    ['claude-sonnet-4-20250514', 64_000, 'budget', 'one', false],
    ['claude-opus-4-20250514', 32_000, 'budget', 'one', false],
    ['claude-opus-4-1@20250805', 32_000, 'budget', 'one', true],
    ['us.anthropic.claude-sonnet-4-5-20250929-v1:0', 64_000, 'budget', 'one', true],
    ['claude-haiku-4-5-20251001', 64_000, 'budget', 'one', true],
    ['claude-opus-4.6', 128_000, 'either', 'one', true],
    ['claude-opus-4-7', 128_000, 'adaptive', 'none', true],
    ['claude-opus-4-10', 128_000, 'adaptive', 'none', true],
    ['claude-fable-5', 128_000, 'adaptive', 'none', true],
    ['claude-opus-5-20260601', 128_000, 'adaptive', 'none', true],
    ['kimi-k3', undefined, 'unknown', 'both', true],
    ['not-claude', undefined, 'unknown', 'both', true],
  ])('knows %s', (model, maxOutputTokens, thinking, sampling, structuredOutput) => {
    expect(traitsOf(model)).toMatchObject({
      ...(maxOutputTokens === undefined ? {} : { maxOutputTokens }),
      thinking,
      sampling,
      structuredOutput,
    });
    expect('maxOutputTokens' in traitsOf(model)).toBe(maxOutputTokens !== undefined);
  });

  it.each([
    ['claude-sonnet-4-5', []],
    ['claude-opus-4-5', ['low', 'medium', 'high']],
    ['claude-opus-4-6', ['low', 'medium', 'high', 'max']],
    ['claude-opus-5', ['low', 'medium', 'high', 'xhigh', 'max']],
  ])('knows the efforts of %s', (model, efforts) => {
    expect(traitsOf(model).efforts).toEqual(efforts);
  });
});
