import { GatewayError } from '@sluice/core';
import { assertForwardable, MAX_FORWARDED_PATH_LENGTH } from './forwardable-path.js';

describe('assertForwardable', () => {
  it.each([
    '/v1/files',
    '/v1/files/file-abc_1.2~3/content',
    '/v1beta/models/gemini-2.5-flash:embedContent',
    '/v1/vector_stores/vs_1/files',
    '/v1/x/a%20b',
    '/v1/x/100%25',
    '/v1/x/..a',
    '/v1/x/%C3%A9',
  ])('lets %s through', (path) => {
    expect(() => assertForwardable(path)).not.toThrow();
  });

  it.each([
    '',
    'v1/files',
    '//evil.example/v1',
    'http://evil.example/v1/files',
    '/v1/',
    '/v1//files',
    '/v1/./files',
    '/v1/../files',
    '/v1/%2e%2E/files',
    '/v1/.%2e/files',
    '/v1/%252e%252e/files',
    '/v1/%25252e%25252e/files',
    '/v1/a%2Fb',
    '/v1/a%255cb',
    '/v1/a\\b',
    '/v1/a%5Cb',
    '/v1/a%00b',
    '/v1/a%0d%0ab',
    '/v1/a b',
    '/v1/a?b',
    '/v1/a#b',
    '/v1/%zz',
    '/v1/%2',
    `/v1/${'a'.repeat(MAX_FORWARDED_PATH_LENGTH)}`,
  ])('refuses %j', (path) => {
    expect(() => assertForwardable(path)).toThrow(GatewayError);
  });
});
