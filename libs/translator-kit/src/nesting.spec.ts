import { isNestedTooDeeply, MAX_JSON_DEPTH } from './nesting.js';

const arrays = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
const objects = (depth: number): string => '{"a":'.repeat(depth) + '0' + '}'.repeat(depth);

describe('isNestedTooDeeply', () => {
  it.each([
    ['arrays at the limit', arrays(MAX_JSON_DEPTH), false],
    ['one array more', arrays(MAX_JSON_DEPTH + 1), true],
    ['objects at the limit', objects(MAX_JSON_DEPTH), false],
    ['one object more', objects(MAX_JSON_DEPTH + 1), true],
    ['far too many', objects(100_000), true],
    ['depth behind breadth', `[${'0,'.repeat(2000)}${arrays(MAX_JSON_DEPTH + 1)}]`, true],
    ['breadth alone', `[${'[],'.repeat(2000)}0]`, false],
  ])('%s', (_name, text, isTooDeep) => {
    expect(isNestedTooDeeply(JSON.parse(text), text.length)).toBe(isTooDeep);
  });
});
