import { GatewayError } from '@sluice/core';
import { requestWith, ruled, shape } from '../__fixtures__/shape.js';
import { settingsOf } from '../__fixtures__/settings-of.js';
import { applyPayloadRules } from './apply-payload-rules.js';

describe('applyPayloadRules', () => {
  describe('default', () => {
    it.each([
      ['adds what is missing', '{ temperature: 0.2 }', '{"model":"m"}', '{"model":"m","temperature":0.2}'],
      ['leaves a null alone', '{ temperature: 0.2 }', '{"temperature":null}', '{"temperature":null}'],
      ['makes the objects on the way', '{ a.b.c: 1 }', '{}', '{"a":{"b":{"c":1}}}'],
      ['fills an object that is there', '{ a.b: 1 }', '{"a":{ "x":0 }}', '{"a":{ "x":0 ,"b":1}}'],
      ['does not step over what is no object', '{ a.b: 1 }', '{"a":"text"}', '{"a":"text"}'],
      ['does not step over null', '{ a.b: 1 }', '{"a":null}', '{"a":null}'],
      ['makes no arrays', '{ a.0.b: 1 }', '{}', '{}'],
    ])('%s', async (_what, params, body, expected) => {
      expect(await shape(ruled('default', params), body)).toBe(expected);
    });

    it('counts once for a path: the first that applies', async () => {
      const rules = ruled('default', '{ temperature: 0.1, top_p: 0.5 }', '{ temperature: 0.9 }');

      expect(await shape(rules, '{}')).toBe('{"temperature":0.1,"top_p":0.5}');
    });

    it('asks what the client sent, not what a translation made of it', async () => {
      const rules = ruled('default', '{ max_tokens: 9 }');
      const translated = '{"max_tokens":4096}';

      expect(await shape(rules, translated, { original: '{"contents":[]}' })).toBe('{"max_tokens":9}');
      expect(await shape(rules, translated, { original: '{"max_tokens":4096}' })).toBe('{"max_tokens":4096}');
    });
  });

  describe('override', () => {
    it.each([
      ['writes over what is there, in its place', '{ a: [1] }', '{ "a" : "x", "b":2}', '{ "a" : [1], "b":2}'],
      ['makes the objects on the way', '{ a.b: 1 }', '{}', '{"a":{"b":1}}'],
      ['steps over no text', '{ a.b: 1 }', '{"a":"text"}', '{"a":"text"}'],
      ['steps over no array by a name', '{ a.b: 1 }', '{"a":[{"b":0}]}', '{"a":[{"b":0}]}'],
      ['writes everywhere a name stands', '{ a: 1 }', '{"a":8,"a":9}', '{"a":1,"a":1}'],
      ['knows names with dots', "{ 'a\\.b': 1 }", '{"a":{},"a.b":0}', '{"a":{},"a.b":1}'],
      [
        'knows names that are numbers',
        '{ logit_bias.50256: -100 }',
        '{"logit_bias":{"50256":1}}',
        '{"logit_bias":{"50256":-100}}',
      ],
    ])('%s', async (_what, params, body, expected) => {
      expect(await shape(ruled('override', params), body)).toBe(expected);
    });

    it('lets the last of two for one path win', async () => {
      expect(await shape(ruled('override', '{ a: 1 }', '{ a: 2 }'), '{}')).toBe('{"a":2}');
    });

    it('steps into what an earlier rule wrote', async () => {
      expect(await shape(ruled('override', '{ a: { b: [1] } }', '{ a.b.0: 7, a.c: 8 }'), '{}')).toBe(
        '{"a":{"b":[7],"c":8}}',
      );
    });

    it('sends raw values as they are written', async () => {
      const rules = ruled('overrideRaw', `{ seed: '12345678901234567890', t: '1.0', o: '{ "b" :1}' }`);

      expect(await shape(rules, '{"seed":1}')).toBe('{"seed":12345678901234567890,"t":1.0,"o":{ "b" :1}}');
    });

    it('leaves every other byte alone', async () => {
      const body = (temperature: string): string =>
        `{ "seed":12345678901234567890,"top_p" : 1.0,\n"temperature":${temperature}, "user":"\\u00e9\\/","x":{"b":1e-2, "a":[ ]} }`;

      expect(await shape(ruled('override', '{ temperature: 0.5 }'), body('1.0'))).toBe(body('0.5'));
    });
  });

  describe('paths into arrays', () => {
    const TOOLS = '{"tools":[{"type":"function"},{"type":"web_search","max_uses":9},{"type":"web_search"}]}';

    it.each([
      ['tools.0.type', '{"tools":[{"type":7},{"type":"web_search","max_uses":9},{"type":"web_search"}]}'],
      ['tools.-1.type', '{"tools":[{"type":"function"},{"type":"web_search","max_uses":9},{"type":7}]}'],
      ['tools.1', '{"tools":[{"type":"function"},7,{"type":"web_search"}]}'],
      [
        'tools.#(type=="web_search").max_uses',
        '{"tools":[{"type":"function"},{"type":"web_search","max_uses":7},{"type":"web_search"}]}',
      ],
      [
        'tools.#(type=="web_search")#.max_uses',
        '{"tools":[{"type":"function"},{"type":"web_search","max_uses":7},{"type":"web_search","max_uses":7}]}',
      ],
      [
        'tools.#(type!="web_search")#.max_uses',
        '{"tools":[{"type":"function","max_uses":7},{"type":"web_search","max_uses":9},{"type":"web_search"}]}',
      ],
      ['tools.#.type', '{"tools":[{"type":7},{"type":7,"max_uses":9},{"type":7}]}'],
    ])('%s leads to its elements', async (path, expected) => {
      expect(await shape(ruled('override', `{ '${path}': 7 }`), TOOLS)).toBe(expected);
    });

    it.each(['tools.3', 'tools.-4', 'tools.9.type', 'tools.#(type=="none").max_uses', 'none.#.a', 'none.#(a==1).b'])(
      '%s leads nowhere, and nothing is written',
      async (path) => {
        expect(await shape(ruled('override', `{ '${path}': 7 }`), TOOLS)).toBe(TOOLS);
      },
    );
  });

  describe('filter', () => {
    it.each([
      ['the only member', '[user]', '{ "user":"u" }', '{}'],
      ['the first member', '[user]', '{"user":"u", "a":1}', '{ "a":1}'],
      ['the last member', '[user]', '{"a":1 , "user":"u"}', '{"a":1 }'],
      ['a member that stands twice', '[user]', '{"user":1,"a":2,"user":3}', '{"a":2}'],
      ['what is nested', '[metadata.trace]', '{"metadata":{"trace":1,"b":2}}', '{"metadata":{"b":2}}'],
      ['an element', '[stop.0]', '{"stop":["a","b"]}', '{"stop":["b"]}'],
      [
        'elements that answer a query',
        `['tools.#(type=="x")#']`,
        '{"tools":[{"type":"x"},1,{"type":"x"}]}',
        '{"tools":[1]}',
      ],
      [
        'of every element',
        '[messages.#.name]',
        '{"messages":[{"name":1,"a":2},{"a":3}]}',
        '{"messages":[{"a":2},{"a":3}]}',
      ],
      ['nothing that is not there', '[user, a.b.c]', '{"a":{"x":1}}', '{"a":{"x":1}}'],
    ])('takes away %s', async (_what, params, body, expected) => {
      expect(await shape(ruled('filter', params), body)).toBe(expected);
    });
  });

  it('applies defaults, then overrides, then filters, in whatever order they are declared', async () => {
    const rules = ruled('filter', '[b]') + ruled('override', '{ b: 2, c: 3 }') + ruled('default', '{ a: 1, c: 1 }');

    expect(await shape(rules, '{}')).toBe('{"a":1,"c":3}');
  });

  describe('is for', () => {
    const CHANGED = '{"a":1}';
    const oneRule = (terms: string): string => `  override: [{ ${terms}, params: { a: 1 } }]\n`;

    it.each([
      ["models: [{ name: 'gpt-*' }]", CHANGED],
      ["models: [{ name: 'ali?s' }]", CHANGED],
      ["models: [{ name: 'gpt-4o?' }]", '{}'],
      ["models: [{ name: 'GPT-4o' }]", '{}'],
      ["models: [{ name: 'claude-*' }, { name: 'gpt-4o' }]", CHANGED],
      ["models: [{ name: '*', protocol: openai }]", CHANGED],
      ["models: [{ name: '*', protocol: claude }]", '{}'],
      ["models: [{ name: '*', protocol: openai-compat }]", '{}'],
      ["models: [{ name: '*', fromProtocol: Claude }]", CHANGED],
      ["models: [{ name: '*', fromProtocol: openai }]", '{}'],
      ["models: [{ name: '*', protocol: claude }, { name: '*', fromProtocol: claude }]", CHANGED],
      ["models: [{ name: '*' }], headers: { X-Team: 'sea*' }", CHANGED],
      ["models: [{ name: '*' }], headers: { X-Team: 'sales' }", '{}'],
      ["models: [{ name: '*' }], headers: { X-Team: '*', x-other: '*' }", '{}'],
    ])('requests by %s', async (terms, expected) => {
      const asked = { clientFormat: 'anthropic-messages', headers: { 'x-team': 'search' } };

      expect(await shape(oneRule(terms), '{}', asked)).toBe(expected);
    });

    it('an OpenAI-compatible account by that name', async () => {
      const rule = oneRule("models: [{ name: '*', protocol: openai-compat }]");

      expect(await shape(rule, '{}', { provider: 'openai-compatible' })).toBe(CHANGED);
    });

    it.each([
      ['match: { service_tier: flex }', true],
      ['match: { service_tier: auto }', false],
      ['match: { service_tier: flex, n: 2 }', false],
      ['match: { n: 1 }', true],
      ["match: { n: '1' }", false],
      ['match: { r: { effort: low, x: [1] } }', true],
      ['match: { r: { effort: low } }', false],
      [`match: { 'tools.#.type': b }`, true],
      ['notMatch: { service_tier: auto, none: 1 }', true],
      ['notMatch: { service_tier: flex }', false],
      ['exist: [n, r.effort, nil]', true],
      ['exist: [n, r.none]', false],
      ['notExist: [none, r.none, tools.2]', true],
      ['notExist: [nil]', false],
    ])('bodies by %s', async (terms, isFor) => {
      const body =
        '{"service_tier":"flex","n":1.0,"nil":null,"r":{"x":[1],"effort":"low"},"tools":[{"type":"a"},{"type":"b"}]}';

      const shaped = await shape(oneRule(`models: [{ name: '*' }], ${terms}`), body);

      expect(shaped === body).toBe(!isFor);
    });

    it('a body as earlier rules left it', async () => {
      const rules = `  override:
    - { models: [{ name: '*' }], params: { a: 1 } }
    - { models: [{ name: '*' }], match: { a: 1 }, params: { b: 2 } }
    - { models: [{ name: '*' }], notExist: [b], params: { c: 3 } }
`;
      expect(await shape(rules, '{}')).toBe('{"a":1,"b":2}');
    });
  });

  it('does not read a body that no rule is for', async () => {
    const { payloadRules } = await settingsOf(
      "payloadRules: { filter: [{ models: [{ name: 'other' }], params: [a] }] }",
    );
    const request = requestWith('no JSON at all');

    expect(payloadRules && applyPayloadRules(payloadRules, request)).toBe(request.body);
  });

  it('gives back the very same bytes where nothing is to change', async () => {
    const { payloadRules } = await settingsOf("payloadRules: { filter: [{ models: [{ name: '*' }], params: [a.b] }] }");
    const request = requestWith('{ "a" : { } }');

    expect(payloadRules && applyPayloadRules(payloadRules, request)).toBe(request.body);
  });

  it.each([
    ['a body that is no JSON', '{"a":', /not valid JSON: it ends too early/],
    ['a part that is no JSON', '{"a":{"b" 1}}', /not valid JSON: unexpected content at character/],
    ['more values than it looks at', `{"a":[${'1,'.repeat(100_001)}1]}`, /more than 100000 values/],
  ])('refuses %s where a rule looks into it', async (_what, body, message) => {
    const shaping = shape(ruled('filter', "['a.#.c', a.b]"), body);

    await expect(shaping).rejects.toThrow(message);
    await expect(shaping).rejects.toThrow(GatewayError);
    await expect(shaping).rejects.toMatchObject({ kind: 'invalid_request' });
  });
});
