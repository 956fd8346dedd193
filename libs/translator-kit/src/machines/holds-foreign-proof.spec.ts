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
    expect(holdsForeignProof(bodyWith(value), { members: ['signature'], own: 'anthropic' })).toBe(isForeign);
    expect(holdsForeignProof(bodyWith(value, 2), { members: ['signature'], own: 'anthropic' })).toBe(isForeign);
  });

  it('finds an empty one where the vendor refuses it', () => {
    const places = { members: ['signature'], own: 'anthropic', refusesEmpty: true } as const;

    expect(holdsForeignProof(bodyWith(''), places)).toBe(true);
    expect(holdsForeignProof(bodyWith(ANTHROPIC), places)).toBe(false);
  });

  it('looks under every spelling, and under no other member', () => {
    expect(holdsForeignProof(bodyWith(OPENAI), { members: ['thoughtSignature', 'signature'], own: 'gemini' })).toBe(
      true,
    );
    expect(holdsForeignProof(bodyWith(OPENAI), { members: ['thoughtSignature'], own: 'gemini' })).toBe(false);
  });

  it('takes a text that quotes a proof for a text', () => {
    const body = bodyWith(JSON.stringify({ signature: OPENAI }));

    expect(holdsForeignProof(body, { members: ['signature'], own: 'anthropic' })).toBe(false);
  });

  it.each(['"signature"', '"signature":', '"signature":"', `"signature":"${OPENAI}`])(
    'bears a body that ends: %s',
    (text) => {
      expect(holdsForeignProof(Buffer.from(text), { members: ['signature'], own: 'anthropic' })).toBe(false);
    },
  );
});
