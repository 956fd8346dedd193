import { baseUrlSetting } from './base-url-setting.js';

describe('baseUrlSetting', () => {
  it.each(['http://127.0.0.1:11434', 'https://api.openai.com/v1', 'https://[::1]:8443/v1/'])('takes %s', (url) => {
    expect(baseUrlSetting().parse(url)).toBe(url);
  });

  it.each([
    '',
    'api.openai.com',
    'ftp://h',
    'file:///etc',
    'https://u@h',
    'https://:p@h',
    'https://h?a=1',
    'https://h#a',
  ])('refuses "%s"', (url) => {
    expect(baseUrlSetting().safeParse(url).success).toBe(false);
  });
});
