import { assertWellFormed } from '@sluice/core';
import fc from 'fast-check';
import { eventStreams } from './events.js';
import { requests } from './requests.js';
import { responses } from './responses.js';

/** Whether some generated value has the property: a generator that never makes it would leave a law untested. */
function makes<T>(arbitrary: fc.Arbitrary<T>, has: (value: T) => boolean): boolean {
  return fc.sample(arbitrary, { numRuns: 500, seed: 7 }).some(has);
}

describe('eventStreams', () => {
  it('obeys the grammar', () => {
    fc.assert(fc.property(eventStreams(), (events) => assertWellFormed(events)));
  });

  it('makes interleaved, failing and empty streams, and none of them when asked not to', () => {
    const isFailing = (events: readonly { type: string }[]): boolean => events.at(-1)?.type === 'response-error';
    const isInterleaved = (events: readonly { type: string }[]): boolean =>
      /block-start (?!block-end)(?:block-delta )*block-start/.test(events.map(({ type }) => type).join(' '));

    expect(makes(eventStreams(), isFailing)).toBe(true);
    expect(makes(eventStreams(), isInterleaved)).toBe(true);
    expect(makes(eventStreams(), ({ length }) => length === 2)).toBe(true);
    expect(makes(eventStreams({ failing: false }), isFailing)).toBe(false);
    expect(makes(eventStreams({ interleaved: false }), isInterleaved)).toBe(false);
  });
});

describe('requests', () => {
  it('answers every tool call in the message after it', () => {
    fc.assert(
      fc.property(requests, ({ messages }) => {
        for (const [position, { content }] of messages.entries()) {
          const called = content.flatMap((block) => (block.type === 'tool-call' ? [block.id] : []));
          const answered = messages[position + 1]?.content.flatMap((block) =>
            block.type === 'tool-result' ? [block.callId] : [],
          );
          expect(answered ?? []).toEqual(called);
        }
      }),
    );
  });

  it('makes requests with tools, pictures, reasoning and results', () => {
    const blocks = requests.map(({ messages }) => messages.flatMap(({ content }) => content.map(({ type }) => type)));

    for (const type of ['text', 'image', 'reasoning', 'tool-call', 'tool-result']) {
      expect(makes(blocks, (types) => types.some((found) => found === type))).toBe(true);
    }
    expect(makes(requests, ({ tools }) => tools.length > 1)).toBe(true);
  });
});

describe('responses', () => {
  it('gives every call an id of its own', () => {
    fc.assert(
      fc.property(responses, ({ content }) => {
        const ids = content.flatMap((block) => (block.type === 'tool-call' ? [block.id] : []));
        expect(new Set(ids).size).toBe(ids.length);
      }),
    );
  });
});
