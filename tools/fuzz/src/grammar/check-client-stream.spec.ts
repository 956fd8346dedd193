import type { SseFrame } from '@sluice/core';
import { checkClientStream } from './check-client-stream.js';

const named = (type: string, members: object = {}): SseFrame => ({
  kind: 'sse',
  event: type,
  data: JSON.stringify({ type, ...members }),
});
const data = (value: unknown): SseFrame => ({
  kind: 'sse',
  data: typeof value === 'string' ? value : JSON.stringify(value),
});

describe('anthropic-messages', () => {
  const start = named('message_start', { message: {} });
  const block = (index: number, type = 'text'): SseFrame =>
    named('content_block_start', { index, content_block: { type } });
  const delta = (index: number, type = 'text_delta'): SseFrame =>
    named('content_block_delta', { index, delta: { type } });
  const stop = (index: number): SseFrame => named('content_block_stop', { index });
  const told = named('message_delta', { delta: {} });
  const end = named('message_stop');

  it.each([
    [
      'an answer',
      [start, block(0), delta(0), named('ping'), stop(0), block(1, 'thinking'), stop(1), told, end],
      'answer',
    ],
    ['a failure in a block', [start, block(0), named('error', { error: {} })], 'error'],
  ] as const)('allows %s', (_name, frames, ending) => {
    expect(() => checkClientStream('anthropic-messages', frames, ending)).not.toThrow();
  });

  it.each([
    ['a block inside a block', [start, block(0), block(1), stop(1), stop(0), told, end], 'a block inside a block'],
    ['a number left out', [start, block(1), stop(1), told, end], 'not numbered'],
    ['a delta of another kind', [start, block(0), delta(0, 'thinking_delta'), stop(0), told, end], 'cannot take'],
    ['an end in a block', [start, block(0), told, end], 'while a block is open'],
    ['an event behind the end', [start, told, end, named('ping')], 'behind the end'],
    ['no end', [start, told], 'ends otherwise'],
    ['another name', [{ ...start, event: 'x' }], 'not its type'],
  ])('refuses %s', (_name, frames, message) => {
    expect(() => checkClientStream('anthropic-messages', frames, 'answer')).toThrow(message);
  });
});

describe('openai-chat', () => {
  const chunk = (choice: object | undefined, members: object = {}): SseFrame =>
    data({
      id: 'c',
      object: 'chat.completion.chunk',
      created: 1,
      model: 'm',
      choices: choice === undefined ? [] : [{ index: 0, delta: {}, finish_reason: null, ...choice }],
      ...members,
    });
  const text = chunk({ delta: { content: 'a' } });
  const call = (index: number, members: object = { id: 'a', function: { name: 'f' } }): SseFrame =>
    chunk({ delta: { tool_calls: [{ index, ...members }] } });
  const finish = chunk({ finish_reason: 'stop' });
  const done = data('[DONE]');

  it.each([
    ['an answer', [text, call(0), call(0, {}), call(1), finish, chunk(undefined, { usage: {} }), done], 'answer'],
    ['a failure', [text, data({ error: {} }), done], 'error'],
  ] as const)('allows %s', (_name, frames, ending) => {
    expect(() => checkClientStream('openai-chat', frames, ending)).not.toThrow();
  });

  it.each([
    ['no [DONE]', [text, finish], 'no [DONE]'],
    ['something behind [DONE]', [finish, done, text], 'behind [DONE]'],
    ['content behind the finish', [finish, text, done], 'content behind the finish'],
    ['two finishes', [finish, finish, done], 'a second finish'],
    ['no finish', [text, done], 'without a finish'],
    ['a call without a name', [call(0, { id: 'a' }), finish, done], 'without id or name'],
    ['a call out of turn', [call(1), finish, done], 'not numbered'],
    ['two ids', [text, chunk({}, { id: 'd' }), finish, done], 'two ids'],
    ['a failure', [data({ error: {} }), done], 'ends otherwise'],
  ])('refuses %s', (_name, frames, message) => {
    expect(() => checkClientStream('openai-chat', frames, 'answer')).toThrow(message);
  });
});

describe('openai-responses', () => {
  const events = (...all: readonly (readonly [type: string, members?: object])[]): readonly SseFrame[] =>
    all.map(([type, members], position) => named(type, { sequence_number: position, ...members }));
  const added = ['response.output_item.added', { output_index: 0 }] as const;
  const done = ['response.output_item.done', { output_index: 0 }] as const;
  const delta = ['response.output_text.delta', { output_index: 0 }] as const;
  const completed = ['response.completed', { response: {} }] as const;
  const failed = ['response.failed', { response: {} }] as const;

  it.each([
    ['an answer', events(['response.created'], added, delta, done, completed), 'answer'],
    ['a failure in an item', events(['response.created'], added, ['error', { error: {} }], failed), 'error'],
  ] as const)('allows %s', (_name, frames, ending) => {
    expect(() => checkClientStream('openai-responses', frames, ending)).not.toThrow();
  });

  it.each([
    ['a growing item that has ended', events(['response.created'], added, done, delta, completed), 'not open'],
    ['an end in an item', events(['response.created'], added, completed), 'while an item is open'],
    ['a number left out', events(['response.created'], ['response.x', { sequence_number: 2 }]), 'not numbered'],
    ['no beginning', events(added, done, completed), 'no created at first'],
    ['no end', events(['response.created']), 'ends otherwise'],
    ['something behind the end', events(['response.created'], completed, ['response.x']), 'behind the end'],
  ])('refuses %s', (_name, frames, message) => {
    expect(() => checkClientStream('openai-responses', frames, 'answer')).toThrow(message);
  });
});

describe('gemini', () => {
  const text = data({ candidates: [{ content: { parts: [{ text: 'a' }] } }] });
  const finish = data({ candidates: [{ finishReason: 'STOP' }] });

  it.each([
    ['an answer', [text, finish, data({ usageMetadata: {} })], 'answer'],
    ['a blocked prompt', [data({ promptFeedback: { blockReason: 'SAFETY' } })], 'answer'],
    ['a failure', [text, data({ error: {} })], 'error'],
  ] as const)('allows %s', (_name, frames, ending) => {
    expect(() => checkClientStream('gemini', frames, ending)).not.toThrow();
  });

  it.each([
    ['content behind the finish', [finish, text], 'content behind the finish'],
    ['no finish', [text], 'without a finish'],
    ['something behind the error', [data({ error: {} }), text], 'behind the error'],
  ])('refuses %s', (_name, frames, message) => {
    expect(() => checkClientStream('gemini', frames, 'answer')).toThrow(message);
  });
});

describe('any other format', () => {
  it('is asked for JSON only', () => {
    expect(() => checkClientStream('acme', [data('{}')], 'answer')).not.toThrow();
    expect(() => checkClientStream('acme', [data('x')], 'answer')).toThrow('no JSON');
  });
});
