import fc from 'fast-check';
import type { CanonicalRequest, ContentBlock, Message } from '@sluice/core';
import { encodeMessages } from './encode-messages.js';
import { RequestScope } from './request-scope.js';

const ids = fc.constantFrom('a', 'b', 'c:1', '');
const blocks = fc.oneof(
  fc.constantFrom('x', '', ' y ').map((text): ContentBlock => ({ type: 'text', text })),
  ids.map((id): ContentBlock => ({ type: 'tool-call', id, name: 'f', argumentsJson: '{}' })),
  ids.map((callId): ContentBlock => ({ type: 'tool-result', callId, content: [{ type: 'text', text: 'r' }] })),
);
const messages = fc.array(
  fc.record<Message>({
    role: fc.constantFrom<Message['role'][]>('user', 'assistant', 'system'),
    content: fc.array(blocks, { maxLength: 4 }),
  }),
  { maxLength: 8 },
);

function turnsOf(history: readonly Message[]) {
  const request: CanonicalRequest = { model: 'm', stream: false, messages: history, tools: [], sampling: {} };
  return encodeMessages(history, new RequestScope(request)).turns;
}

describe('Conversation', () => {
  it('makes of any history one that Anthropic takes', () => {
    fc.assert(
      fc.property(messages, (history) => {
        const turns = turnsOf(history);

        const calls = turns.map(({ content }) => content.filter(({ type }) => type === 'tool_use').map(({ id }) => id));
        const results = turns.map(({ content }) =>
          content.filter(({ type }) => type === 'tool_result').map(({ tool_use_id: id }) => id),
        );
        expect(turns.map(({ role }) => role)).toEqual(turns.map((_, at) => (at % 2 === 0 ? 'user' : 'assistant')));
        expect(turns.every(({ content }) => content.length > 0)).toBe(true);
        expect(results.slice(1).map((row) => [...row].sort())).toEqual(
          calls.slice(0, -1).map((row) => [...row].sort()),
        );
        expect(calls.at(-1)).toEqual([]);
        expect(new Set(calls.flat()).size).toBe(calls.flat().length);
        expect(turns.map(({ content }, at) => content.slice(0, results[at]?.length).map(({ type }) => type))).toEqual(
          results.map((row) => row.map(() => 'tool_result')),
        );
        expect(calls.flat().every((id) => /^[a-zA-Z0-9_-]+$/.test(String(id)))).toBe(true);
      }),
    );
  });
});
