import type { TranslationWarning } from '@sluice/core';
import { loggedWarnings } from './logged-warnings.js';

const warning = (path: string, message: string): TranslationWarning => ({ path, effect: 'changed', message });

describe('loggedWarnings', () => {
  it('are as they were given', () => {
    expect(loggedWarnings([warning('/tools/0', 'a'.repeat(200))])).toEqual([warning('/tools/0', 'a'.repeat(200))]);
  });

  it('are twenty at most', () => {
    const many = Array.from({ length: 21 }, (_, index) => warning(`/tools/${index}`, 'a'));

    expect(loggedWarnings(many)).toEqual(many.slice(0, 20));
  });

  it('are cut to their bound, so that a client cannot fill the log', () => {
    const [cut] = loggedWarnings([warning(`/${'p'.repeat(10_000)}`, 'm'.repeat(10_000))]);

    expect(cut).toEqual(warning(`/${'p'.repeat(199)}…`, `${'m'.repeat(200)}…`));
  });
});
