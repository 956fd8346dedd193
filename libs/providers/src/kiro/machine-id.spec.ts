import { machineIdOf } from './machine-id.js';

describe('machineIdOf', () => {
  it('69: doubles a UUID', () => {
    const uuid = '2582956e-cc88-4669-b546-07adbffcb894';

    expect(machineIdOf({ declared: uuid, accountId: 'a' })).toBe(
      '2582956ecc884669b54607adbffcb8942582956ecc884669b54607adbffcb894',
    );
  });

  it('70: derives from the refresh token', () => {
    expect(machineIdOf({ refreshToken: 'test_refresh_token', accountId: 'a' })).toBe(
      'd8f9e744094de07e7773b722f04e18417ab6ea08442df337812cd632e1c92e40',
    );
  });

  it('71: derives from a key', () => {
    expect(machineIdOf({ apiKey: 'ksk_test_api_key', refreshToken: 'test_refresh_token', accountId: 'a' })).toBe(
      'd3f3c2cd67d9c65674969954ec20d69fdf023a2c9c2a61246285cb08ba999872',
    );
  });

  it('never derives from the refresh token of a login by key', () => {
    const withToken = machineIdOf({ apiKey: '', refreshToken: 'test_refresh_token', accountId: 'a' });

    expect(withToken).toBe(machineIdOf({ accountId: 'a' }));
  });

  it('takes 64 digits as they are', () => {
    expect(machineIdOf({ declared: ` ${'0f'.repeat(32)} `, accountId: 'a' })).toBe('0f'.repeat(32));
  });

  it('ignores anything else', () => {
    expect(machineIdOf({ declared: 'my laptop', refreshToken: 'test_refresh_token', accountId: 'a' })).toMatch(
      /^d8f9e744/,
    );
  });

  it('is the account’s own without a login', () => {
    const [first, again, other] = ['a', 'a', 'b'].map((accountId) => machineIdOf({ accountId }));

    expect(first).toMatch(/^[0-9a-f]{64}$/);
    expect(again).toBe(first);
    expect(other).not.toBe(first);
  });
});
