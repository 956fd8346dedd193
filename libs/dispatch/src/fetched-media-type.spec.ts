import { fetchedMediaType } from './fetched-media-type.js';

const latin1 = (text: string) => Buffer.from(text, 'latin1');

describe('fetchedMediaType', () => {
  it.each([
    ['image', '\xff\xd8\xff\xe0JFIF', '', 'image/jpeg'],
    ['image', '\x89PNG\r\n\x1a\n....', 'text/html', 'image/png'],
    ['image', 'GIF89a..', 'application/octet-stream', 'image/gif'],
    ['image', 'RIFF....WEBPVP8 ', '', 'image/webp'],
    ['image', 'RIFF....WAVEfmt ', 'image/webp', undefined],
    ['image', '<html>', 'image/png', undefined],
    ['image', '{"secret":1}', 'image/png', undefined],
    ['image', '<svg xmlns="', 'image/svg+xml', undefined],
    ['image', '%PDF-1.7', 'application/pdf', undefined],
    ['document', '%PDF-1.7', 'binary/octet-stream', 'application/pdf'],
    ['document', 'a,b', 'text/csv', 'text/csv'],
    ['document', '# a', 'text/markdown', 'text/markdown'],
    ['document', 'a', 'text/plain', 'text/plain'],
    ['document', '<html>', 'text/html', undefined],
    ['document', '{"secret":1}', 'application/json', undefined],
    ['document', '', '', undefined],
    ['audio', '\xff\xd8\xff\xe0JFIF', 'audio/wav', undefined],
  ] as const)('%s %j (%s) is %s', (type, beginning, contentType, expected) => {
    expect(fetchedMediaType(type, { bytes: latin1(beginning), contentType })).toBe(expected);
  });
});
