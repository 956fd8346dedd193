import { openAiChat } from './format.js';
import { withoutProof } from './thought-signature.js';

const SIGNED = { google: { thought_signature: 'sig' } };
const HISTORY = {
  messages: [
    { role: 'user', content: 'q' },
    {
      role: 'assistant',
      tool_calls: [{ id: 'a', type: 'function', function: { name: 'f', arguments: '{}' }, extra_content: SIGNED }],
    },
    { role: 'tool', tool_call_id: 'a', content: 'r' },
  ],
};
const body = Buffer.from(JSON.stringify({ model: 'm', ...HISTORY }));
const call = { path: '/v1/chat/completions', query: '', body };
const { mayPass, translation } = openAiChat.upstream;

describe('a proof of Google’s in a history', () => {
  it.each([
    ['gemini-3-pro', true],
    ['google/Gemini-2.5-flash', true],
    ['gpt-5', false],
    ['claude-sonnet-4-5', false],
  ])('passes to %s: %s', (upstreamModel, expected) => {
    expect(mayPass(body, { dialect: {}, upstreamModel })).toBe(expected);
    expect(mayPass(Buffer.from('{"messages":[]}'), { dialect: {}, upstreamModel })).toBe(true);
  });

  it.each([
    ['gemini-3-pro', SIGNED, []],
    ['gpt-5', undefined, ['dropped']],
  ])('is said to %s: %j', (upstreamModel, expected, effects) => {
    const request = openAiChat.client.translation.decodeRequest(call);
    const context = { requestId: 'r', createdAtSeconds: 1, requestedModel: 'm', upstreamModel, dialect: {} };
    const { call: encoded, warnings } = translation.encodeRequest(request, context);
    const { messages } = JSON.parse(encoded.body.toString()) as typeof HISTORY;

    expect(messages[1]?.tool_calls?.[0]?.extra_content).toEqual(expected);
    expect(warnings.map(({ effect }) => effect)).toEqual(effects);
  });
});

describe('withoutProof', () => {
  it.each([
    [undefined, undefined],
    [{ x: 1 }, { x: 1 }],
    [{ x: 1, extra_content: SIGNED }, { x: 1 }],
    [
      { extra_content: { google: { thought_signature: 's', more: 1 }, other: 2 } },
      { extra_content: { google: { more: 1 }, other: 2 } },
    ],
  ])('of %j is %j', (members, expected) => {
    expect(withoutProof(members)).toEqual(expected);
  });
});
