import { memberTextLength, memberTextLengths } from './member-text-length.js';

const NAMES = ['"content"', '"arguments"'];

describe('memberTextLength', () => {
  it.each([
    ['{"delta":{"content":"hello"}}', 5],
    ['{"delta": {"content" :  "hello"}}', 5],
    ['{"delta":{"content":"","arguments":"{}"}}', 2],
    ['{"delta":{"content":null,"arguments":"{}"}}', 2],
    ['{"delta":{"content":"a\\"b\\\\"}}', 6],
    ['{"delta":{"text":"\\"content\\":\\"no\\""}}', 0],
    ['{"logprobs":{"content":[1]}}', 0],
    ['{"content":"cut off', 0],
    ['{"content":"one","arguments":"two"}', 3],
    ['{}', 0],
  ])('%s: %d', (json, length) => {
    expect(memberTextLength(json, NAMES)).toBe(length);
  });
});

describe('memberTextLengths', () => {
  it('takes all of them together', () => {
    expect(
      memberTextLengths('{"content":"one","b":[{"content":"four"},{"arguments":"{}"},{"content":1}]}', NAMES),
    ).toBe(9);
  });
});
