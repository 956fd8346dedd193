import { localLocation } from './local-location.js';

const PLACE = { url: 'https://host.example/v1/files/1?limit=2', path: '/v1/files/1' };

describe('localLocation', () => {
  it.each([
    ['/v1/files/2', '/v1/files/2'],
    ['2', '/v1/files/2'],
    ['../batches/3?after=x%20y', '/v1/batches/3?after=x%20y'],
    ['https://host.example/v1/files/2', '/v1/files/2'],
    ['https://host.example:443/v1/files/2#part', '/v1/files/2'],
  ])('%s is %s', (location, expected) => {
    expect(localLocation(location, PLACE)).toBe(expected);
  });

  it.each([
    ['https://host.example/openai/v1/files/1', '/openai/v1/files/2', '/v1/files/2'],
    ['https://host.example/api/v4/files/1', 'https://host.example/api/v4/batches/2', '/v1/batches/2'],
    ['https://host.example/api/v4/files/1', '/v1/files/2', undefined],
    ['https://host.example/api/v4/files/1', '/api/v4', '/v1'],
    ['https://host.example/openai/v1/files/1', '/v1/files/2', undefined],
    ['https://host.example/openai/v1/files/1', '/openai-admin/v1/files/2', undefined],
  ])('at %s %s is %s', (url, location, expected) => {
    expect(localLocation(location, { ...PLACE, url })).toBe(expected);
  });

  it.each([
    'https://elsewhere.example/v1/files/2',
    '//elsewhere.example/v1/files/2',
    'http://host.example/v1/files/2',
    'https://host.example:8443/v1/files/2',
    'https://user:secret@host.example/v1/files/2',
    'javascript:alert(1)',
    'data:text/html,x',
    'https://',
    '/metrics',
    '/admin/v1/files',
    '/v1files',
    '/\\elsewhere.example/',
    '//',
    '/.//elsewhere.example/x',
  ])('%s leads nowhere', (location) => {
    expect(localLocation(location, PLACE)).toBeUndefined();
  });
});
