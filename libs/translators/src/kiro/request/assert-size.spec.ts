import type { Message } from '@sluice/core';
import { encode } from '../__fixtures__/encode.js';
import { assistant, call, result, user } from '../__fixtures__/requests.js';

const unlimited = { dialect: { maxRequestBodyBytes: 0 } };

/** Turns of both sides that say one letter each. */
const chat = (turns: number): Message[] =>
  Array.from({ length: turns }, (_, index) => (index % 2 === 0 ? user('a') : assistant('b')));

const answered = (text: string) => [user('a'), assistant(call('t')), user(result('t', text))];

describe('the service’s own limits', () => {
  it.each([
    ['one message', [user('é'.repeat(300_001))], /600002 bytes in one message; the service allows 600000/],
    ['one tool result', answered('x'.repeat(800_001)), /800001 bytes in one tool result; the service allows 800000/],
    ['the history', [...chat(10_002), user('c')], /10002 turns of history; the service allows 10000/],
  ])('hold for %s without a limit of the account', (_name, messages, detail) => {
    expect(() => encode({ messages }, unlimited)).toThrow(
      expect.objectContaining({
        kind: 'upstream_context_length',
        message: expect.stringMatching(/^Input is too long for model context window\./),
      }),
    );
    expect(() => encode({ messages }, unlimited)).toThrow(detail);
  });

  it.each([
    ['one message', [user('x'.repeat(600_000))]],
    ['one tool result', answered('x'.repeat(800_000))],
    ['the history', [...chat(10_000), user('c')]],
  ])('may be used up by %s', (_name, messages) => {
    expect(() => encode({ messages }, unlimited)).not.toThrow();
  });
});
