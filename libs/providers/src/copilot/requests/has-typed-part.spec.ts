import { hasTypedPart } from './has-typed-part.js';

describe('hasTypedPart', () => {
  it.each([
    ['a part', '{"content":[{"type":"image_url","image_url":{"url":"data:,"}}]}', true],
    ['a part with white space', '{"content":[{\n "type" :\t"image_url" }]}', true],
    ['a part behind a false one', '{"a":"image_url","b":{"type":"image_url"}}', true],
    ['nothing of it', '{"content":"Hi"}', false],
    ['a key of that name', '{"properties":{"image_url":{"type":"string"}}}', false],
    ['a word of that name', '{"enum":["image_url"],"default":"image_url"}', false],
    ['another key', '{"subtype":"image_url"}', false],
    ['somebody who writes of it', JSON.stringify({ content: '{"type":"image_url"}' }), false],
    ['the word alone', '"image_url"', false],
    ['no key in front of it', ':"image_url"', false],
  ])('sees %s', (_case, body, expected) => {
    expect(hasTypedPart(Buffer.from(body), 'image_url')).toBe(expected);
  });
});
