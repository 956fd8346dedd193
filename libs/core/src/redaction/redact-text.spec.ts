import fc from 'fast-check';
import { redactText } from './redact-text.js';

const JWT = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U';

describe('redactText', () => {
  describe('secrets by shape', () => {
    it.each([
      ['Incorrect API key provided: sk-proj-abc123DEF456ghi789.', 'Incorrect API key provided: [redacted].'],
      ['Incorrect API key provided: sk-proj-****************6789.', 'Incorrect API key provided: [redacted].'],
      ['key sk-ant-api03-AAAA_bbbb-CCCC_dddd is disabled', 'key [redacted] is disabled'],
      [`use sk-sluice-${'aB3_-'.repeat(8)}xyz`, 'use [redacted]'],
      ['{"text":"line\\nsk-proj-abc123DEF456ghi789"}', '{"text":"line\\n[redacted]"}'],
      ['q%3Dsk-proj-abc123DEF456ghi789', 'q%3D[redacted]'],
      ['AIzaSyA1234567890abcdefghijklmnopqrstuvw', '[redacted]'],
      ['ghp_abcdefghijklmnopqrstuvwxyz0123456789', '[redacted]'],
      ['gho_abcdefghijklmnopqrstuvwxyz0123456789,', '[redacted],'],
      ['ghu_abcdefghijklmnopqrstuvwxyz0123456789', '[redacted]'],
      ['github_pat_11ABCDEFG0abcdefghijkl_mnopqrstu', '[redacted]'],
      ['AKIAIOSFODNN7EXAMPLE', '[redacted]'],
      ['ya29.a0AfH6SMBxxxxxxxxxxxxxxx', '[redacted]'],
      [`expired: ${JWT}!`, 'expired: [redacted]!'],
      ['Bearer abc.def-ghi', 'Bearer [redacted]'],
      [
        '-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIB\nAAKC\n-----END RSA PRIVATE KEY-----',
        '[redacted]-----END RSA PRIVATE KEY-----',
      ],
    ])('%s', (text, expected) => {
      expect(redactText(text)).toBe(expected);
    });
  });

  describe('secrets in URLs', () => {
    it.each([
      ['GET /v1beta/models?key=abc123&alt=sse', 'GET /v1beta/models?key=[redacted]&alt=sse'],
      ['/v1beta/models?alt=sse&key=abc123 failed', '/v1beta/models?alt=sse&key=[redacted] failed'],
      ['/callback?code=xyz&state=1', '/callback?code=[redacted]&state=1'],
      ['/o?X-Amz-Signature=abcdef&a=1', '/o?X-Amz-Signature=[redacted]&a=1'],
      ['postgres://sluice:p@ss:word@db.internal:5432/sluice', 'postgres://[redacted]@db.internal:5432/sluice'],
      ['http://proxyuser@10.0.0.1:3128/', 'http://[redacted]@10.0.0.1:3128/'],
    ])('%s', (text, expected) => {
      expect(redactText(text)).toBe(expected);
    });
  });

  describe('secrets by name', () => {
    it.each([
      ['{"api_key":"short","model":"m"}', '{"api_key":"[redacted]","model":"m"}'],
      ['{\\"client_secret\\":\\"a\\\\\\"b\\",\\"x\\":1}', '{\\"client_secret\\":\\"[redacted]\\",\\"x\\":1}'],
      ["{'password': 'a b c'}", "{'password': '[redacted]'}"],
      ['authorization: Basic dXNlcjpwYXNz\nhost: a', 'authorization: [redacted]\nhost: a'],
      ['proxy-authorization: Custom scheme with spaces', 'proxy-authorization: [redacted]'],
      ['grant_type=refresh_token&refresh_token=abc&x=1', 'grant_type=refresh_token&refresh_token=[redacted]&x=1'],
      ['set-cookie: sid=abc; Path=/; HttpOnly\r\nx: 1', 'set-cookie: [redacted]\r\nx: 1'],
      ['{"token":"abc"}', '{"token":"[redacted]"}'],
    ])('%s', (text, expected) => {
      expect(redactText(text)).toBe(expected);
    });
  });

  describe('innocent texts', () => {
    it.each([
      '',
      'The model `gpt-4o-mini` does not exist or you do not have access to it.',
      'task-management-and-risk-assessment-model',
      'max_tokens: 8193 > 8192, which is the maximum',
      'Unexpected token: expected "}" at 17',
      'https://api.openai.com/v1/chat/completions?stream=true',
      'messages.0.content: Input should be a valid list',
      'write to support@example.com',
    ])('%s', (text) => {
      expect(redactText(text)).toBe(text);
    });
  });

  describe('given secrets', () => {
    const printable = fc.string({ minLength: 6, maxLength: 40, unit: 'grapheme' });

    it.each([
      ['as it is', (secret: string) => secret],
      ['in JSON', (secret: string) => JSON.stringify(secret).slice(1, -1)],
      ['in JSON inside JSON', (secret: string) => JSON.stringify(JSON.stringify(secret).slice(1, -1)).slice(1, -1)],
      ['in a URL', (secret: string) => encodeURIComponent(secret)],
      ['in a form', (secret: string) => new URLSearchParams({ q: secret }).toString().slice('q='.length)],
    ])('never survive %s', (_, embed) => {
      fc.assert(
        fc.property(printable, fc.string(), fc.string(), (secret, before, after) => {
          fc.pre(!'[redacted]'.includes(secret));
          const text = `${before}${embed(secret)}${after}`;
          fc.pre(!`${before}${after}`.includes(secret));

          const clean = redactText(text, [secret]);

          expect(clean).not.toContain(secret);
          expect(clean).not.toContain(embed(secret));
        }),
      );
    });

    it('are taken out whole where one is part of another', () => {
      expect(redactText('the key is tokenABC-and-more', ['tokenABC', 'tokenABC-and-more'])).toBe(
        'the key is [redacted]',
      );
    });

    it('of less than four characters are left: they would take the text with them', () => {
      expect(redactText('a cat sat', ['a', 'cat', ''])).toBe('a cat sat');
    });

    it('may hold lone surrogates', () => {
      expect(redactText('x \uD800abcd y', ['\uD800abcd'])).toBe('x [redacted] y');
    });
  });

  describe('laws', () => {
    const secretish = fc.constantFrom(
      'sk-proj-abc123DEF456ghi789',
      JWT,
      'Bearer abcdefgh',
      '"api_key":"v"',
      'password=hunter2',
      'cookie: a=b; c=d\n',
      '?key=abc',
      '://u:p@h',
      '\\"token\\":\\"v\\"',
    );

    it('redacting twice is redacting once', () => {
      fc.assert(
        fc.property(fc.array(fc.oneof(secretish, fc.string(), fc.constantFrom(' ', '\n', ',', '"', '\\'))), (parts) => {
          const once = redactText(parts.join(' '));

          expect(redactText(once)).toBe(once);
        }),
      );
    });

    // A quadratic expression would need minutes for these and run into the time limit of the test.
    it.each([
      'eyJ',
      'eyJaaaaaaaa.',
      '-eyJaaaaaaaaa',
      'eyJaaaaaaaa.eyJaaaaaaaa ',
      'sk-',
      'sk-a ',
      '://',
      '://a@',
      'a',
      '?a',
      '?',
      '\\',
      '\\"',
      'password',
      'password=',
      'password=\\',
      '"password":"\\',
      'password    ',
      '"token":"',
      'cookie: ',
      'Bearer ',
      '-----BEGIN PRIVATE KEY-----',
      '-',
      'AKIA',
      '%3D',
      ' ',
    ])('takes linear time for a million characters of %j', (unit) => {
      const text = `key=1 ${unit.repeat(Math.ceil(1_000_000 / unit.length))}`;

      expect(typeof redactText(text)).toBe('string');
    });
  });
});
