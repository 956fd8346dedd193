import fc from 'fast-check';
import { isJsonObject, type ContentBlock, type JsonObject, type JsonValue, type Message } from '@sluice/core';
import { messagesOf } from '../__fixtures__/encode.js';
import { functionTool } from '../__fixtures__/requests.js';

const ids = fc.constantFrom('a', 'b', 'c:1', '');
const blocks = fc.oneof(
  fc.constantFrom('x', '', ' y ').map((text): ContentBlock => ({ type: 'text', text, cache: {} })),
  fc.constant<ContentBlock>({ type: 'document', source: { kind: 'base64', value: 'JVBERg==' } }),
  ids.map((id): ContentBlock => ({ type: 'tool-call', id, name: 'f', argumentsJson: '{}' })),
  ids.map((callId): ContentBlock => ({ type: 'tool-result', callId, content: [{ type: 'text', text: 'r' }] })),
);
const histories = fc.array(
  fc.record<Message>({
    role: fc.constantFrom<Message['role'][]>('user', 'assistant', 'system'),
    content: fc.array(blocks, { maxLength: 4 }),
  }),
  { maxLength: 8 },
);

interface Turn {
  readonly role: JsonValue | undefined;
  readonly content: readonly JsonObject[];
}

const turnsOf = (history: readonly Message[]): readonly Turn[] =>
  messagesOf({ messages: history, tools: [functionTool('f')] }) as unknown as readonly Turn[]; // an array of turns

/** The ids in the blocks of one kind, turn by turn. */
const idsOf = (turns: readonly Turn[], kind: 'toolUse' | 'toolResult'): readonly (readonly string[])[] =>
  turns.map(({ content }) =>
    content.flatMap(({ [kind]: block }) => (isJsonObject(block) ? [String(block['toolUseId'])] : [])),
  );

describe('Conversation', () => {
  it('makes of any history one that Bedrock takes', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const turns = turnsOf(history);

        const calls = idsOf(turns, 'toolUse');
        const results = idsOf(turns, 'toolResult');
        const has = (kind: string, { content }: Turn): boolean => content.some((block) => kind in block);
        expect(turns.map(({ role }) => role)).toEqual(turns.map((_, at) => (at % 2 === 0 ? 'user' : 'assistant')));
        expect(turns.every(({ content }) => content.length > 0 && !('cachePoint' in (content[0] ?? {})))).toBe(true);
        expect(results.slice(1).map((row) => [...row].sort())).toEqual(
          calls.slice(0, -1).map((row) => [...row].sort()),
        );
        expect(calls.at(-1)).toEqual([]);
        expect(new Set(calls.flat()).size).toBe(calls.flat().length);
        expect(calls.flat().every((id) => /^[a-zA-Z0-9_-]{1,64}$/.test(id))).toBe(true);
        expect(turns.every((turn) => !has('document', turn) || has('text', turn))).toBe(true);
        expect(JSON.stringify(turns)).not.toMatch(/"text":"\s*"/);
      }),
      { numRuns: 300 },
    );
  });
});
