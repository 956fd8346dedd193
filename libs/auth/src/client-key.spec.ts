import { generateClientKey } from './client-key.js';

describe('generateClientKey', () => {
  it('makes a prefixed key of 43 base64url characters', () => {
    expect(generateClientKey()).toMatch(/^sk-sluice-[A-Za-z0-9_-]{43}$/);
  });

  it('makes another key every time', () => {
    const keys = Array.from({ length: 100 }, generateClientKey);

    expect(new Set(keys).size).toBe(100);
  });
});
