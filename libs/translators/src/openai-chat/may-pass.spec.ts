import type { JsonObject } from '@sluice/core';
import { mayPass } from './may-pass.js';
import { openAiChat } from './format.js';

const bodyOf = (members: JsonObject): Buffer =>
  Buffer.from(JSON.stringify({ model: 'm', messages: [{ role: 'user', content: 'hi' }], ...members }));

describe('mayPass', () => {
  it.each<[string, string, JsonObject, JsonObject, boolean]>([
    ['a reasoning model does not take the older name', 'gpt-5.2', {}, { max_tokens: 9 }, false],
    ['nor does one behind another vendor', 'openai/o3', {}, { max_tokens: 9 }, false],
    ['it takes the newer one', 'gpt-5.2', {}, { max_completion_tokens: 9 }, true],
    ['it takes no limit', 'gpt-5.2', {}, {}, true],
    ['a text that quotes the name', 'gpt-5.2', {}, { messages: [{ role: 'user', content: 'say "max_tokens"' }] }, true],
    ['other models take the older name', 'gpt-4o', {}, { max_tokens: 9 }, true],
    ['a vendor that wants the older name', 'gpt-5.2', { maxTokensField: 'max_tokens' }, { max_tokens: 9 }, true],
    ['a vendor that knows both names', 'llama-4', { maxTokensField: 'max_completion_tokens' }, { max_tokens: 9 }, true],
    ['answers in several choices', 'claude-5', { splitChoices: ['claude'] }, {}, false],
  ])('%s', (_, upstreamModel, dialect, members, expected) => {
    expect(mayPass(bodyOf(members), { dialect, upstreamModel })).toBe(expected);
  });

  it('has the limit said in the newer name instead, and everything else as it was', () => {
    const body = bodyOf({ max_tokens: 9, seed: 3, x_own: { a: 1 } });
    const context = {
      requestId: 'r',
      createdAtSeconds: 1_700_000_000,
      requestedModel: 'm',
      upstreamModel: 'gpt-5.2',
      dialect: {},
    };
    const { client, upstream } = openAiChat;
    const call = { path: '/v1/chat/completions', query: '', body };

    const encoded = upstream.translation.encodeRequest(client.translation.decodeRequest(call), context);

    expect(JSON.parse(encoded.call.body.toString())).toEqual({
      model: 'gpt-5.2',
      messages: [{ role: 'user', content: 'hi' }],
      max_completion_tokens: 9,
      seed: 3,
      x_own: { a: 1 },
    });
    expect(encoded.warnings).toEqual([]);
  });
});
