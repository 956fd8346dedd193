import type { Observation } from '@sluice/translator-kit';
import { observe } from './observe.js';

const observeBody = (text: string) => observe.observeBody(Buffer.from(text));

describe('observe', () => {
  it('reads the usage of an answer', () => {
    const usage = { prompt_tokens: 7, total_tokens: 7 };

    expect(observeBody(JSON.stringify({ object: 'list', data: [{ embedding: [1] }], usage }))).toEqual([
      { type: 'usage', usage: { input: 7, output: 0, source: 'upstream', raw: usage }, standalone: false },
    ]);
  });

  it.each(['{"data":[]}', '{"data":[],"usage":null}'])('finds nothing in %s', (body) => {
    expect(observeBody(body)).toEqual([]);
  });

  it.each([
    ['{"error":{"message":"m","code":"insufficient_quota"}}', 'upstream_quota_exhausted'],
    ['<html>', 'upstream_invalid_response'],
    ['[]', 'upstream_invalid_response'],
  ])('finds the failure in %s', (body, kind) => {
    expect(observeBody(body)).toMatchObject([{ type: 'error', error: { kind } }]);
  });

  it('takes no stream for an answer', () => {
    const seen: Observation[] = [];

    observe.createStreamObserver().push({ kind: 'sse', data: '{}' }, (observation) => seen.push(observation));

    expect(seen).toMatchObject([{ type: 'error', error: { kind: 'upstream_invalid_response' } }]);
  });

  it('finds where the model stands', () => {
    const json = Buffer.from('{"model":"m"}');

    expect(observe.modelSpans?.(json, 0)).toMatchObject([{ valueStart: 9, valueEnd: 12 }]);
  });
});
