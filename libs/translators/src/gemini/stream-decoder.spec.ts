import { readFileSync } from 'node:fs';
import type { CanonicalEvent, WireFrame } from '@sluice/core';
import { SseParser } from '@sluice/streaming';
import { accumulateResponse } from '@sluice/translator-kit';
import { chunkOf, contextFor, EMPTY, readStream } from './__fixtures__/exchange.js';
import { GeminiStreamDecoder } from './stream-decoder.js';

function eventsOf(name: string): readonly CanonicalEvent[] {
  const decoder = new GeminiStreamDecoder(contextFor('m'), EMPTY);
  const events: CanonicalEvent[] = [];
  const keep = (event: CanonicalEvent): void => void events.push(event);
  const push = (frame: WireFrame): void => decoder.push(frame, keep);
  const parser = new SseParser();
  parser.push(readFileSync(new URL(`./__fixtures__/streams/${name}.sse`, import.meta.url)), push);
  parser.finish(push);
  decoder.finish(keep);
  return events;
}

describe('GeminiStreamDecoder', () => {
  it('reads parts of all kinds in their order', () => {
    const events = eventsOf('parts-of-all-kinds');

    expect(accumulateResponse(events)).toMatchObject({
      content: [
        { type: 'image', mediaType: 'image/png', source: { kind: 'base64', value: 'iVBORw0KGgo=' } },
        { type: 'server-tool', id: 'e1', tool: 'code_execution', input: { language: 'PYTHON', code: '1+1' } },
        { type: 'server-tool', id: 'e1', tool: 'code_execution', raw: { format: 'gemini' } },
        { type: 'text', text: 'Two', extensions: { gemini: { partMetadata: { origin: 'x' } } } },
        { type: 'text', text: '.', signature: { family: 'gemini', value: 'CgNhYmM=' } },
        { type: 'reasoning', text: '', signature: { family: 'gemini', value: 'CgNkZWY=' } },
      ],
      finishReason: { unified: 'length' },
    });
  });

  it('carries unknown parts and other candidates as frames of their own', () => {
    const frames = eventsOf('parts-of-all-kinds').flatMap((event) =>
      event.type === 'opaque' && event.frame.kind === 'sse' ? [JSON.parse(event.frame.data)] : [],
    );

    expect(frames).toEqual([
      { candidates: [{ content: { role: 'model', parts: [{ somethingNew: { a: 1 } }] }, index: 0 }] },
      { candidates: [{ content: { role: 'model', parts: [{ text: 'Zwei' }] }, index: 1 }] },
    ]);
  });

  it('gives the sources of a grounded answer to its text, and keeps the rest of the grounding', () => {
    const events = eventsOf('grounded');

    expect(accumulateResponse(events)).toMatchObject({
      content: [
        {
          text: 'The tower is 330 m high. It stands in Paris.',
          citations: [{ type: 'web', url: 'https://a.example/tower', title: 'Tower' }],
        },
      ],
      extensions: { gemini: { candidate: { groundingMetadata: { webSearchQueries: ['tower'] } } } },
    });
  });

  it('tells usage early, for formats that say it first, and once more at the end', () => {
    const usages = eventsOf('thoughts-and-calls').flatMap((event, position) =>
      event.type === 'usage' ? [[position, event.usage.input, event.usage.output]] : [],
    );

    expect(usages).toEqual([
      [1, 9, 12],
      [expect.any(Number), 9, 34],
    ]);
  });

  it('joins what each chunk says of its tokens', () => {
    const chosen = (token: string) => ({ chosenCandidates: [{ token }], logProbabilitySum: -1 });
    const events = readStream(
      EMPTY,
      chunkOf([{ text: 'a' }], { logprobsResult: chosen('a') }),
      chunkOf([{ text: 'b' }], { logprobsResult: chosen('b'), finishReason: 'STOP' }),
    );

    expect(events.at(-1)).toMatchObject({
      extensions: {
        gemini: { candidate: { logprobsResult: { chosenCandidates: [{ token: 'a' }, { token: 'b' }] } } },
      },
    });
  });

  it.each([
    ['$.list[100000]', /cannot be/],
    ['nowhere', /cannot be/],
  ])('refuses a piece of arguments for %s', (jsonPath, message) => {
    const events = readStream(
      EMPTY,
      chunkOf([{ functionCall: { name: 'f', willContinue: true } }]),
      chunkOf([{ functionCall: { partialArgs: [{ jsonPath, numberValue: 1 }], willContinue: true } }]),
    );

    expect(events.at(-1)).toMatchObject({
      error: { kind: 'upstream_invalid_response', message: expect.stringMatching(message) },
    });
  });

  it('names in arguments mean nothing to us', () => {
    const events = readStream(
      EMPTY,
      chunkOf([{ functionCall: { name: 'f', willContinue: true } }]),
      chunkOf([{ functionCall: { partialArgs: [{ jsonPath: '$.__proto__.polluted', boolValue: true }] } }]),
      chunkOf([], { finishReason: 'STOP' }),
    );

    expect(accumulateResponse(events).content).toMatchObject([{ argumentsJson: '{"__proto__":{"polluted":true}}' }]);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('reads an error that stands in a list', () => {
    const data = '[{"error":{"code":429,"message":"Quota exceeded.","status":"RESOURCE_EXHAUSTED"}}]';
    const decoder = new GeminiStreamDecoder(contextFor('m'), EMPTY);
    const events: CanonicalEvent[] = [];
    decoder.push({ kind: 'sse', data }, (event) => events.push(event));

    expect(events).toMatchObject([
      { type: 'response-error', error: { kind: 'upstream_rate_limited', message: 'Quota exceeded.' } },
    ]);
  });

  it.each([
    ['a binary event', { kind: 'binary', headers: {}, payload: new Uint8Array() }],
    ['what is no JSON object', { kind: 'sse', data: '[1]' }],
  ] as const)('ends at %s', (_, frame) => {
    const decoder = new GeminiStreamDecoder(contextFor('m'), EMPTY);
    const events: CanonicalEvent[] = [];
    decoder.push(frame, (event) => events.push(event));
    decoder.finish((event) => events.push(event));

    expect(events).toMatchObject([{ type: 'response-error', error: { kind: 'upstream_invalid_response' } }]);
  });
});
