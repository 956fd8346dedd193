import { isResponsesOnly } from './responses-only.js';

describe('isResponsesOnly', () => {
  it.each([
    'codex-mini-latest',
    'computer-use-preview',
    'gpt-5-codex',
    'gpt-5.1-codex-max',
    'gpt-5-pro',
    'gpt-5.2-pro-2025-12-11',
    'o1-pro',
    'o3-deep-research-2025-06-26',
    'o4-mini-deep-research',
  ])('is so of %s', (model) => {
    expect(isResponsesOnly(model)).toBe(true);
  });

  it.each(['gpt-4o-mini', 'gpt-5', 'gpt-5.2-chat-latest', 'o3', 'o4-mini', 'ft:gpt-4.1:codexco::x', 'my-pro'])(
    'is not so of %s',
    (model) => {
      expect(isResponsesOnly(model)).toBe(false);
    },
  );
});
