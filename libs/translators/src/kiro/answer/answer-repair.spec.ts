import type { CanonicalResponse, Extensions } from '@sluice/core';
import { assistant, contextOf, requestOf, result, user } from '../__fixtures__/requests.js';
import { answerRepair } from './answer-repair.js';

const CUT = { id: 't', name: 'Write', receivedChars: 9, guidance: 'Write less.' };

const answer = (kiro: Record<string, unknown> | undefined): CanonicalResponse => ({
  id: 'r',
  model: 'm',
  content: [{ type: 'text', text: 'what was cut' }],
  finishReason: { unified: 'length' },
  ...(kiro !== undefined && { extensions: { kiro } as Extensions }), // fixtures are JSON
});

const again = (kiro: Record<string, unknown>, messages = [user('hi')], dialect = {}) =>
  answerRepair.askAgain(answer(kiro), requestOf({ messages }), contextOf({ dialect }));

describe('answerRepair', () => {
  describe('flawOf', () => {
    it.each([
      ['cut-call', { cutCalls: [CUT] }],
      ['cut-call', { cutCalls: [CUT], onlyThinking: true }],
      ['only-thinking', { onlyThinking: true }],
      [undefined, {}],
      [undefined, undefined],
    ])('%s', (flaw, kiro) => {
      expect(answerRepair.flawOf(answer(kiro).extensions)).toBe(flaw);
    });
  });

  describe('askAgain', () => {
    it('puts what went wrong behind the user’s words, and nothing of the answer', () => {
      expect(again({ cutCalls: [CUT] })).toEqual(requestOf({ messages: [user('hi', 'Write less.')] }));
    });

    it('puts it behind the results of tools', () => {
      const messages = [user('a'), assistant('b'), user(result('t'))];

      expect(again({ cutCalls: [CUT] }, messages)?.messages.at(-1)).toEqual(user(result('t'), 'Write less.'));
    });

    it('is a turn of its own behind an answer that the client began', () => {
      expect(again({ cutCalls: [CUT] }, [user('a'), assistant('b')])?.messages.slice(1)).toEqual([
        assistant('b'),
        user('Write less.'),
      ]);
    });

    it('says of each tool the last word', () => {
      const cutCalls = [
        CUT,
        { ...CUT, guidance: 'Write even less.' },
        { ...CUT, name: 'Edit', guidance: 'Edit less.' },
      ];

      expect(again({ cutCalls })?.messages).toEqual([user('hi', 'Write even less.', 'Edit less.')]);
    });

    it('asks for an answer where there was only thinking', () => {
      expect(again({ onlyThinking: true })?.messages.at(-1)?.content.at(-1)).toMatchObject({
        text: expect.stringContaining('Answer now, in words or with a tool call.') as string,
      });
    });

    it.each([{ truncationRecovery: false }, { truncationRetry: false }])('asks nothing with %j', (dialect) => {
      expect(again({ cutCalls: [CUT] }, [user('hi')], dialect)).toBeUndefined();
    });

    it('asks nothing where nothing went wrong', () => {
      expect(again({})).toBeUndefined();
    });
  });
});
