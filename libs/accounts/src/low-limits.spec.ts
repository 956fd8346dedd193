import { LowLimits, MAX_LOW_MODELS } from './low-limits.js';

const NOW_MS = 1_000_000;

describe('LowLimits', () => {
  it('knows nothing at first', () => {
    expect(new LowLimits().untilMs('m')).toBe(0);
  });

  it('keeps a model’s limit to the model, and the account’s for all', () => {
    const limits = new LowLimits();
    limits.note('m', { scope: 'model', resetAfterMs: 9_000 }, NOW_MS);
    limits.note('m', { scope: 'account', resetAfterMs: 5_000 }, NOW_MS);

    expect(limits.untilMs('m')).toBe(NOW_MS + 9_000);
    expect(limits.untilMs('other')).toBe(NOW_MS + 5_000);
  });

  it('keeps to the later of two resets', () => {
    const limits = new LowLimits();
    limits.note('m', { scope: 'model', resetAfterMs: 9_000 }, NOW_MS);
    limits.note('m', { scope: 'model', resetAfterMs: 5_000 }, NOW_MS + 1);

    expect(limits.untilMs('m')).toBe(NOW_MS + 9_000);
  });

  it('remembers a bounded number of models', () => {
    const limits = new LowLimits();
    for (let at = 0; at <= MAX_LOW_MODELS; at += 1) limits.note(`m${at}`, { scope: 'model', resetAfterMs: 1 }, NOW_MS);

    expect(limits.untilMs('m0')).toBe(0);
    expect(limits.untilMs(`m${MAX_LOW_MODELS}`)).toBe(NOW_MS + 1);
  });
});
