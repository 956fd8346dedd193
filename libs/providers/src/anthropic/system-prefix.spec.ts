import type { Account } from '@sluice/provider-kit';
import { AnthropicSettings } from './settings.js';
import { withSystemPrefix } from './system-prefix.js';

const LOGIN = { kind: 'oauth', secret: 's' };

const accountWith = (settings: object): Account => ({
  id: 'a',
  provider: 'anthropic',
  settings: AnthropicSettings.parse(settings),
  headers: {},
  transport: { timeouts: { connectMs: 1, firstByteMs: 1, idleMs: 1 } },
});

describe('withSystemPrefix', () => {
  const account = accountWith({ login: true, systemPrefix: 'You "work" here.' });
  const prefix = '{"type":"text","text":"You \\"work\\" here."}';
  const change = (body: string) => withSystemPrefix(Buffer.from(body), account, LOGIN).toString();

  it.each([
    ['none', '{"max_tokens":1}', `{"max_tokens":1,"system":[${prefix}]}`],
    [
      'a text',
      '{"system":"Be \\u0062rief","a":1.0}',
      `{"system":[${prefix},{"type":"text","text":"Be \\u0062rief"}],"a":1.0}`,
    ],
    [
      'blocks',
      '{"system":[ {"type":"text","text":"b","cache_control":{"type":"ephemeral"}}]}',
      `{"system":[${prefix}, {"type":"text","text":"b","cache_control":{"type":"ephemeral"}}]}`,
    ],
    ['no blocks', '{"system":[]}', `{"system":[${prefix}]}`],
    [
      'the last of several',
      '{"system":"a","system":"b"}',
      `{"system":"a","system":[${prefix},{"type":"text","text":"b"}]}`,
    ],
    ['null', '{"system":null}', `{"system":[${prefix}]}`],
  ])('is put before %s', (_name, body, expected) => {
    expect(change(body)).toBe(expected);
  });

  it.each([
    ['stands there already', '{"system":"You \\"work\\" here. Always."}'],
    ['is the first block already', `{"system":[${prefix},{"type":"text","text":"b"}]}`],
    ['has nothing to stand in', '[1]'],
    ['cannot be put before what is no JSON', '{"system":[tru]}'],
  ])('is left out where it %s', (_name, body) => {
    expect(change(body)).toBe(body);
  });

  it('is never sent with a key, nor where the operator wrote none', () => {
    const body = Buffer.from('{"system":"b"}');

    expect(withSystemPrefix(body, account, { kind: 'api-key', secret: 'k' })).toBe(body);
    expect(withSystemPrefix(body, accountWith({ login: true }), LOGIN)).toBe(body);
  });
});
