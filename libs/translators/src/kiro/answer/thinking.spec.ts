import type { CanonicalRequest } from '@sluice/core';
import fc from 'fast-check';
import { bytesOf, ENDING, frame, reasoning, text, tool } from '../__fixtures__/frames.js';
import { contextOf, requestOf } from '../__fixtures__/requests.js';
import { decodePieces, tell } from '../__fixtures__/tell-events.js';

const THINKING = requestOf({ reasoning: { mode: 'on' } });

/** What a reader is told of text that came in these pieces. */
function told(pieces: readonly string[], request: CanonicalRequest = THINKING): string[] {
  return tell(decodePieces([bytesOf([...pieces.map(text), ...ENDING])], { request }));
}

describe('thinking in tags', () => {
  it('63: in many pieces', () => {
    const pieces = ['\n', '\n', '<thin', 'king>', '\n', 'hello', '</thi', 'nking>', '\n', '\n', 'world'];

    expect(told(pieces)).toEqual(['reasoning: hello', 'text: world', 'end: stop']);
  });

  it('64: closed before a call', () => {
    const call = tool({ name: 'f', toolUseId: 't', input: '{}', stop: true });

    const events = decodePieces([bytesOf([text('<thinking>abc</thinking>'), call])], { request: THINKING });

    expect(tell(events)).toEqual(['reasoning: abc', 'call t f: {}', 'end: tool-calls']);
  });

  it('65: one line break behind the start, two behind the end', () => {
    expect(told(['<thinking>\nabc</thinking>\n\n你好'])).toEqual(['reasoning: abc', 'text: 你好', 'end: stop']);
  });

  it('66: never closed', () => {
    expect(told(['<thinking>abc'])).toEqual(['reasoning: abc', 'text:  ', 'end: length']);
  });

  it.each([undefined, { mode: 'off' }] as const)('67: not asked for (%j)', (options) => {
    const request = options === undefined ? requestOf() : requestOf({ reasoning: options });

    expect(told(['<thinking>abc</thinking>\n\nx'], request)).toEqual([
      'text: <thinking>abc</thinking>\n\nx',
      'end: stop',
    ]);
  });

  it('68: of the vendor’s own kind, with its proof', () => {
    const frames = [reasoning({ text: 'abc' }), reasoning({ signature: 's' }), text('x'), ...ENDING];

    expect(tell(decodePieces([bytesOf(frames)], { request: THINKING }))).toEqual([
      'reasoning: abc [anthropic signature s]',
      'text: x',
      'end: stop',
    ]);
  });

  it('is found where only the model’s name asked for it', () => {
    const context = contextOf({ requestedModel: 'claude-sonnet-4-5-thinking' });

    const events = decodePieces([bytesOf([text('<thinking>abc</thinking>\n\nx'), ...ENDING])], { context });

    expect(tell(events)).toEqual(['reasoning: abc', 'text: x', 'end: stop']);
  });

  it.each([
    ['claude-sonnet-4.5', { mode: 'off' }],
    ['claude-sonnet-4.5', { mode: 'native' }],
  ])('is left in the text where nobody taught the tags (%s, %j)', (upstreamModel, reasoning) => {
    const context = contextOf({ upstreamModel, dialect: { reasoning } });
    const bytes = bytesOf([text('<thinking>abc</thinking>\n\nx'), ...ENDING]);

    const [line] = tell(decodePieces([bytes], { request: requestOf(), context }));

    expect(line).toBe('text: <thinking>abc</thinking>\n\nx');
  });

  it('of models that think in other tags is found at the beginning', () => {
    const context = contextOf({ upstreamModel: 'deepseek-3.2' });
    const bytes = bytesOf([text('<th'), text('ink>abc</thi'), text('nk>\n\nx <think>y'), ...ENDING]);

    expect(tell(decodePieces([bytes], { request: THINKING, context }))).toEqual([
      'reasoning: abc',
      'text: x <think>y',
      'end: stop',
    ]);
  });

  it('is not shown twice when the vendor sends both kinds', () => {
    const frames = [reasoning({ text: 'abc' }), text('<thinking>d</thinking>\n\nx'), ...ENDING];

    expect(tell(decodePieces([bytesOf(frames)], { request: THINKING }))).toEqual([
      'reasoning: abc',
      'text: dx',
      'end: stop',
    ]);
  });

  it.each([
    [
      'a second region',
      ['<thinking>a</thinking>\n\nb<thinking>c</thinking>\n\nd'],
      ['reasoning: a', 'text: b', 'reasoning: c', 'text: d'],
    ],
    ['a single line break behind the end', ['<thinking>a</thinking>\nb'], ['reasoning: a', 'text: b']],
    ['a full stop before the end', ['<thinking>a.</thinking>\n\nb'], ['reasoning: a.', 'text: b']],
    ['a mention only', ['use `<thinking>` here'], ['text: use `<thinking>` here']],
    ['a tag that never is one', ['a <thin air'], ['text: a <thin air']],
    ['an indented answer', ['<thinking>a</thinking>\n\n    code'], ['reasoning: a', 'text:     code']],
    ['white space only behind the end', ['<thinking>a</thinking>\n\n', '\n', 'b'], ['reasoning: a', 'text: \nb']],
    ['leading white space', ['\n\n', 'a'], ['text: \n\na']],
  ])('tells %s', (_name, pieces, lines) => {
    expect(told(pieces)).toEqual([...lines, 'end: stop']);
  });

  it('loses and doubles nothing, however the text is cut', () => {
    const words = fc.constantFrom(
      '<thinking>',
      '</thinking>',
      '\n',
      '\n\n',
      ' ',
      '`',
      '.',
      'a',
      'bc',
      '</thin',
      '<thinking',
      '🙂',
      'x'.repeat(70),
    );
    const sentence = fc.array(words, { maxLength: 12 }).map((parts) => parts.join(''));

    fc.assert(
      fc.property(sentence, fc.array(fc.nat(200), { maxLength: 20 }), (whole, cuts) => {
        const positions = [...new Set(cuts.filter((cut) => cut < whole.length))].sort((a, b) => a - b);
        const pieces = [0, ...positions].map((start, index) => whole.slice(start, positions[index]));

        // a lone half of a pair does not survive UTF-8, so pieces travel as JSON escapes
        const frames = pieces.map((piece) => frame('assistantResponseEvent', { content: piece }));

        expect(tell(decodePieces([bytesOf([...frames, ...ENDING])], { request: THINKING }))).toEqual(told([whole]));
      }),
    );
  });
});
