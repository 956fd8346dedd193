import { assertWellFormed, GatewayError, type CanonicalEvent, type CanonicalResponse } from '@sluice/core';
import fc from 'fast-check';
import { deepFreeze } from '../laws/deep-freeze.js';
import { eventStreams } from '../laws/generators/events.js';
import { joinDeltas } from '../laws/join-deltas.js';
import { splitThinkTags } from './split-think-tags.js';
import { ThinkTagSplitter, type ThinkTagOptions } from './think-tag-splitter.js';

const START: CanonicalEvent = { type: 'response-start', id: 'r', model: 'm' };
const END: CanonicalEvent = { type: 'response-end', finishReason: { unified: 'stop' } };

function split(events: readonly CanonicalEvent[], options: ThinkTagOptions = {}): readonly CanonicalEvent[] {
  const output: CanonicalEvent[] = [];
  const splitter = new ThinkTagSplitter(options);
  for (const event of events) splitter.push(event, (item) => output.push(item));
  splitter.finish((item) => output.push(item));
  return output;
}

function textBlock(index: number, ...deltas: string[]): readonly CanonicalEvent[] {
  return [
    { type: 'block-start', index, block: { type: 'text' } },
    ...deltas.map((delta): CanonicalEvent => ({ type: 'block-delta', index, delta })),
    { type: 'block-end', index },
  ];
}

/** The blocks of an answer with one text of these deltas, as `type: text` lines. */
function blocks(deltas: readonly string[], options: ThinkTagOptions = {}): readonly string[] {
  return linesOf(split([START, ...textBlock(0, ...deltas), END], options));
}

function linesOf(events: readonly CanonicalEvent[]): readonly string[] {
  assertWellFormed(events);
  return events
    .filter((event) => event.type === 'block-start')
    .map(({ index, block }) => {
      const text = events.map((event) => (event.type === 'block-delta' && event.index === index ? event.delta : ''));
      return `${block.type}: ${text.join('')}`;
    });
}

describe('ThinkTagSplitter', () => {
  describe('push', () => {
    it.each([
      ['<think>a</think>b', ['reasoning: a', 'text: b']],
      ['<thinking>\nabc</thinking>\n\n你好', ['reasoning: abc', 'text: 你好']],
      ['<reasoning>a</reasoning>b', ['reasoning: a', 'text: b']],
      ['\n <THOUGHT>a</Thought> b', ['reasoning: a', 'text: b']],
      ['<think>a</think>', ['reasoning: a']],
      ['<think>a', ['reasoning: a']],
      ['<think>a</thi', ['reasoning: a</thi']],
      ['<think>a</thinking>b</think>c', ['reasoning: a</thinking>b', 'text: c']],
      ['<think>a<b</think>c', ['reasoning: a<b', 'text: c']],
      ['<think>\n\n</think>\n\nb', ['text: b']],
      ['<think>about `</think>` here</think>b', ['reasoning: about `</think>` here', 'text: b']],
      ['<think>say "yes"</think>"Yes"', ['reasoning: say "yes"</think>"Yes"']],
      ['<think>say "yes"</think>\n"Yes"', ['reasoning: say "yes"', 'text: "Yes"']],
      ['<think>say "yes"</think>', ['reasoning: say "yes"']],
      ['<think>a</think>b <think>c</think>', ['reasoning: a', 'text: b <think>c</think>']],
    ])('splits %j', (text, expected) => {
      expect(blocks([text])).toEqual(expected);
    });

    it.each(['', 'a', ' a', '<', '<thi', '<thinkers>a', '<think >a', 'a <think>b</think>', '< think>', '</think>a'])(
      'leaves %j alone',
      (text) => {
        expect(blocks([text])).toEqual([`text: ${text}`]);
      },
    );

    it('does not look behind a long stretch of white space', () => {
      const text = `${' '.repeat(65)}<think>a</think>`;

      expect(blocks([text])).toEqual([`text: ${text}`]);
    });

    it('lets thinking go as it comes, but for what may be the close tag', () => {
      const splitter = new ThinkTagSplitter();
      const emitted = (delta: string): readonly CanonicalEvent[] => {
        const events: CanonicalEvent[] = [];
        splitter.push({ type: 'block-delta', index: 0, delta }, (event) => events.push(event));
        return events;
      };
      splitter.push({ type: 'block-start', index: 0, block: { type: 'text' } }, () => undefined);

      expect(emitted('<thi')).toEqual([]);
      expect(emitted('nk>one')).toEqual([
        { type: 'block-start', index: 0, block: { type: 'reasoning' } },
        { type: 'block-delta', index: 0, delta: 'one' },
      ]);
      expect(emitted(' two</th')).toEqual([{ type: 'block-delta', index: 0, delta: ' two' }]);
      expect(emitted('e')).toEqual([{ type: 'block-delta', index: 0, delta: '</the' }]);
    });

    it('waits for what follows a close tag behind a quotation mark', () => {
      expect(blocks(['<think>say "</think>', '" now</think>b'])).toEqual(['reasoning: say "</think>" now', 'text: b']);
      expect(blocks(['<think>say "yes"</think>', ' b'])).toEqual(['reasoning: say "yes"', 'text: b']);
    });

    it('strips the tags when the vendor sent reasoning of its own', () => {
      const reasoning: readonly CanonicalEvent[] = [
        { type: 'block-start', index: 0, block: { type: 'reasoning' } },
        { type: 'block-end', index: 0 },
      ];

      const lines = linesOf(split([START, ...reasoning, ...textBlock(1, '<think>a</think>b'), END]));

      expect(lines).toEqual(['reasoning: ', 'text: ab']);
    });

    it('looks at the first text only, and past empty ones', () => {
      const events = [START, ...textBlock(0), ...textBlock(1, '<think>a</think>b'), ...textBlock(2, '<think>c'), END];

      expect(linesOf(split(events))).toEqual(['text: ', 'reasoning: a', 'text: b', 'text: <think>c']);
    });

    it('takes what is undecided for text when another block begins', () => {
      const events: readonly CanonicalEvent[] = [
        START,
        { type: 'block-start', index: 0, block: { type: 'text' } },
        { type: 'block-delta', index: 0, delta: '<thi' },
        { type: 'block-start', index: 1, block: { type: 'tool-call', id: 'a', name: 'f' } },
        { type: 'block-delta', index: 0, delta: 'nk>' },
        { type: 'block-end', index: 1 },
        { type: 'block-end', index: 0 },
        END,
      ];

      expect(linesOf(split(events))).toEqual(['text: <think>', 'tool-call: ']);
    });

    it('keeps what the text block carries on the text', () => {
      const signature = { family: 'gemini', value: 's' } as const;
      const events: readonly CanonicalEvent[] = [
        START,
        { type: 'block-start', index: 0, block: { type: 'text' }, extensions: { acme: { x: 1 } } },
        { type: 'block-delta', index: 0, delta: '<think>a' },
        { type: 'block-mark', index: 0, signature },
        { type: 'block-end', index: 0, extensions: { acme: { y: 2 } } },
        END,
      ];

      expect(split(events).slice(3)).toEqual([
        { type: 'block-end', index: 0 },
        { type: 'block-start', index: 1, block: { type: 'text' }, extensions: { acme: { x: 1 } } },
        { type: 'block-mark', index: 1, signature },
        { type: 'block-end', index: 1, extensions: { acme: { y: 2 } } },
        END,
      ]);
    });

    it('lets go of what it holds before a failure', () => {
      const error = new GatewayError({ kind: 'upstream_truncated', message: 'cut' });
      const events: readonly CanonicalEvent[] = [
        START,
        { type: 'block-start', index: 0, block: { type: 'text' } },
        { type: 'block-delta', index: 0, delta: '<thi' },
        { type: 'response-error', error },
      ];

      expect(linesOf(split(events))).toEqual(['text: <thi']);
    });
  });

  describe('options', () => {
    it.each([
      ['reasoning', ['reasoning: a', 'text: b']],
      ['remove', ['text: b']],
      ['strip-tags', ['text: ab']],
    ] as const)('handles thinking by %s', (handling, expected) => {
      expect(blocks(['<think>a</th', 'ink>b'], { handling })).toEqual(expected);
    });

    it('knows only the tags it was given', () => {
      expect(blocks(['<plan>a</plan>b'], { tags: ['plan'] })).toEqual(['reasoning: a', 'text: b']);
      expect(blocks(['<think>a</think>b'], { tags: ['plan'] })).toEqual(['text: <think>a</think>b']);
    });
  });

  describe('with any text', () => {
    const parts = fc.array(
      fc.constantFrom(
        '<think>',
        '</think>',
        '<thinking>',
        '</thinking>',
        '<',
        '/',
        '>',
        'think',
        ' ',
        '\n',
        '"',
        '`',
        'é',
      ),
      { maxLength: 12 },
    );

    it('finds the same however the text is cut', () => {
      fc.assert(
        fc.property(parts, fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 40 }), (words, lengths) => {
          const text = words.join('');

          expect(joinDeltas(split([START, ...textBlock(0, ...cut(text, lengths)), END]))).toEqual(
            joinDeltas(split([START, ...textBlock(0, text), END])),
          );
        }),
        { numRuns: 1000 },
      );
    });

    it('loses nothing but tags and white space', () => {
      const visible = (text: string): string => text.replace(/<\/?think(ing)?>|\s/g, '');
      fc.assert(
        fc.property(parts, (words) => {
          const lines = blocks([words.join('')]);

          expect(visible(lines.map((line) => line.replace(/^\w+: /, '')).join(''))).toBe(visible(words.join('')));
        }),
        { numRuns: 500 },
      );
    });

    it('leaves streams without tags as they are, but for the numbers of blocks', () => {
      fc.assert(
        fc.property(eventStreams({ interleaved: false, failing: false }), (events) => {
          expect(joinDeltas(split(deepFreeze(events)))).toEqual(joinDeltas(events));
        }),
      );
    });
  });
});

describe('splitThinkTags', () => {
  const response = (content: CanonicalResponse['content']): CanonicalResponse => ({
    id: 'r',
    model: 'm',
    content,
    finishReason: { unified: 'stop' },
    usage: { input: 1, source: 'upstream' },
  });

  it('splits the first text and keeps every other block', () => {
    const opaque = { type: 'opaque', format: 'acme', value: { x: 1 } } as const;
    const call = { type: 'tool-call', id: 'a', name: 'f', argumentsJson: '{}' } as const;
    const answer = response([opaque, { type: 'text', text: '<think>a</think>b' }, call]);

    expect(splitThinkTags(answer)).toEqual(
      response([opaque, { type: 'reasoning', text: 'a' }, { type: 'text', text: 'b' }, call]),
    );
  });

  it('strips the tags after reasoning of the vendor’s own', () => {
    const reasoning = { type: 'reasoning', text: 'r' } as const;

    const split = splitThinkTags(response([reasoning, { type: 'text', text: '<think>a</think>b' }]));

    expect(split.content).toEqual([reasoning, { type: 'text', text: 'ab' }]);
  });

  it('returns an answer without text itself', () => {
    const answer = response([{ type: 'text', text: ' ' }]);

    expect(splitThinkTags(answer)).toBe(answer);
  });
});

function cut(text: string, lengths: readonly number[]): readonly string[] {
  const parts: string[] = [];
  let at = 0;
  for (const length of lengths) {
    parts.push(text.slice(at, at + length));
    at += length;
  }
  return [...parts, text.slice(at)];
}
