import { memberTextLengths, TextMeter } from './text-meter.js';

const NAMES = ['"content"', '"arguments"'];

function charsIn(...events: readonly string[]): number {
  const meter = new TextMeter(NAMES);
  for (const event of events) meter.see(event);
  return meter.chars;
}

describe('TextMeter', () => {
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
  ])('%s: %d', (event, chars) => {
    expect(charsIn(event)).toBe(chars);
  });

  it('adds up events, wherever their text stands', () => {
    const events = [
      '{"n":1,"content":"one"}',
      '{"n":2,"content":"four"}',
      '{"n":33,"content":"three"}',
      '{"n":4,"content":""}',
      '{"n":5,"content":"","arguments":"{}"}',
      '{"n":6,"content":"x"}',
    ];

    expect(charsIn(...events)).toBe(3 + 4 + 5 + 0 + 2 + 1);
  });
});

describe('memberTextLengths', () => {
  it('takes all of them together', () => {
    expect(
      memberTextLengths('{"content":"one","b":[{"content":"four"},{"arguments":"{}"},{"content":1}]}', NAMES),
    ).toBe(9);
  });
});
