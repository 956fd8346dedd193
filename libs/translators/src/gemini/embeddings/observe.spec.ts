import type { Observation } from '@sluice/translator-kit';
import { observe } from './observe.js';

const observed = (body: string) => observe.observeBody(Buffer.from(body));

describe('observe', () => {
  it('reads the usage of an answer', () => {
    const usage = { promptTokenCount: 7 };

    expect(observed(JSON.stringify({ embedding: { values: [1] }, usageMetadata: usage }))).toEqual([
      { type: 'usage', usage: { input: 7, output: 0, source: 'upstream', raw: usage }, standalone: false },
    ]);
  });

  it.each(['{"embedding":{"values":[1]}}', '{"embeddings":[],"usageMetadata":{}}'])('finds nothing in %s', (body) => {
    expect(observed(body)).toEqual([]);
  });

  it.each([
    ['{"error":{"code":429,"message":"m","status":"RESOURCE_EXHAUSTED"}}', 'upstream_rate_limited'],
    ['<html>', 'upstream_invalid_response'],
  ])('finds the failure in %s', (body, kind) => {
    expect(observed(body)).toMatchObject([{ type: 'error', error: { kind } }]);
  });

  it('takes no stream for an answer', () => {
    const seen: Observation[] = [];

    observe.createStreamObserver().push({ kind: 'sse', data: '{}' }, (observation) => seen.push(observation));

    expect(seen).toMatchObject([{ type: 'error', error: { kind: 'upstream_invalid_response' } }]);
  });
});
