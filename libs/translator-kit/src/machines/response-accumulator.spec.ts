import { GatewayError, type CanonicalEvent, type CanonicalResponse, type TranslationWarning } from '@sluice/core';
import fc from 'fast-check';
import { deepFreeze } from '../laws/deep-freeze.js';
import { eventStreams } from '../laws/generators/events.js';
import { responses } from '../laws/generators/responses.js';
import { accumulateResponse, ResponseAccumulator, type AccumulatedOutcome } from './response-accumulator.js';
import { streamOfResponse } from './stream-of-response.js';

const START: CanonicalEvent = { type: 'response-start', id: 'r', model: 'm' };
const END: CanonicalEvent = { type: 'response-end', finishReason: { unified: 'stop', raw: 'end_turn' } };
const ERROR = new GatewayError({ kind: 'upstream_overloaded', message: 'no' });

function outcomes(events: readonly CanonicalEvent[], accumulator = new ResponseAccumulator()) {
  const output: AccumulatedOutcome[] = [];
  for (const event of events) accumulator.push(event, (item) => output.push(item));
  accumulator.finish((item) => output.push(item));
  return output;
}

function contentOf(...events: CanonicalEvent[]): CanonicalResponse['content'] {
  return accumulateResponse([START, ...events, END]).content;
}

/** An answer with everything that a stream can say. */
const FULL: CanonicalResponse = {
  id: 'r',
  model: 'm',
  content: [
    { type: 'reasoning', text: 'hm', signature: { family: 'anthropic', value: 's' } },
    { type: 'reasoning', text: '', redacted: 'zzz' },
    { type: 'text', text: 'See', citations: [{ url: 'a' }, { url: 'b' }], signature: { family: 'gemini', value: 't' } },
    { type: 'refusal', text: 'No.' },
    {
      type: 'tool-call',
      id: 'a',
      name: 'f',
      argumentsJson: '{"n":12345678901234567890}',
      extensions: { acme: { x: 1 } },
    },
    { type: 'image', mediaType: 'image/png', source: { kind: 'base64', value: 'AAAA' } },
    { type: 'audio', source: { kind: 'base64', value: 'BBBB' } },
    {
      type: 'server-tool',
      id: 's',
      tool: 'web_search',
      input: { query: 'x' },
      raw: { format: 'acme', value: { type: 'search' } },
      extensions: { other: { y: 2 } },
    },
  ],
  finishReason: { unified: 'stop', raw: 'end_turn' },
  usage: { input: 3, output: 4, source: 'upstream' },
  extensions: { acme: { tier: 'fast' } },
};

describe('ResponseAccumulator', () => {
  describe('push', () => {
    it('puts interleaved blocks in the order of their start', () => {
      const content = contentOf(
        { type: 'block-start', index: 7, block: { type: 'text' } },
        { type: 'block-start', index: 2, block: { type: 'tool-call', id: 'a', name: 'f' } },
        { type: 'block-delta', index: 2, delta: '{"x"' },
        { type: 'block-delta', index: 7, delta: 'He' },
        { type: 'block-delta', index: 2, delta: ':1}' },
        { type: 'block-end', index: 2 },
        { type: 'block-delta', index: 7, delta: 'llo' },
        { type: 'block-end', index: 7 },
      );

      expect(content).toEqual([
        { type: 'text', text: 'Hello' },
        { type: 'tool-call', id: 'a', name: 'f', argumentsJson: '{"x":1}' },
      ]);
    });

    it('attaches marks to their block, the latest signature last', () => {
      const content = contentOf(
        { type: 'block-start', index: 0, block: { type: 'text' } },
        { type: 'block-mark', index: 0, citation: { url: 'a' } },
        { type: 'block-mark', index: 0, signature: { family: 'gemini', value: 'early' } },
        { type: 'block-mark', index: 0, citation: { url: 'b' }, signature: { family: 'gemini', value: 'final' } },
        { type: 'block-end', index: 0 },
      );

      expect(content).toEqual([
        {
          type: 'text',
          text: '',
          citations: [{ url: 'a' }, { url: 'b' }],
          signature: { family: 'gemini', value: 'final' },
        },
      ]);
    });

    it('merges what formats carry at start and end, for blocks and for the answer', () => {
      const response = accumulateResponse([
        { ...START, extensions: { acme: { a: 1, b: 1 } } },
        { type: 'block-start', index: 0, block: { type: 'refusal' }, extensions: { acme: { c: 1 } } },
        { type: 'block-end', index: 0, extensions: { acme: { d: 2 }, other: { e: 3 } } },
        { ...END, extensions: { acme: { b: 2 } } },
      ]);

      expect(response.extensions).toEqual({ acme: { a: 1, b: 2 } });
      expect(response.content[0]?.extensions).toEqual({ acme: { c: 1, d: 2 }, other: { e: 3 } });
    });

    it('believes the latest usage, without adding', () => {
      const response = accumulateResponse([
        START,
        { type: 'usage', usage: { input: 10, cacheRead: 5, source: 'upstream' } },
        { type: 'usage', usage: { input: 12, output: 3, source: 'upstream' } },
        END,
      ]);

      expect(response.usage).toEqual({ input: 12, output: 3, source: 'upstream' });
    });

    it('reads the input of a server tool, and keeps what is no JSON as text', () => {
      const tool = (delta: string): CanonicalEvent[] => [
        {
          type: 'block-start',
          index: 0,
          block: { type: 'server-tool', id: 's', tool: 't' },
          extensions: { acme: { k: 1 } },
        },
        { type: 'block-delta', index: 0, delta },
        { type: 'block-end', index: 0 },
      ];

      expect(contentOf(...tool('{"q":1}'))).toEqual([
        { type: 'server-tool', id: 's', tool: 't', input: { q: 1 }, raw: { format: 'acme', value: { k: 1 } } },
      ]);
      expect(contentOf(...tool('{"q"'))[0]).toMatchObject({ input: '{"q"' });
    });

    it('counts frames that only a stream of their own format can hold', () => {
      const accumulator = new ResponseAccumulator();

      const [outcome] = outcomes(
        [START, { type: 'opaque', format: 'acme', frame: { kind: 'sse', data: 'x' } }, END],
        accumulator,
      );

      expect(outcome?.type).toBe('response');
      expect(accumulator.opaqueFrames).toBe(1);
    });

    it('gives the failure instead of the answer', () => {
      expect(outcomes([START, { type: 'response-error', error: ERROR }])).toEqual([{ type: 'error', error: ERROR }]);
      expect(outcomes([{ type: 'response-error', error: ERROR }])).toEqual([{ type: 'error', error: ERROR }]);
    });

    it('refuses an answer that is too large, once', () => {
      const found = outcomes(
        [
          START,
          { type: 'block-start', index: 0, block: { type: 'text' } },
          { type: 'block-delta', index: 0, delta: 'x'.repeat(11) },
          { type: 'block-delta', index: 0, delta: 'x' },
          { type: 'block-end', index: 0 },
          END,
        ],
        new ResponseAccumulator({ maxChars: 10 }),
      );

      expect(found).toEqual([{ type: 'error', error: expect.objectContaining({ kind: 'upstream_invalid_response' }) }]);
    });

    it('refuses events of a block that never began', () => {
      expect(() => contentOf({ type: 'block-end', index: 1 })).toThrow(new TypeError('block 1 never began'));
    });
  });

  describe('finish', () => {
    it('is a failure when the events stopped before their end', () => {
      expect(outcomes([START])).toEqual([
        { type: 'error', error: expect.objectContaining({ kind: 'upstream_truncated' }) },
      ]);
    });
  });

  it('gives exactly one outcome for any stream', () => {
    fc.assert(
      fc.property(eventStreams(), (events) => {
        expect(outcomes(deepFreeze(events))).toHaveLength(1);
      }),
    );
  });
});

describe('accumulateResponse', () => {
  it('throws the failure of the events', () => {
    expect(() => accumulateResponse([START, { type: 'response-error', error: ERROR }])).toThrow(ERROR);
    expect(() => accumulateResponse([])).toThrow(expect.objectContaining({ kind: 'upstream_truncated' }));
  });
});

describe('streamOfResponse', () => {
  it('gives events that add up to the answer', () => {
    expect(accumulateResponse(streamOfResponse(deepFreeze(FULL)))).toEqual(FULL);
  });

  it('does so for any answer', () => {
    fc.assert(
      fc.property(responses, (response) => {
        expect(accumulateResponse(streamOfResponse(response))).toEqual(response);
      }),
    );
  });

  it('reports the blocks that cannot be streamed and numbers the others without gaps', () => {
    const warnings: TranslationWarning[] = [];
    const content: CanonicalResponse['content'] = [
      { type: 'opaque', format: 'acme', value: {} },
      { type: 'image', source: { kind: 'url', value: 'https://images.example/a.png' } },
      { type: 'text', text: 'a' },
    ];

    const events = streamOfResponse({ ...FULL, content }, (warning) => warnings.push(warning));

    expect(warnings.map(({ path, effect }) => `${effect} ${path}`)).toEqual([
      'dropped /content/0',
      'dropped /content/1',
    ]);
    expect(events.filter(({ type }) => type === 'block-start')).toEqual([
      { type: 'block-start', index: 0, block: { type: 'text' } },
    ]);
  });
});
