import { initiatorOf } from './initiator.js';

const bytes = (body: unknown): Buffer => Buffer.from(JSON.stringify(body));
const result = { type: 'tool_result', tool_use_id: 't', content: 'ok' };
const user = { role: 'user', content: 'Hi' };
const assistant = { role: 'assistant', content: 'Hello' };
const call = { type: 'function_call', call_id: 'c', name: 'f', arguments: '{}' };

describe('initiatorOf', () => {
  it.each([
    ['a first question', [user], 'user'],
    ['a second question', [user, assistant, user], 'user'],
    ['the result of a tool', [user, assistant, { role: 'tool', tool_call_id: 'c', content: 'ok' }], 'agent'],
    ['the result of an older function', [user, { role: 'function', name: 'f', content: 'ok' }], 'agent'],
    ['a beginning that is to be continued', [user, assistant], 'agent'],
    ['instructions alone', [{ role: 'system', content: 'Be brief.' }], 'user'],
    ['nothing', [], 'user'],
  ])('tells in a chat who caused %s', (_case, messages, expected) => {
    expect(initiatorOf('openai-chat', bytes({ model: 'm', messages }))).toBe(expected);
  });

  it.each([
    ['a first question', [user], 'user'],
    [
      'a second question in parts',
      [user, assistant, { role: 'user', content: [{ type: 'text', text: 'So?' }] }],
      'user',
    ],
    ['a result', [user, assistant, { role: 'user', content: [result] }], 'agent'],
    ['a result with a reminder', [{ role: 'user', content: [result, { type: 'text', text: 'Go on.' }] }], 'agent'],
    ['a result long ago', [{ role: 'user', content: [result] }, assistant, user], 'user'],
    ['somebody who writes of results', [{ role: 'user', content: '{"type":"tool_result"}' }], 'user'],
    ['a beginning that is to be continued', [user, assistant], 'agent'],
  ])("tells in Anthropic's messages who caused %s", (_case, messages, expected) => {
    expect(initiatorOf('anthropic-messages', bytes({ messages }))).toBe(expected);
  });

  it.each([
    ['a text', 'Hi', 'user'],
    ['a question', [{ type: 'message', role: 'user', content: 'Hi' }], 'user'],
    ['a question without a type', [call, { role: 'user', content: 'Hi' }], 'user'],
    ['the output of a call', [call, { type: 'function_call_output', call_id: 'c', output: 'ok' }], 'agent'],
    ['an answer', [{ role: 'assistant', content: 'Hello' }], 'agent'],
    ['reasoning', [{ type: 'reasoning', summary: [] }], 'agent'],
  ])('tells in Responses who caused %s', (_case, input, expected) => {
    expect(initiatorOf('openai-responses', bytes({ input }))).toBe(expected);
  });

  it.each([
    ['white space', ' {\n"messages" : [ {"role" : "user"} ,\t{ "content":[], "role": "tool" }\r\n] } ', 'agent'],
    ['an escaped word', '{"messages":[{"r\\u006fle":"\\u0074ool"}]}', 'agent'],
    ['a member twice, of which the last counts', '{"messages":[],"messages":[{"role":"user","role":"tool"}]}', 'agent'],
    ['a turn that is no object', '{"messages":[{"role":"tool"},7]}', 'user'],
    ['a role that is no text', '{"messages":[{"role":7}]}', 'user'],
    ['no JSON', 'messages', 'user'],
    ['an end that is missing', '{"messages":[{"role":"tool"}', 'user'],
  ])('reads %s', (_case, body, expected) => {
    expect(initiatorOf('openai-chat', Buffer.from(body))).toBe(expected);
  });

  it('says nothing of embeddings', () => {
    expect(initiatorOf('openai-embeddings', bytes({ input: 'x' }))).toBeUndefined();
  });
});
