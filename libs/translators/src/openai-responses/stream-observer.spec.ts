import type { JsonObject, WireFrame } from '@sluice/core';
import { loadRecordings } from '@sluice/testing';
import { SseParser } from '@sluice/streaming';
import type { Observation } from '@sluice/translator-kit';
import { observe } from './observe.js';

const USAGE = { input_tokens: 3, output_tokens: 2, total_tokens: 5 };
const CREATED = { type: 'response.created', response: { status: 'in_progress' } };
const ADDED = { type: 'response.output_item.added', output_index: 0, item: { type: 'message', content: [] } };
const DELTA = { type: 'response.output_text.delta', delta: 'a' };
const CALL = { type: 'response.output_item.done', item: { type: 'function_call', name: 'f' } };
const COMPLETED = { type: 'response.completed', response: { status: 'completed', usage: USAGE } };

const frameOf = (event: JsonObject, named = true): WireFrame => ({
  kind: 'sse',
  ...(named && { event: String(event['type']) }),
  data: JSON.stringify(event),
});

function watch(frames: readonly WireFrame[]): readonly Observation[] {
  const observer = observe.createStreamObserver();
  const seen: Observation[] = [];
  for (const frame of frames) observer.push(frame, (observation) => seen.push(observation));
  observer.finish((observation) => seen.push(observation));
  return seen;
}

const gist = (observations: readonly Observation[]): readonly unknown[] =>
  observations.map((observation) =>
    observation.type === 'finish'
      ? observation.finishReason.unified
      : observation.type === 'error'
        ? observation.error.kind
        : observation.type,
  );

describe('the stream observer', () => {
  it.each([true, false])('tells content, usage, finish and end (event lines: %s)', (named) => {
    const frames = [CREATED, ADDED, DELTA, DELTA, COMPLETED].map((event) => frameOf(event, named));

    expect(gist(watch(frames))).toEqual(['content', 'usage', 'stop', 'end']);
  });

  it('knows that an answer with calls ends with calls', () => {
    expect(gist(watch([CREATED, CALL, COMPLETED].map((event) => frameOf(event))))).toEqual([
      'content',
      'usage',
      'tool-calls',
      'end',
    ]);
  });

  it.each([
    [3, { type: 'response.output_text.delta', delta: 'abc', obfuscation: 'abcdefgh' }],
    [4, { type: 'response.reasoning_summary_text.delta', delta: 'abcd' }],
    [5, { type: 'response.function_call_arguments.delta', delta: '[1,2]' }],
    [0, { type: 'response.output_text.done', text: 'abc' }],
  ])('counts %d characters of %j', (chars, event) => {
    const observer = observe.createStreamObserver();

    observer.push({ kind: 'sse', data: JSON.stringify(event) }, () => {});
    observer.push({ kind: 'sse', data: JSON.stringify(event) }, () => {});

    expect(observer.contentChars).toBe(2 * chars);
  });

  it('takes no handshake for content', () => {
    const handshake = [
      CREATED,
      { type: 'response.in_progress', response: {} },
      ADDED,
      { type: 'response.content_part.added', part: { type: 'output_text', text: '' } },
    ];

    expect(watch(handshake.map((event) => frameOf(event)))).toEqual([]);
  });

  it('takes a tool that the vendor runs for content', () => {
    const search = { type: 'response.output_item.added', item: { type: 'web_search_call' } };

    expect(gist(watch([frameOf(CREATED), frameOf(search)]))).toEqual(['content']);
  });

  it.each([
    [{ type: 'error', error: { code: 'insufficient_quota', message: 'm' } }, ['upstream_quota_exhausted']],
    [{ type: 'error', code: 'server_error', message: 'm' }, ['upstream_error']],
    [
      { type: 'response.failed', response: { status: 'failed', error: { code: 'rate_limit_exceeded', message: 'm' } } },
      ['upstream_rate_limited'],
    ],
  ])('tells the failure %j once', (event, expected) => {
    const failed = { type: 'response.failed', response: { status: 'failed', error: { code: 'x', message: 'y' } } };

    expect(gist(watch([frameOf(CREATED), frameOf(event), frameOf(failed)]))).toEqual(expected);
  });

  it('tells no end of a stream that breaks off', () => {
    expect(gist(watch([CREATED, DELTA].map((event) => frameOf(event))))).toEqual(['content']);
  });

  it('tells that an event is no JSON', () => {
    expect(gist(watch([{ kind: 'sse', data: '{' }]))).toEqual(['upstream_invalid_response']);
  });

  it('ignores what other servers put behind the end', () => {
    expect(gist(watch([frameOf(DELTA), frameOf(COMPLETED), { kind: 'sse', data: '[DONE]' }]))).toEqual([
      'content',
      'usage',
      'stop',
      'end',
    ]);
  });

  it('finds content, usage and end in every recorded stream', () => {
    const streams = loadRecordings('openai-responses').filter(
      ({ mode, features }) => mode === 'stream' && !features.includes('error'),
    );

    for (const { id, body } of streams) {
      const frames: WireFrame[] = [];
      new SseParser().push(body, (frame) => frames.push(frame));
      const seen = gist(watch(frames));

      expect({ id, first: seen[0], usage: seen.includes('usage'), last: seen.at(-1) }).toEqual({
        id,
        first: 'content',
        usage: true,
        last: 'end',
      });
    }
  });
});

describe('observeBody', () => {
  const body = (value: JsonObject): Buffer => Buffer.from(JSON.stringify(value));

  it('tells usage and finish', () => {
    const call = { type: 'function_call', name: 'f' };

    expect(gist(observe.observeBody(body({ status: 'completed', usage: USAGE, output: [] })))).toEqual([
      'usage',
      'stop',
    ]);
    expect(gist(observe.observeBody(body({ status: 'completed', output: [call] })))).toEqual(['tool-calls']);
  });

  it.each([
    ['an error inside a 200', body({ error: { message: 'm', code: 'server_is_overloaded' } }), 'upstream_overloaded'],
    ['a failed response', body({ status: 'failed', error: { message: 'm', code: 'server_error' } }), 'upstream_error'],
    ['no JSON', Buffer.from('<html>'), 'upstream_invalid_response'],
  ])('tells %s', (_, bytes, kind) => {
    expect(gist(observe.observeBody(bytes))).toEqual([kind]);
  });
});
