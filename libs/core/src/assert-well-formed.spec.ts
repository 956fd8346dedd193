import type { CanonicalEvent } from './canonical-event.js';
import { assertWellFormed, GrammarError } from './assert-well-formed.js';
import { GatewayError } from './gateway-error.js';

const start: CanonicalEvent = { type: 'response-start', id: 'r1', model: 'm' };
const end: CanonicalEvent = { type: 'response-end', finishReason: { unified: 'stop' } };
const failure: CanonicalEvent = {
  type: 'response-error',
  error: new GatewayError({ kind: 'upstream_truncated', message: 'cut' }),
};
const open = (index: number): CanonicalEvent => ({ type: 'block-start', index, block: { type: 'text' } });
const delta = (index: number): CanonicalEvent => ({ type: 'block-delta', index, delta: 'x' });
const mark = (index: number): CanonicalEvent => ({ type: 'block-mark', index, redacted: 'x' });
const close = (index: number): CanonicalEvent => ({ type: 'block-end', index });
const usage: CanonicalEvent = { type: 'usage', usage: { source: 'upstream' } };
const opaque: CanonicalEvent = { type: 'opaque', format: 'acme', frame: { kind: 'sse', data: '{}' } };

describe('assertWellFormed', () => {
  describe('accepts', () => {
    it.each<[string, CanonicalEvent[]]>([
      ['an empty answer', [start, end]],
      ['a block with content', [start, open(0), delta(0), mark(0), close(0), end]],
      ['interleaved blocks', [start, open(0), open(1), delta(1), delta(0), close(1), close(0), end]],
      ['indices with gaps, in any order', [start, open(7), close(7), open(2), close(2), end]],
      [
        'usage and opaque events anywhere inside',
        [start, usage, open(0), opaque, delta(0), usage, close(0), usage, end],
      ],
      ['a failure while blocks are open', [start, open(0), delta(0), failure]],
      ['a failure before anything', [failure]],
    ])('%s', (_name, events) => {
      expect(() => assertWellFormed(events)).not.toThrow();
    });
  });

  describe('refuses', () => {
    it.each<[string, CanonicalEvent[], number, RegExp]>([
      ['nothing at all', [], 0, /stops without/],
      ['a missing end', [start, open(0), close(0)], 3, /stops without/],
      ['content before the start', [open(0)], 0, /before response-start/],
      ['usage before the start', [usage, start, end], 0, /before response-start/],
      ['an end before the start', [end], 0, /before response-start/],
      ['a second start', [start, start], 1, /second response-start/],
      ['a delta for a block that never opened', [start, delta(0)], 1, /not open/],
      ['a mark for a block that never opened', [start, mark(3)], 1, /not open/],
      ['a delta for a closed block', [start, open(0), close(0), delta(0)], 3, /not open/],
      ['closing twice', [start, open(0), close(0), close(0)], 3, /not open/],
      ['an index used twice at once', [start, open(0), open(0)], 2, /used again/],
      ['an index used again after its end', [start, open(0), close(0), open(0)], 3, /used again/],
      ['a negative index', [start, open(-1)], 1, /not a count/],
      ['a fractional index', [start, open(0.5)], 1, /not a count/],
      ['an end while a block is open', [start, open(0), end], 2, /blocks 0 are open/],
      ['an event after the end', [start, end, usage], 2, /after the end/],
      ['a second end', [start, end, end], 2, /after the end/],
      ['an event after a failure', [start, failure, end], 2, /after the end/],
    ])('%s', (_name, events, position, message) => {
      const check = (): void => assertWellFormed(events);

      expect(check).toThrow(GrammarError);
      expect(check).toThrow(message);
      expect(check).toThrow(expect.objectContaining({ position }));
    });
  });
});
