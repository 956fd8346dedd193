import { formatOfPath } from './route-format.js';

describe('formatOfPath', () => {
  it.each([
    ['/v1/messages', 'anthropic-messages'],
    ['/v1/messages/count_tokens', 'anthropic-messages'],
    ['/v1/messagesx', 'openai-chat'],
    ['/v1/chat/completions', 'openai-chat'],
    ['/', 'openai-chat'],
    ['', 'openai-chat'],
  ])('%j speaks %s', (path, format) => {
    expect(formatOfPath(path)).toBe(format);
  });
});
