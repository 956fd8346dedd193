import { wordMaskOf } from '../__fixtures__/word-mask-of.js';

describe('WordMask', () => {
  it('takes words out and puts them back as they were spelled', () => {
    const mask = wordMaskOf('acme', 'Project Heron');

    const masked = mask.mask('ACME and Acme plan project heron.');

    expect(masked).toMatch(/^MASK_\w{10} and MASK_\w{10} plan MASK_\w{10}\.$/);
    expect(mask.restore(masked)).toBe('ACME and Acme plan project heron.');
    expect(mask.count).toBe(3);
  });

  it('knows a placeholder whose case a model has changed', () => {
    const mask = wordMaskOf('acme');
    const masked = mask.mask('Acme');

    expect(mask.restore(`${masked.toLowerCase()}-report ${masked.toUpperCase()}_URL`)).toBe('acme-report ACME_URL');
  });

  it('leaves placeholders of others alone', () => {
    const mask = wordMaskOf('acme');
    mask.mask('acme');

    expect(mask.restore('MASK_0123456789 MASK_ MASK_12')).toBe('MASK_0123456789 MASK_ MASK_12');
  });
});
