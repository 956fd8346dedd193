import type { CanonicalRequest, Message } from '@sluice/core';
import { encode } from '../__fixtures__/encode.js';
import { assistant, call, functionTool, result, user } from '../__fixtures__/requests.js';

/** What our answers say where a call was cut, word for word: histories of old conversations hold it. */
const CUT =
  '[The vendor cut off a call of the tool "Write" before its arguments were complete, so it was not made. Split the work into several smaller calls.]';
const NOTE = /^\[Note from the gateway: the call of the tool "Write" was too long\..* at most 300 lines each\.\]$/;

const TOOLS: CanonicalRequest['tools'] = [
  functionTool('Write', {
    type: 'object',
    properties: { file_path: {}, content: {} },
    required: ['file_path', 'content'],
  }),
];

const talk = (messages: readonly Message[], dialect = {}) =>
  encode({ messages, tools: TOOLS }, { dialect: { splitWrites: false, ...dialect } });

describe('a call that was cut in an earlier turn', () => {
  it('is told to the model behind the user’s words', () => {
    const { current, warnings } = talk([user('a'), assistant(CUT), user('go on')]);
    const [words, note] = current.content.split('\n');

    expect(words).toBe('go on');
    expect(note).toMatch(NOTE);
    expect(warnings).toMatchObject([{ path: '/messages/2', effect: 'changed' }]);
  });

  it('is told where the user says nothing', () => {
    const { current, history } = talk([user('a'), assistant(CUT)]);

    expect(current.content).toMatch(NOTE);
    expect(history).toHaveLength(2);
  });

  it.each([
    ['stop in the middle', '{"file_path":"a","content":"x'],
    ['lack what the tool needs', '{"file_path":"a"}'],
  ])('is told at its result where its arguments %s', (_name, argumentsJson) => {
    const messages = [user('a'), assistant(call('t', 'Write', argumentsJson)), user(result('t', 'failed'), 'and?')];

    const { current } = talk(messages);

    expect(current.userInputMessageContext?.toolResults).toEqual([
      { toolUseId: 't', status: 'error', content: [{ text: expect.stringMatching(/^\[Note .*\]\nfailed$/) }] },
    ]);
    expect(current.content).toBe('and?');
  });

  it('is not told where the account does not want it', () => {
    const { current, warnings } = talk([user('a'), assistant(CUT), user('go on')], { truncationRecovery: false });

    expect(current.content).toBe('go on');
    expect(warnings).toEqual([]);
  });

  it('gets a smaller advice every time', () => {
    const { current, history } = talk([user('a'), assistant(CUT), user('b'), assistant(CUT), user('c')]);

    expect(JSON.stringify(history)).toContain('at most 300 lines');
    expect(current.content).toContain('at most 200 lines');
  });

  it('leaves the beginning of the conversation as it was', () => {
    const earlier = talk([user('a'), assistant(CUT), user('b')]);
    const later = talk([user('a'), assistant(CUT), user('b'), assistant('c'), user('d')]);

    expect(later.history[2]).toMatchObject({ userInputMessage: { content: earlier.current.content } });
  });

  it.each([
    ['whole calls', [user('a'), assistant(call('t', 'Write', '{"file_path":"a","content":""}')), user(result('t'))]],
    ['users who quote it', [user(CUT), assistant('b'), user('c')]],
  ])('is not seen in %s', (_name, messages) => {
    expect(JSON.stringify(talk(messages).body)).not.toContain('Note from the gateway');
  });
});

describe('an answer that was cut in an earlier turn', () => {
  const CUT_ANSWER = 'One, two\n\n[The vendor cut off the answer here.]';
  const GO_ON = /^\[Note from the gateway: the last answer was cut off .* Go on where it stopped/;

  it('is told to the model behind the user’s words', () => {
    const { current } = talk([user('a'), assistant(CUT_ANSWER), user('go on')]);

    expect(current.content.split('\n')).toEqual(['go on', expect.stringMatching(GO_ON)]);
  });

  it('is told where the user says nothing', () => {
    expect(talk([user('a'), assistant(`${CUT_ANSWER}\n`)]).current.content).toMatch(GO_ON);
  });

  it('is not seen where the answer goes on', () => {
    const { current } = talk([user('a'), assistant(`${CUT_ANSWER} is what it said.`), user('b')]);

    expect(current.content).toBe('b');
  });
});
