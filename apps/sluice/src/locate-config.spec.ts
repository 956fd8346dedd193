import { locateConfig } from './locate-config.js';

describe('locateConfig', () => {
  it.each<[string, string | undefined, Record<string, string>, string[], string | undefined]>([
    ['what was asked for', 'mine.yaml', { SLUICE_CONFIG: 'env.yaml' }, ['sluice.yaml'], 'mine.yaml'],
    ['what the environment names', undefined, { SLUICE_CONFIG: 'env.yaml' }, ['sluice.yaml'], 'env.yaml'],
    ['sluice.yaml in the working directory', undefined, {}, ['sluice.json', 'sluice.yaml'], 'sluice.yaml'],
    ['sluice.json when it is the only one', undefined, {}, ['sluice.json'], 'sluice.json'],
    [
      'the working directory when the variable is empty',
      undefined,
      { SLUICE_CONFIG: '' },
      ['sluice.yml'],
      'sluice.yml',
    ],
    ['nothing when there is nothing', undefined, {}, [], undefined],
  ])('finds %s', (_name, asked, environment, files, expected) => {
    expect(locateConfig(asked, environment, (file) => files.includes(file))).toBe(expected);
  });
});
