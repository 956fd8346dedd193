import { assertWellFormed, type BinaryFrame } from '@sluice/core';
import { BYTE_CUTS } from '@sluice/testing';
import { bytesOf, contextUsage, ENDING, exception, reasoning, text, tool } from '../__fixtures__/frames.js';
import { contextOf, requestOf } from '../__fixtures__/requests.js';
import { decodePieces, tell, usageIn } from '../__fixtures__/tell-events.js';

const THINKING = requestOf({ reasoning: { mode: 'on' } });
const call = tool({ name: 'f', toolUseId: 't', input: '{}', stop: true });

const TAGGED = [text('<thinking>ab'), text('c</thinking>\n\nx'), text('y'), ...ENDING];
const NATIVE = [reasoning({ text: 'ab' }), reasoning({ text: 'c', signature: 's' }), text('x'), text('y'), ...ENDING];
const TWICE = [...TAGGED.slice(0, 3), call, reasoning({ text: 'd' }), text('z'), ...ENDING];

function decode(frames: readonly BinaryFrame[], settings: object, request = THINKING) {
  const events = decodePieces([bytesOf(frames)], { request, context: contextOf({ dialect: { ...settings } }) });
  expect(() => assertWellFormed(events)).not.toThrow();
  return events;
}

const told = (...parameters: Parameters<typeof decode>) => tell(decode(...parameters));
const handled = (handling: string) => ({ reasoning: { handling } });

describe('thinking, as the account wants it shown', () => {
  it.each([
    ['as_reasoning_content', TAGGED, ['reasoning: abc', 'text: xy', 'end: stop']],
    ['as_reasoning_content', NATIVE, ['reasoning: abc [anthropic signature s]', 'text: xy', 'end: stop']],
    ['remove', TAGGED, ['text: xy', 'end: stop']],
    ['remove', NATIVE, ['text: xy', 'end: stop']],
    ['remove', TWICE, ['text: xy', 'call t f: {}', 'text: z', 'end: tool-calls']],
    ['pass', TAGGED, ['text: <thinking>abc</thinking>\n\nxy', 'end: stop']],
    ['pass', NATIVE, ['text: <thinking>abc</thinking>\n\nxy', 'end: stop']],
    [
      'pass',
      TWICE,
      ['text: <thinking>abc</thinking>\n\nxy', 'call t f: {}', 'text: <thinking>d</thinking>\n\nz', 'end: tool-calls'],
    ],
    ['strip_tags', TAGGED, ['text: abc\n\nxy', 'end: stop']],
    ['strip_tags', NATIVE, ['text: abc\n\nxy', 'end: stop']],
  ])('%s', (handling, frames, lines) => {
    expect(told(frames, handled(handling))).toEqual(lines);
  });

  it.each([
    ['thinking', ['reasoning: abc', 'text: xy', 'end: stop']],
    ['reasoning_content', ['reasoning: abc', 'text: xy', 'end: stop']],
    ['think', ['text: <think>abc</think>\n\nxy', 'end: stop']],
  ])('in the format %s', (thinkingFormat, lines) => {
    expect(told(TAGGED, { thinkingFormat })).toEqual(lines);
  });

  it.each([
    ['thinking', '-thinking', 'claude-sonnet-4-5-thinking', ['reasoning: abc', 'text: xy']],
    ['think', '-thinking', 'claude-sonnet-4-5-thinking', ['text: <think>abc</think>\n\nxy']],
    ['reasoning_content', '-thinking', 'claude-sonnet-4-5-thinking', ['reasoning: abc', 'text: xy']],
    ['thinking', '-reason', 'claude-sonnet-4-5-reason', ['reasoning: abc', 'text: xy']],
    ['think', '-reason', 'claude-sonnet-4-5-reason', ['text: <think>abc</think>\n\nxy']],
    ['reasoning_content', '-reason', 'claude-sonnet-4-5-reason', ['reasoning: abc', 'text: xy']],
    ['think', '-reason', 'claude-sonnet-4-5-thinking', ['text: <thinking>abc</thinking>\n\nxy']],
    ['thinking', '', 'claude-sonnet-4-5-thinking', ['text: <thinking>abc</thinking>\n\nxy']],
  ])('in the format %s by the suffix %j of %s', (thinkingFormat, thinkingSuffix, requestedModel, lines) => {
    const context = contextOf({ requestedModel, dialect: { thinkingFormat, thinkingSuffix } });

    expect(tell(decodePieces([bytesOf(TAGGED)], { context }))).toEqual([...lines, 'end: stop']);
  });

  it.each([
    ['openai-chat', 'thinking', ['text: <thinking>abc</thinking>\n\nxy', 'end: stop']],
    ['openai-chat', 'think', ['text: <think>abc</think>\n\nxy', 'end: stop']],
    ['openai-chat', 'reasoning_content', ['reasoning: abc', 'text: xy', 'end: stop']],
    ['openai-chat', undefined, ['reasoning: abc', 'text: xy', 'end: stop']],
    ['anthropic-messages', 'thinking', ['reasoning: abc', 'text: xy', 'end: stop']],
    ['anthropic-messages', undefined, ['reasoning: abc', 'text: xy', 'end: stop']],
  ])('to a client of %s in the format %s', (clientFormat, thinkingFormat, lines) => {
    const context = contextOf({ clientFormat, dialect: { thinkingFormat } });

    expect(tell(decodePieces([bytesOf(TAGGED)], { request: THINKING, context }))).toEqual(lines);
  });

  it('reads the suffix of the name that the route gave', () => {
    const context = contextOf({ requestedModel: 'fast', routedModel: 'claude-sonnet-4-5-thinking' });

    expect(tell(decodePieces([bytesOf(TAGGED)], { context }))).toEqual(['reasoning: abc', 'text: xy', 'end: stop']);
  });

  it('prefers the handling to the format', () => {
    expect(told(TAGGED, { ...handled('remove'), thinkingFormat: 'think' })).toEqual(['text: xy', 'end: stop']);
  });

  it('keeps what is not thinking in one piece', () => {
    const starts = decode(TAGGED, handled('pass')).filter(({ type }) => type === 'block-start');

    expect(starts).toEqual([{ type: 'block-start', index: 0, block: { type: 'text' } }]);
  });

  it('opens no tag for thinking without words', () => {
    expect(told([reasoning({ redactedContent: 'c2VjcmV0' }), text('x'), ...ENDING], handled('pass'))).toEqual([
      'text: x',
      'end: stop',
    ]);
  });

  it('answers with text where there is only thinking', () => {
    const frames = [reasoning({ text: 'abc' }), ...ENDING];

    expect(told(frames, handled('remove'))).toEqual(['text:  ', 'end: length']);
    expect(told(frames, handled('strip_tags'))).toEqual(['text: abc\n\n ', 'end: length']);
  });

  it('is paid for where it is not shown', () => {
    expect(
      usageIn(decode([reasoning({ text: 'a'.repeat(40) }), text('x'), contextUsage(50)], handled('remove'))),
    ).toEqual(expect.objectContaining({ input: 99_989, output: 11 }));
  });

  it('ends well-formed in a failure', () => {
    const frames = [...TAGGED.slice(0, 1), exception('ThrottlingException', { message: 'no' })];

    expect(told(frames, handled('pass'))).toEqual(['text: <thinking>ab', 'error: upstream_rate_limited 429']);
  });

  it('is not shown in text to clients that do not want to see it', () => {
    const request = requestOf({ reasoning: { mode: 'on', show: 'none' } });

    expect(told(TAGGED, {}, request)).toEqual(['text: xy', 'end: stop']);
  });

  it('ends at a stop sequence like any text', () => {
    const request = requestOf({ reasoning: { mode: 'on' }, sampling: { stop: ['y'] } });

    expect(told(TAGGED, handled('pass'), request)).toEqual(['text: <thinking>abc</thinking>\n\nx', 'end: stop']);
  });

  it.each(BYTE_CUTS)('is the same however the bytes are cut (%s)', (_name, cut) => {
    for (const [handling, first] of [
      ['remove', 'text: xy'],
      ['pass', 'text: <thinking>abc</thinking>\n\nxy'],
    ] as const) {
      const context = contextOf({ dialect: handled(handling) });

      expect(tell(decodePieces(cut(bytesOf(TAGGED)), { request: THINKING, context }))).toEqual([first, 'end: stop']);
    }
  });
});
