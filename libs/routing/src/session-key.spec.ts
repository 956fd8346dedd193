import type { JsonObject, WireHeaders } from '@sluice/core';
import { MAX_PLAIN_ID_CHARS, sessionKey } from './session-key.js';

const key = (body: JsonObject | undefined, headers: WireHeaders = {}, principalId = 'p'): string | undefined =>
  sessionKey({ headers, principalId, read: () => body });

const chat = (...messages: JsonObject[]): JsonObject => ({ messages });
const QUESTION = { role: 'user', content: 'What is a sluice?' };
const ANSWER = { role: 'assistant', content: 'A gate for water.' };

describe('sessionKey', () => {
  const USER = 'user_9f_account_2b_session_6c3a-41';
  it.each<[what: string, headers: WireHeaders, body: JsonObject, id: string]>([
    ['Claude Code’s header', { 'x-claude-code-session-id': 'h' }, { metadata: { user_id: USER } }, 'h'],
    ['the session part of a user id', { 'x-session-id': 'h' }, { metadata: { user_id: USER } }, '6c3a-41'],
    ['the same as JSON', {}, { metadata: { user_id: '{"device_id":"d","session_id":"6c3a"}' } }, '6c3a'],
    ['session-id', { 'session-id': 'h', 'x-session-id': 'other' }, { prompt_cache_key: 'k' }, 'h'],
    ['session_id', { session_id: 'h' }, {}, 'h'],
    ['x-session-id', { 'x-session-id': 'h' }, { prompt_cache_key: 'k' }, 'h'],
    ['x-session-affinity', { 'x-session-affinity': 'h' }, {}, 'h'],
    ['session_id of the body', {}, { session_id: 's', prompt_cache_key: 'k' }, 's'],
    ['the prompt cache’s key', { 'x-client-request-id': 'r' }, { prompt_cache_key: 'k', conversation: 'c' }, 'k'],
    ['a conversation', {}, { conversation: 'c' }, 'c'],
    ['a conversation’s id', {}, { conversation: { id: 'c' } }, 'c'],
    ['conversation_id', {}, { conversation_id: 'c', previous_response_id: 'resp' }, 'c'],
    ['the response before', {}, { previous_response_id: 'resp', metadata: { user_id: 'u' } }, 'resp'],
    ['a user id without a session', { 'x-client-request-id': 'r' }, { metadata: { user_id: 'u' } }, 'u'],
    ['a request id that clients keep', { 'x-client-request-id': 'r' }, chat(QUESTION), 'r'],
  ])('goes by %s', (_what, headers, body, id) => {
    expect(key(body, headers)).toBe(`p ${id}`);
  });

  it('passes over what is empty or no text', () => {
    expect(key({ session_id: '', prompt_cache_key: 7, conversation_id: 'c' }, { 'x-session-id': '' })).toBe('p c');
  });

  it('is short, however long the id', () => {
    const long = key({ session_id: 'x'.repeat(10_000) });

    expect(long?.length).toBeLessThan(MAX_PLAIN_ID_CHARS);
    expect(long).not.toBe(key({ session_id: 'x'.repeat(10_001) }));
  });

  it('keeps two principals’ conversations apart', () => {
    expect(key({ session_id: 's' }, {}, 'alice')).not.toBe(key({ session_id: 's' }, {}, 'bob'));
  });

  describe('without an id', () => {
    const system = { role: 'system', content: 'Be brief.' };
    const parts = (text: string): JsonObject => ({ role: 'user', content: [{ type: 'text', text }] });
    const marked: JsonObject = {
      role: 'user',
      content: [{ type: 'text', text: 'Hello', cache_control: { type: 'ephemeral' } }],
    };

    it.each<[what: string, first: JsonObject, later: JsonObject]>([
      ['chat', chat(system, QUESTION), chat(system, QUESTION, ANSWER, { role: 'user', content: 'And a weir?' })],
      ['a message whose cache mark has moved on', chat(marked), chat(parts('Hello'), ANSWER, marked)],
      [
        'Anthropic’s system text',
        { system: [{ type: 'text', text: 'Be brief.' }], messages: [QUESTION] },
        { system: 'Be brief.', messages: [QUESTION, ANSWER, QUESTION] },
      ],
      [
        'Responses, with text as input at first',
        { instructions: 'Be brief.', input: 'Hello' },
        { instructions: 'Be brief.', input: [parts('Hello'), ANSWER, QUESTION] },
      ],
      [
        'Gemini',
        {
          systemInstruction: { parts: [{ text: 'Be brief.' }] },
          contents: [{ role: 'user', parts: [{ text: 'Hello' }] }],
        },
        {
          systemInstruction: { parts: [{ text: 'Be brief.' }] },
          contents: [{ parts: [{ text: 'Hello' }] }, { role: 'model', parts: [{ text: 'Yes?' }] }],
        },
      ],
    ])('stays the same while the conversation grows: %s', (_what, first, later) => {
      expect(key(first)).toBeDefined();
      expect(key(later)).toBe(key(first));
    });

    it.each<[what: string, other: JsonObject]>([
      ['another first question', chat(system, { role: 'user', content: 'What is a weir?' })],
      ['another system text', chat({ role: 'system', content: 'Be thorough.' }, QUESTION)],
      ['no system text', chat(QUESTION)],
    ])('differs with %s', (_what, other) => {
      expect(key(other)).not.toBe(key(chat(system, QUESTION)));
    });

    it.each([[undefined], [{}], [chat(ANSWER)], [{ messages: 'x'.repeat(0) }], [{ messages: [1, null] }]])(
      'is not there where nothing is said: %j',
      (body) => {
        expect(key(body as JsonObject | undefined)).toBeUndefined();
      },
    );
  });
});
