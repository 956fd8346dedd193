import { modelSpans } from './model-spans.js';

const named = (json: string): readonly string[] => {
  const bytes = Buffer.from(json);
  return modelSpans(bytes, 0).map(({ valueStart, valueEnd }) => bytes.toString('utf8', valueStart, valueEnd));
};

describe('modelSpans', () => {
  it.each([
    ['a response', '{"id":"r","model":"gpt-5","output":[{"model":"inner"}]}', ['"gpt-5"']],
    ['the response of an event', '{"type":"response.created","response":{"id":"r","model":"gpt-5"}}', ['"gpt-5"']],
    ['an event without a response', '{"type":"response.output_text.delta","delta":"\\"model\\":\\"x\\""}', []],
    ['no JSON', 'model', []],
  ])('of %s', (_, json, expected) => {
    expect(named(json)).toEqual(expected);
  });
});
