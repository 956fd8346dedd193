import { readMediaUrl, toDataUrl } from './data-url.js';

describe('readMediaUrl', () => {
  it.each([
    ['https://a.example/a.png', { source: { kind: 'url', value: 'https://a.example/a.png' } }],
    ['data:image/png;base64,AAAA', { mediaType: 'image/png', source: { kind: 'base64', value: 'AAAA' } }],
    ['DATA:Image/PNG;Base64,AA AA\n', { mediaType: 'image/png', source: { kind: 'base64', value: 'AAAA' } }],
    [
      'data:text/plain;charset=utf-8;base64,aGk=',
      { mediaType: 'text/plain', source: { kind: 'base64', value: 'aGk=' } },
    ],
    ['data:,h%C3%A9', { mediaType: 'text/plain', source: { kind: 'base64', value: 'aMOp' } }],
    ['data:image/svg+xml,%3Csvg/%3E', { mediaType: 'image/svg+xml', source: { kind: 'base64', value: 'PHN2Zy8+' } }],
  ])('reads %s', (url, media) => {
    expect(readMediaUrl(url)).toEqual(media);
  });

  it.each(['data:image/png;base64', 'data:', 'data:text/plain,%zz'])('does not understand %s', (url) => {
    expect(readMediaUrl(url)).toBeUndefined();
  });
});

describe('toDataUrl', () => {
  it('is what readMediaUrl reads', () => {
    expect(toDataUrl('image/png', 'AAAA')).toBe('data:image/png;base64,AAAA');
  });
});
