import { withSupportedBetas } from './supported-betas.js';

describe('withSupportedBetas', () => {
  it('leaves headers alone that ask for nothing, or for what is taken', () => {
    const nothing = { 'anthropic-version': '2023-06-01' };
    const taken = { 'anthropic-beta': 'interleaved-thinking-2025-05-14,context-management-2025-06-27' };

    expect(withSupportedBetas(nothing).headers).toBe(nothing);
    expect(withSupportedBetas(taken).headers).toBe(taken);
  });

  it.each([
    ['some', 'claude-code-20250219, interleaved-thinking-2025-05-14', 'interleaved-thinking-2025-05-14', 1],
    ['all', 'claude-code-20250219,prompt-caching-2024-07-31', undefined, 2],
  ])('takes out %s that the vendor refuses, and names them', (_case, asked, kept, dropped) => {
    const choice = withSupportedBetas({ 'anthropic-beta': asked, 'anthropic-version': 'v' });

    expect(choice.headers['anthropic-beta']).toBe(kept);
    expect(choice.headers['anthropic-version']).toBe('v');
    expect(choice.dropped).toHaveLength(dropped);
    expect(choice.dropped[0]).toBe('claude-code-20250219');
  });

  it('reads a header that came several times', () => {
    const headers = { 'anthropic-beta': ['other-1', 'advanced-tool-use-2025-11-20'] };

    expect(withSupportedBetas(headers).headers['anthropic-beta']).toBe('advanced-tool-use-2025-11-20');
  });
});
