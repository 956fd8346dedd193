import { maskSecret } from './mask-secret.js';

describe('maskSecret', () => {
  it.each([
    ['sk-1234567890123456789012345678abcd', 'sk-…abcd'],
    ['a-short-key', '***'],
    ['', '***'],
  ])('shows of %j no more than %s', (secret, shown) => {
    expect(maskSecret(secret)).toBe(shown);
  });
});
