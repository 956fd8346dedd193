import { joinUrl, joinWholeBaseUrl } from './join-url.js';

describe('joinUrl', () => {
  it.each([
    ['https://api.anthropic.com', '/v1/messages', 'https://api.anthropic.com/v1/messages'],
    ['https://api.anthropic.com/', '/v1/messages', 'https://api.anthropic.com/v1/messages'],
    ['https://api.anthropic.com/v1', '/v1/messages', 'https://api.anthropic.com/v1/messages'],
    ['https://api.anthropic.com/v1//', '/v1/messages', 'https://api.anthropic.com/v1/messages'],
    ['https://api.deepseek.com/anthropic', '/v1/messages', 'https://api.deepseek.com/anthropic/v1/messages'],
    ['https://open.bigmodel.cn/api/paas/v4', '/v1/models', 'https://open.bigmodel.cn/api/paas/v4/models'],
    ['https://g.example/v1beta', '/v1beta/models', 'https://g.example/v1beta/models'],
    ['https://v1.example.org', '/v1/models', 'https://v1.example.org/v1/models'],
    ['https://h/v1', '/v1x/models', 'https://h/v1/models'],
    ['https://h/v1', '/visible', 'https://h/v1/visible'],
  ])('%s + %s', (base, path, expected) => {
    expect(joinUrl(base, path)).toBe(expected);
  });

  it.each([
    ['', ''],
    ['?', ''],
    ['?beta=true', '?beta=true'],
    ['?alt=sse&key=sk-sluice-x&a=b', '?alt=sse&a=b'],
    ['?key=sk-sluice-x', ''],
    ['?KEY=x&api_key=y&access_token=z&keys=1', '?keys=1'],
  ])('appends the query "%s" as "%s"', (query, expected) => {
    expect(joinUrl('https://h', '/p', query)).toBe(`https://h/p${expected}`);
  });
});

describe('joinWholeBaseUrl', () => {
  it.each([
    ['https://api.openai.com/v1', 'https://api.openai.com/v1/chat/completions'],
    ['https://api.openai.com/v1/', 'https://api.openai.com/v1/chat/completions'],
    ['http://127.0.0.1:11434', 'http://127.0.0.1:11434/v1/chat/completions'],
    ['http://127.0.0.1:11434/', 'http://127.0.0.1:11434/v1/chat/completions'],
    ['https://api.groq.com/openai/v1', 'https://api.groq.com/openai/v1/chat/completions'],
    ['https://api.z.ai/api/paas/v4', 'https://api.z.ai/api/paas/v4/chat/completions'],
    ['https://models.github.ai/inference', 'https://models.github.ai/inference/chat/completions'],
  ])('%s', (base, expected) => {
    expect(joinWholeBaseUrl(base, '/v1/chat/completions')).toBe(expected);
  });
});

describe('a query', () => {
  it.each([
    ['?key=k&alt=sse', '?alt=sse'],
    ['?%6bey=k&alt=sse', '?alt=sse'],
    ['?KEY=k', ''],
    ['?api_key=k&access%5Ftoken=t&keys=kept', '?keys=kept'],
    ['?a=1&b=%20+&c', '?a=1&b=%20+&c'],
  ])('%s travels as %j', (query, sent) => {
    expect(joinUrl('https://vendor.example', '/v1/x', query)).toBe(`https://vendor.example/v1/x${sent}`);
  });
});
