import { holdsForeignProof } from './holds-foreign-proof.js';

const OPENAI = 'gAAAAABsignedByOpenAi==';
const ANTHROPIC = 'Ei4KGQgLGAIqE3NpZ25lZCBieSBhbnRocm9waWMSEW5vbmNlLW9mLXRoZS10ZXN0';
const GEMINI = 'ChBzaWduZWQgYnkgZ2VtaW5p';

const bodyWith = (value: unknown, indent?: number): Buffer =>
  Buffer.from(JSON.stringify({ history: [{ signature: 'bm9ib2R5J3M=' }, { signature: value }] }, null, indent));

describe('holdsForeignProof', () => {
  it.each([
    ['the vendor’s own', ANTHROPIC, false],
    ['another vendor’s', OPENAI, true],
    ['a third vendor’s', GEMINI, true],
    ['one of nobody that is known', 'bm90IGEgcHJvb2Y=', false],
    ['an empty one', '', false],
    ['a null', null, false],
    ['a schema', { type: 'string', description: OPENAI }, false],
  ])('finds %s or does not', (_, value, isForeign) => {
    expect(holdsForeignProof(bodyWith(value), ['signature'], 'anthropic')).toBe(isForeign);
    expect(holdsForeignProof(bodyWith(value, 2), ['signature'], 'anthropic')).toBe(isForeign);
  });

  it('looks under every spelling, and under no other member', () => {
    expect(holdsForeignProof(bodyWith(OPENAI), ['thoughtSignature', 'signature'], 'gemini')).toBe(true);
    expect(holdsForeignProof(bodyWith(OPENAI), ['thoughtSignature'], 'gemini')).toBe(false);
  });

  it('takes a text that quotes a proof for a text', () => {
    const body = bodyWith(JSON.stringify({ signature: OPENAI }));

    expect(holdsForeignProof(body, ['signature'], 'anthropic')).toBe(false);
  });

  it.each(['"signature"', '"signature":', '"signature":"', `"signature":"${OPENAI}`])(
    'bears a body that ends: %s',
    (text) => {
      expect(holdsForeignProof(Buffer.from(text), ['signature'], 'anthropic')).toBe(false);
    },
  );
});
