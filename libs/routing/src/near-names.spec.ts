import { nearNames } from './near-names.js';

const NAMES = ['claude-sonnet-4', 'claude-opus-4', 'gpt-4o', 'gpt-4o-mini', 'gpt-4.1', 'gpt-5', 'o3'];

describe('nearNames', () => {
  it.each([
    ['gpt4o', ['gpt-4o', 'gpt-5']],
    ['GPT-4O', ['gpt-4o', 'gpt-4.1', 'gpt-5']],
    ['claude-sonet-4', ['claude-sonnet-4', 'claude-opus-4']],
    ['gpt-4', ['gpt-4o', 'gpt-5', 'gpt-4.1']],
    ['llama3.1', []],
  ])('%s is near %j', (name, near) => {
    expect(nearNames(name, NAMES)).toEqual(near);
  });

  it('gives at most three', () => {
    expect(nearNames('m', ['m1', 'm2', 'm3', 'm4'])).toEqual(['m1', 'm2', 'm3']);
  });

  it('does not compare names that are too long', () => {
    const long = 'x'.repeat(129);

    expect(nearNames(long, [long])).toEqual([]);
  });
});
