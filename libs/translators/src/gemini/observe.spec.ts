import { SseParser } from '@sluice/streaming';
import { loadRecordings } from '@sluice/testing';
import type { Observation } from '@sluice/translator-kit';
import type { WireFrame } from '@sluice/core';
import { chunkOf } from './__fixtures__/exchange.js';
import { observe } from './observe.js';

function observeStream(frames: readonly WireFrame[]): readonly Observation[] {
  const observer = observe.createStreamObserver();
  const seen: Observation[] = [];
  for (const frame of frames) observer.push(frame, (observation) => seen.push(observation));
  observer.finish((observation) => seen.push(observation));
  return seen;
}
const frame = (value: unknown): WireFrame => ({
  kind: 'sse',
  data: typeof value === 'string' ? value : JSON.stringify(value),
});
const bodyOf = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));

describe('a stream that passes', () => {
  it('begins with content, tells usage so far and one finish', () => {
    const usage = (candidatesTokenCount: number) => ({ promptTokenCount: 3, candidatesTokenCount });
    const seen = observeStream([
      frame(chunkOf([{ text: '' }], { usageMetadata: { trafficType: 'ON_DEMAND' } })),
      frame(chunkOf([{ text: 'a' }], { usageMetadata: usage(1) })),
      frame(chunkOf([{ text: 'b' }], { usageMetadata: usage(2), finishReason: 'STOP' })),
      frame({ usageMetadata: usage(4) }),
    ]);

    expect(seen).toMatchObject([
      { type: 'content' },
      { type: 'usage', usage: { output: 1 }, standalone: false },
      { type: 'usage', usage: { output: 2 } },
      { type: 'finish', finishReason: { unified: 'stop', raw: 'STOP' } },
      { type: 'usage', usage: { output: 4 } },
    ]);
  });

  it.each([
    ['a thought', { text: 'x', thought: true }],
    ['a call', { functionCall: { name: 'f', args: {} } }],
    ['a part yet to be invented', { somethingNew: 1 }],
  ])('%s is content', (_, part) => {
    expect(observeStream([frame(chunkOf([part]))])).toEqual([{ type: 'content' }]);
  });

  it('a blocked prompt is a finish', () => {
    expect(observeStream([frame({ promptFeedback: { blockReason: 'SAFETY' } })])).toEqual([
      { type: 'finish', finishReason: { unified: 'content-filter', raw: 'SAFETY' } },
    ]);
  });

  it.each([
    ['an error', { error: { code: 503, message: 'x', status: 'UNAVAILABLE' } }, 'upstream_overloaded'],
    ['what is no JSON', '{"candidates":[', 'upstream_invalid_response'],
  ])('%s is a failure, after which nothing counts', (_, data, kind) => {
    expect(observeStream([frame(data), frame(chunkOf([{ text: 'x' }]))])).toMatchObject([
      { type: 'error', error: { kind } },
    ]);
  });

  it('finds content, usage and finish in every recording', () => {
    for (const { body } of loadRecordings('gemini').filter(({ mode }) => mode === 'stream')) {
      const frames: WireFrame[] = [];
      new SseParser().push(body, (parsed) => frames.push(parsed));

      const types = new Set(observeStream(frames).map(({ type }) => type));

      expect(types).toEqual(new Set(['content', 'usage', 'finish']));
    }
  });
});

describe('a body that passes', () => {
  it('tells usage and finish', () => {
    const body = chunkOf([{ text: 'x' }], { finishReason: 'MAX_TOKENS', usageMetadata: { promptTokenCount: 1 } });

    expect(observe.observeBody(bodyOf(body))).toMatchObject([
      { type: 'usage', usage: { input: 1, output: 0 } },
      { type: 'finish', finishReason: { unified: 'length' } },
    ]);
  });

  it.each([
    [{ error: { code: 429, message: 'x', status: 'RESOURCE_EXHAUSTED' } }, 'upstream_rate_limited'],
    ['text', 'upstream_invalid_response'],
  ])('%j is a failure', (body, kind) => {
    expect(observe.observeBody(bodyOf(body))).toMatchObject([{ type: 'error', error: { kind } }]);
  });
});

describe('the model’s name in an answer', () => {
  it('stands in modelVersion, and nowhere deeper', () => {
    const json = bodyOf({ candidates: [{ modelVersion: 'inner' }], modelVersion: 'outer' });

    const places = observe
      .modelSpans?.(json, 0)
      .map(({ valueStart, valueEnd }) => json.toString('utf8', valueStart, valueEnd));

    expect(places).toEqual(['"outer"']);
  });

  it('stands nowhere in an answer without one', () => {
    expect(observe.modelSpans?.(bodyOf({ candidates: [] }), 0)).toEqual([]);
  });
});
