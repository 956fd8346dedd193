import { maskerOf } from './masker-of.js';

const ALL = ['acme'];
const OWN = ['heron'];

describe('maskerOf', () => {
  it('unites the words of all accounts and of one', () => {
    const masker = maskerOf({ all: ALL, own: OWN, key: 'key' });

    expect([masker?.occursIn('ACME'), masker?.occursIn('Heron'), masker?.occursIn('crane')]).toEqual([
      true,
      true,
      false,
    ]);
  });

  it('is nothing without words', () => {
    expect(maskerOf({ all: undefined, own: undefined, key: undefined })).toBeUndefined();
    expect(maskerOf({ all: [], own: [], key: 'key' })).toBeUndefined();
  });

  it('is made once for the lists of a snapshot', () => {
    const masker = maskerOf({ all: ALL, own: undefined, key: 'key' });

    expect(maskerOf({ all: ALL, own: undefined, key: 'key' })).toBe(masker);
    expect(maskerOf({ all: [...ALL], own: undefined, key: 'key' })).not.toBe(masker);
  });

  it('makes placeholders for one process where there is no key', () => {
    const isTaken = () => false;
    const made = (): string | undefined =>
      maskerOf({ all: [...ALL], own: undefined, key: undefined })?.placeholderFor('acme', isTaken);

    expect(made()).toBe(made());
    expect(made()).not.toBe(maskerOf({ all: [...ALL], own: undefined, key: 'key' })?.placeholderFor('acme', isTaken));
  });
});
