import type { z } from 'zod';
import { headerMap } from './header-map.js';
import { byteSize, decimalNumber, flag, wholeNumber } from './number-settings.js';
import {
  accountId,
  addressBlock,
  corsOrigin,
  modelGlob,
  modelName,
  modelPrefix,
  secretText,
  urlText,
} from './text-settings.js';

function messageOf(schema: z.ZodType, value: unknown): string | undefined {
  return schema.safeParse(value).error?.issues[0]?.message;
}

describe('number settings', () => {
  it.each([
    [wholeNumber({ min: 0, max: 10 }), '7', 7],
    [wholeNumber({ min: 0, max: 10 }), 10, 10],
    [decimalNumber({ min: 0, max: 1 }), '0.5', 0.5],
    [flag(), 'true', true],
    [flag(), false, false],
    [byteSize({ min: 0, max: 1e9 }), '32MiB', 33_554_432],
    [byteSize({ min: 0, max: 1e9 }), '1.5 KB', 1_500],
    [byteSize({ min: 0, max: 1e9 }), '100', 100],
    [byteSize({ min: 0, max: 1e9 }), 2_048, 2_048],
  ])('read a value in each of its spellings (%#)', (schema: z.ZodType, input, expected) => {
    expect(schema.parse(input)).toBe(expected);
  });

  it.each([
    [wholeNumber({ min: 0, max: 10 }), 11],
    [wholeNumber({ min: 0, max: 10 }), 1.5],
    [wholeNumber({ min: 0, max: 10 }), '1e1'],
    [wholeNumber({ min: 0, max: 10 }), ''],
    [flag(), 'yes'],
    [flag(), 1],
    [byteSize({ min: 0, max: 1e9 }), '5 parsecs'],
    [byteSize({ min: 0, max: 10 }), '1KiB'],
  ])('refuse what is out of range or not a number (%#)', (schema: z.ZodType, input) => {
    expect(schema.safeParse(input).success).toBe(false);
  });
});

describe('text settings', () => {
  it.each([
    [accountId(), 'user+1@example.com'],
    [modelPrefix(), 'team-a'],
    [modelName(), 'meta-llama/Llama-3.1:free'],
    [modelGlob(), 'claude-*[1m]'],
    [urlText(['http', 'socks5'], ['direct']), 'direct'],
    [urlText(['http', 'socks5'], ['direct']), 'socks5://user:pass@127.0.0.1:1080'],
    [corsOrigin(), 'http://localhost:5173'],
    [addressBlock(), '10.0.0.0/8'],
    [addressBlock(), 'fd00::/8'],
    [addressBlock(), '::1'],
  ])('accept %#', (schema: z.ZodType, value) => {
    expect(messageOf(schema, value)).toBeUndefined();
  });

  it.each([
    [accountId(), 'a/b', /./],
    [modelPrefix(), 'a/', /'\/'/],
    [modelName(), 'gpt-*', /one name/],
    [modelGlob(), '!gpt-4', /excludeModels/],
    [modelGlob(), 'gpt 4', /white space/],
    [modelGlob(), '{a,b}', /one entry/],
    [modelGlob(), '', /./],
    [secretText(), 'key\n', /white space/],
    [urlText(['http']), 'localhost:8080', /no scheme/],
    [urlText(['http']), 'ftp://x', /scheme ftp/],
    [urlText(['http']), 'x', /not a URL/],
    [corsOrigin(), 'https://a.example/', /not an origin/],
    [addressBlock(), '10.0.0.0/33', /CIDR/],
    [addressBlock(), 'proxy.local', /CIDR/],
  ])('refuse %#', (schema: z.ZodType, value, message) => {
    expect(messageOf(schema, value)).toMatch(message);
  });

  it('name no more of a URL than its scheme', () => {
    expect(messageOf(urlText(['http']), 'ftp://user:hunter2@proxy')).not.toContain('hunter2');
  });
});

describe('headerMap', () => {
  it('makes names lower case', () => {
    expect(headerMap().parse({ 'X-Team': 'A' })).toEqual({ 'x-team': 'A' });
  });

  it.each([
    [{ 'two words': 'x' }, /name of a header/],
    [{ 'Content-Length': '1' }, /connection/],
    [{ 'x-a': '1', 'X-A': '2' }, /twice/],
    [{ 'x-a': 'one\r\nx-b: two' }, /line break/],
  ])('refuses %j', (headers, message) => {
    expect(messageOf(headerMap(), headers)).toMatch(message);
  });
});
