import { assertWellFormed, GatewayError, type CanonicalEvent } from '@sluice/core';
import fc from 'fast-check';
import { eventStreams } from '../laws/generators/events.js';
import { deepFreeze } from '../laws/deep-freeze.js';
import { BlockSequencer } from './block-sequencer.js';

const START: CanonicalEvent = { type: 'response-start', id: 'r', model: 'm' };
const END: CanonicalEvent = { type: 'response-end', finishReason: { unified: 'stop' } };
const text = (index: number): CanonicalEvent => ({ type: 'block-start', index, block: { type: 'text' } });
const call = (index: number, id: string): CanonicalEvent => ({
  type: 'block-start',
  index,
  block: { type: 'tool-call', id, name: 'f' },
});
const delta = (index: number, words: string): CanonicalEvent => ({ type: 'block-delta', index, delta: words });
const end = (index: number): CanonicalEvent => ({ type: 'block-end', index });

function sequence(events: readonly CanonicalEvent[], sequencer = new BlockSequencer()): readonly CanonicalEvent[] {
  const output: CanonicalEvent[] = [];
  for (const event of events) sequencer.push(event, (item) => output.push(item));
  sequencer.finish();
  return output;
}

describe('BlockSequencer', () => {
  describe('push', () => {
    it('puts two tool calls that take turns one after the other', () => {
      const output = sequence([
        START, call(4, 'A'), call(7, 'B'), delta(4, '{"a"'), delta(7, '{'), delta(7, '}'), delta(4, ':1}'), end(4), end(7), END,
      ]); // prettier-ignore

      expect(output).toEqual([
        START, call(0, 'A'), delta(0, '{"a"'), delta(0, ':1}'), end(0), call(1, 'B'), delta(1, '{}'), end(1), END,
      ]); // prettier-ignore
    });

    it('never delays the open block', () => {
      const sequencer = new BlockSequencer();
      sequence([START, call(0, 'A'), call(1, 'B'), delta(1, 'later')], sequencer);

      expect(sequence([delta(0, 'now')], sequencer)).toEqual([delta(0, 'now')]);
    });

    it('hands a stream that is in order on as the same objects', () => {
      const events = [START, text(0), delta(0, 'a'), end(0), call(1, 'A'), delta(1, '{}'), end(1), END];

      const output = sequence(events);

      expect(output.every((event, position) => event === events[position])).toBe(true);
      expect(output).toHaveLength(events.length);
    });

    it('keeps the order in which blocks began, not the one in which they ended', () => {
      const output = sequence([START, text(0), call(1, 'B'), end(1), call(2, 'C'), end(2), end(0), END]);

      expect(output).toEqual([START, text(0), end(0), call(1, 'B'), end(1), call(2, 'C'), end(2), END]);
    });

    it('keeps marks and extensions of a waiting block at their place', () => {
      const mark: CanonicalEvent = {
        type: 'block-mark',
        index: 1,
        signature: { family: 'gemini', value: 's' },
      };
      const ending: CanonicalEvent = { type: 'block-end', index: 1, extensions: { acme: { x: 1 } } };

      const output = sequence([START, text(0), text(1), delta(1, 'a'), mark, delta(1, 'b'), ending, end(0), END]);

      expect(output.slice(3)).toEqual([text(1), delta(1, 'a'), mark, delta(1, 'b'), ending, END]);
    });

    it('lets usage and opaque frames pass at once', () => {
      const usage: CanonicalEvent = { type: 'usage', usage: { input: 1, source: 'upstream' } };

      const output = sequence([START, text(0), text(1), delta(1, 'x'), usage]);

      expect(output).toEqual([START, text(0), usage]);
    });

    it('ends at a failure, without the blocks that were waiting', () => {
      const error = new GatewayError({ kind: 'upstream_overloaded', message: 'no' });

      const output = sequence([START, text(0), call(1, 'B'), delta(1, '{"half'), { type: 'response-error', error }]);

      expect(output).toEqual([START, text(0), { type: 'response-error', error }]);
    });

    it.each([
      ['characters', { maxChars: 1000 }, [text(1), delta(1, 'x'.repeat(1000))]],
      ['events', { maxChars: 1000 }, [text(1), ...Array.from({ length: 8 }, () => mark(1))]],
      ['blocks', { maxBlocks: 1 }, [text(1), text(2)]],
    ])('fails instead of holding too many %s', (_name, limits, flood) => {
      const output = sequence([START, text(0), ...flood, end(0), END], new BlockSequencer(limits));

      expect(output).toEqual([
        START,
        text(0),
        { type: 'response-error', error: expect.objectContaining({ kind: 'upstream_invalid_response' }) },
      ]);
    });

    it('counts only what still waits', () => {
      const sequencer = new BlockSequencer({ maxChars: 1000 });
      const wave = (first: number): CanonicalEvent[] => [
        text(first),
        text(first + 1),
        delta(first + 1, 'x'.repeat(600)),
        end(first),
        end(first + 1),
      ];

      const output = sequence([START, ...wave(0), ...wave(2), END], sequencer);

      expect(output.at(-1)).toBe(END);
    });

    it('refuses events of a block that is not open', () => {
      expect(() => sequence([START, delta(3, 'x')])).toThrow(
        new TypeError('block-delta for block 3, which is not open'),
      );
    });
  });

  describe('with any stream', () => {
    it('gives well-formed streams with one open block and dense indices, and loses nothing', () => {
      fc.assert(
        fc.property(eventStreams({ failing: false }), (events) => {
          const output = sequence(deepFreeze(events));

          assertWellFormed(output);
          expect(starts(output).map(({ index }) => index)).toEqual(starts(output).map((_start, position) => position));
          expect(mostOpenBlocks(output)).toBeLessThanOrEqual(1);
          expect(contents(output)).toEqual(contents(events));
        }),
        { numRuns: 300 },
      );
    });

    it('changes nothing when it is applied again', () => {
      fc.assert(
        fc.property(eventStreams(), (events) => {
          const once = sequence(events);

          expect(sequence(once)).toEqual(once);
        }),
      );
    });
  });
});

function mark(index: number): CanonicalEvent {
  return { type: 'block-mark', index, redacted: 'x'.repeat(100) };
}

function starts(events: readonly CanonicalEvent[]) {
  return events.filter((event) => event.type === 'block-start');
}

function mostOpenBlocks(events: readonly CanonicalEvent[]): number {
  let open = 0;
  let most = 0;
  for (const { type } of events) {
    if (type === 'block-start') open += 1;
    if (type === 'block-end') open -= 1;
    most = Math.max(most, open);
  }
  return most;
}

/** What each block is and the text of its deltas, in the order of the starts. */
function contents(events: readonly CanonicalEvent[]) {
  return starts(events).map(({ index, block }) => ({
    block,
    text: events.map((event) => (event.type === 'block-delta' && event.index === index ? event.delta : '')).join(''),
  }));
}
