import type { ContentBlock, Tool } from '@sluice/core';
import { assistant, call, encode, result, text, user } from './__fixtures__/exchange.js';

const ran: ContentBlock = {
  type: 'server-tool',
  id: 's',
  tool: 'shell',
  raw: { format: 'openai-responses', value: { type: 'shell_call' } },
};
const search: Tool = { kind: 'server', tool: 'web_search', raw: { format: 'openai-chat', value: {} } };
const fn: Tool = { kind: 'function', name: 'f', parameters: { type: 'object', properties: {} } };

describe('a turn of which nothing is left', () => {
  it('does not part what the user says', () => {
    const { body } = encode({ messages: [user(text('a')), assistant(ran), user(text('b'))] });

    expect(body['contents']).toEqual([{ role: 'user', parts: [{ text: 'a' }, { text: 'b' }] }]);
  });

  it('leaves results where they belong', () => {
    const messages = [
      user(text('q')),
      assistant(call('a', 'f')),
      user(result('a', text('r'))),
      assistant(ran),
      user(text('b')),
    ];
    const { body } = encode({ messages });

    expect(body['contents']).toMatchObject([
      { role: 'user', parts: [{ text: 'q' }] },
      { role: 'model', parts: [{ functionCall: { id: 'a', name: 'f' } }] },
      { role: 'user', parts: [{ functionResponse: { id: 'a', name: 'f' } }, { text: 'b' }] },
    ]);
  });
});

describe('a search of another vendor', () => {
  it.each<[what: string, tools: readonly Tool[], expected: unknown, effect: string]>([
    ['alone', [search], [{ googleSearch: {} }], 'approximated'],
    [
      'beside a function, where Google refuses it',
      [fn, search],
      [{ functionDeclarations: [{ name: 'f' }] }],
      'dropped',
    ],
  ])('is Google’s own, or left out: %s', (_what, tools, expected, effect) => {
    const { body, warnings } = encode({ messages: [user(text('q'))], tools });

    expect(body['tools']).toEqual(expected);
    expect(warnings).toMatchObject([{ effect }]);
  });
});
