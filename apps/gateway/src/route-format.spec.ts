import { apiOfFormat, formatOfRequest } from './route-format.js';

describe('formatOfRequest', () => {
  it.each([
    ['/v1/messages', 'anthropic-messages'],
    ['/v1/messages/', 'anthropic-messages'],
    ['/v1/messages/count_tokens', 'anthropic-messages'],
    ['/v1/messages/batches/b_1', 'anthropic-messages'],
    ['/v1/messagesx', 'openai-chat'],
    ['/v1/chat/completions', 'openai-chat'],
    ['/v1/responses', 'openai-responses'],
    ['/v1/responses/resp_1/cancel', 'openai-responses'],
    ['/v1/embeddings', 'openai-embeddings'],
    ['/v1/completions', 'openai-completions'],
    ['/v1beta', 'gemini'],
    ['/v1beta/models', 'gemini'],
    ['/v1beta/models/gemini-2.5-flash:generateContent', 'gemini'],
    ['/v1/models/gemini-2.5-flash:streamGenerateContent', 'gemini'],
    ['/v1beta/models/gemini-embedding-001:embedContent', 'gemini-embedding'],
    ['/v1beta/models/gemini-embedding-001:batchEmbedContents', 'gemini-embeddings'],
    ['/v1beta/models/gemini-2.5-flash:predict', 'gemini'],
    ['/v1/models/gpt-4o', 'openai-chat'],
    ['/v1/files', 'openai-chat'],
    ['/', 'openai-chat'],
    ['', 'openai-chat'],
  ])('%j speaks %s', (path, format) => {
    expect(formatOfRequest(path, {})).toBe(format);
  });

  it.each([
    ['/v1/files', { 'anthropic-beta': 'files-api-2025-04-14' }, 'anthropic-messages'],
    ['/v1/files/file_1/content', { 'anthropic-beta': 'files-api-2025-04-14' }, 'anthropic-messages'],
    ['/v1/images/generations', { 'anthropic-beta': 'files-api-2025-04-14' }, 'openai-chat'],
    ['/v1/skills', { 'anthropic-version': '2023-06-01' }, 'anthropic-messages'],
    ['/v1/chat/completions', { 'anthropic-version': '2023-06-01' }, 'openai-chat'],
  ])('%j with %j speaks %s', (path, headers, format) => {
    expect(formatOfRequest(path, headers)).toBe(format);
  });
});

describe('apiOfFormat', () => {
  it.each([
    ['openai-chat', 'openai'],
    ['openai-responses', 'openai'],
    ['openai-embeddings', 'openai'],
    ['anthropic-messages', 'anthropic'],
    ['gemini', 'gemini'],
    ['gemini-embedding', 'gemini'],
    ['gemini-embeddings', 'gemini'],
  ])('%s belongs to %s', (format, api) => {
    expect(apiOfFormat(format)).toBe(api);
  });
});
