import { authHeaders } from './auth-headers.js';

const credential = { kind: 'api-key', secret: 's' };

describe('authHeaders', () => {
  it.each(['https://api.anthropic.com', 'https://API.ANTHROPIC.COM/v1', 'https://eu.api.anthropic.com:443/'])(
    'sends only the key to %s',
    (baseUrl) => {
      expect(authHeaders(baseUrl, credential)).toEqual({ 'x-api-key': 's' });
    },
  );

  it.each([
    'https://api.deepseek.com/anthropic',
    'http://127.0.0.1:3000',
    'https://anthropic.com.example.org',
    'https://notanthropic.com',
    'https://proxy.example.org/anthropic.com',
  ])('sends both to %s', (baseUrl) => {
    expect(authHeaders(baseUrl, credential)).toEqual({ 'x-api-key': 's', authorization: 'Bearer s' });
  });
});
