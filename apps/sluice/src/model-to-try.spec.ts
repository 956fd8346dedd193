import { declare } from './__fixtures__/workplace.js';
import { modelToTry } from './model-to-try.js';

describe('modelToTry', () => {
  const account = declare('a', { models: ['gpt-*', 'gpt-5'] });

  it('is an alias where there is one', () => {
    expect(modelToTry({ models: [{ alias: 'fast', targets: ['gpt-5'] }], accounts: [account] })).toBe('fast');
  });

  it('is else a model that an account lists', () => {
    expect(modelToTry({ models: [], accounts: [account] })).toBe('gpt-5');
  });

  it.each([
    ['lists patterns', declare('a', { models: ['gpt-*', 'o?'] })],
    ['lists nothing', declare('a')],
    ['is off', declare('a', { models: ['gpt-5'], enabled: false })],
    ['has a prefix', declare('a', { models: ['gpt-5'], prefix: 'work' })],
  ])('is unknown where the account %s', (_, only) => {
    expect(modelToTry({ models: [], accounts: [only] })).toBeUndefined();
  });
});
