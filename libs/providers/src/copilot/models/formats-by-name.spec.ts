import { formatsByName } from './formats-by-name.js';

describe('formatsByName', () => {
  it.each([
    ['claude-sonnet-4.5', ['anthropic-messages', 'openai-chat']],
    ['gpt-4.1', ['openai-chat']],
    ['gpt-5-mini', ['openai-chat']],
    ['gemini-2.5-pro', ['openai-chat']],
    ['gpt-5-codex', ['openai-responses']],
    ['gpt-5.1-codex-max', ['openai-responses']],
    ['gpt-5.4', ['openai-responses']],
    ['text-embedding-3-small', ['openai-embeddings']],
  ])('knows %s', (model, formats) => {
    expect(formatsByName(model)).toEqual(formats);
  });
});
