import { locateConfig } from './locate-config.js';

const KIRO_RS = '{ "apiKey": "sk-1", "region": "us-east-1" }';

describe('locateConfig', () => {
  it.each<[string, string | undefined, Record<string, string>, Record<string, string>, string | undefined]>([
    ['what was asked for', 'mine.yaml', { SLUICE_CONFIG: 'env.yaml' }, { 'sluice.yaml': '' }, 'mine.yaml'],
    ['what the environment names', undefined, { SLUICE_CONFIG: 'env.yaml' }, { 'sluice.yaml': '' }, 'env.yaml'],
    [
      'sluice.yaml in the working directory',
      undefined,
      {},
      { 'sluice.json': '', 'sluice.yaml': '', 'config.json': KIRO_RS },
      'sluice.yaml',
    ],
    ['sluice.json when it is the only one', undefined, {}, { 'sluice.json': '' }, 'sluice.json'],
    [
      'the working directory when the variable is empty',
      undefined,
      { SLUICE_CONFIG: '' },
      { 'sluice.yml': '' },
      'sluice.yml',
    ],
    ["kiro-rs's file when there is none of ours", undefined, {}, { 'config.json': KIRO_RS }, 'config.json'],
    ["nothing in another program's config.json", undefined, {}, { 'config.json': '{ "name": "web" }' }, undefined],
    ['nothing when there is nothing', undefined, {}, {}, undefined],
  ])('finds %s', (_name, asked, environment, files, expected) => {
    const look = { exists: (file: string) => file in files, read: (file: string) => files[file] ?? '' };

    expect(locateConfig(asked, environment, look)).toBe(expected);
  });

  it('passes over a config.json that cannot be read', () => {
    const look = {
      exists: (file: string) => file === 'config.json',
      read: () => {
        throw new Error('EISDIR');
      },
    };

    expect(locateConfig(undefined, {}, look)).toBeUndefined();
  });
});
