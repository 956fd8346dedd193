import type { Observation } from '@sluice/translator-kit';
import { observe } from './observe.js';

const observeBody = (text: string) => observe.observeBody(Buffer.from(text));
const observeStream = (...data: readonly string[]): readonly Observation[] => {
  const seen: Observation[] = [];
  const observer = observe.createStreamObserver();
  for (const item of data) observer.push({ kind: 'sse', data: item }, (observation) => seen.push(observation));
  observer.finish((observation) => seen.push(observation));
  return seen;
};
const USAGE = '{"choices":[],"usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}}';

describe('observeBody', () => {
  it('reads usage and finish', () => {
    const usage = {
      prompt_tokens: 9,
      completion_tokens: 4,
      prompt_tokens_details: { cached_tokens: 8 },
      completion_tokens_details: { reasoning_tokens: 1 },
    };
    const choices = [{ text: 'a', finish_reason: 'length' }];

    expect(observeBody(JSON.stringify({ choices, usage }))).toEqual([
      {
        type: 'usage',
        usage: { input: 9, output: 4, cacheRead: 8, reasoning: 1, source: 'upstream', raw: usage },
        standalone: false,
      },
      { type: 'finish', finishReason: { unified: 'length', raw: 'length' } },
    ]);
  });

  it.each([
    ['{"error":{"message":"m","code":"insufficient_quota"}}', 'upstream_quota_exhausted'],
    ['<html>', 'upstream_invalid_response'],
  ])('finds the failure in %s', (body, kind) => {
    expect(observeBody(body)).toMatchObject([{ type: 'error', error: { kind } }]);
  });
});

describe('the stream observer', () => {
  it('sees content once, the finish, usage that stands alone, and the end', () => {
    const seen = observeStream(
      '{"choices":[{"text":"","finish_reason":null}]}',
      '{"choices":[{"text":"a","finish_reason":null}]}',
      '{"choices":[{"text":"b","finish_reason":"stop"}]}',
      USAGE,
      '[DONE]',
      '{"choices":[{"text":"never"}]}',
    );

    expect(seen.map(({ type }) => type)).toEqual(['content', 'finish', 'usage', 'end']);
    expect(seen[2]).toMatchObject({ standalone: true, usage: { input: 3, output: 2 } });
  });

  it('does not hide usage that comes with text', () => {
    const [, usage] = observeStream('{"choices":[{"text":"a"}],"usage":{"prompt_tokens":1,"completion_tokens":1}}');

    expect(usage).toMatchObject({ type: 'usage', standalone: false });
  });

  it.each([
    ['{"error":{"message":"m"}}', 'upstream_error'],
    ['{"choices":', 'upstream_invalid_response'],
  ])('ends with the failure in %s', (data, kind) => {
    expect(observeStream(data, USAGE)).toMatchObject([{ type: 'error', error: { kind } }]);
  });
});
