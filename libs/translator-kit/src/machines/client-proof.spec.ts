import { proofForClient, proofOfClient } from './client-proof.js';
import { signatureFamily } from './signature-family.js';

const RECOGNISED = 'ChBzaWduZWQgYnkgZ2VtaW5p';

describe('a proof', () => {
  it.each([
    ['gemini', RECOGNISED, 'anthropic', RECOGNISED],
    ['gemini', 'opaque', 'anthropic', 'gemini-proof:opaque'],
    ['gemini', 'opaque', 'gemini', 'opaque'],
    ['anthropic', 'opaque', 'openai', 'anthropic-proof:opaque'],
    ['openai', 'gAAAAx', 'anthropic', 'gAAAAx'],
    ['unknown', 'opaque', 'anthropic', 'opaque'],
    ['gemini', 'gAAAAx', 'anthropic', 'gemini-proof:gAAAAx'],
  ] as const)(
    'of %s (%s) is given to a client of %s as %s, and comes back as it was',
    (family, value, own, expected) => {
      const given = proofForClient({ family, value }, own);

      expect(given).toBe(expected);
      const { value: returned } = proofOfClient(given);
      expect(returned).toBe(value);
      expect([family, 'unknown']).toContain(proofOfClient(given).family);
    },
  );

  it('with a mark is known as its family’s, so that no other vendor is shown it', () => {
    expect(signatureFamily('gemini-proof:opaque')).toBe('gemini');
    expect(proofOfClient('gemini-proof:opaque')).toEqual({ family: 'gemini', value: 'opaque' });
  });

  it('that only looks marked is nobody’s', () => {
    expect(proofOfClient('other-proof:x')).toEqual({ family: 'unknown', value: 'other-proof:x' });
  });
});
