import type { CanonicalRequest } from '@sluice/core';
import { decodePieces, tell } from '../__fixtures__/tell-events.js';
import { bytesOf, ENDING, text, tool } from '../__fixtures__/frames.js';
import { contextOf, functionTool, requestOf } from '../__fixtures__/requests.js';

const LONG_NAME = 'mcp__some_very_long_server_name__with_an_even_longer_tool_name_that_exceeds';
const REQUEST: CanonicalRequest = requestOf({
  tools: [
    functionTool('get_weather', {
      type: 'object',
      properties: { city: { type: 'string' }, days: { type: 'integer' }, tags: { type: 'array' } },
    }),
    functionTool(LONG_NAME),
  ],
});
const CALLED = '[Called get_weather with args: {"city":"Paris ]} \\" {"}]';

function read(pieces: readonly string[], { dialect = { textToolCalls: true }, more = [] as Buffer[] } = {}) {
  const bytes = [bytesOf(pieces.map(text)), ...more, bytesOf([...ENDING])];
  return tell(decodePieces(bytes, { request: REQUEST, context: contextOf({ dialect }) }));
}

describe('calls that a model writes into its text', () => {
  it.each<[string, string, readonly string[]]>([
    [
      'with its arguments in JSON',
      CALLED,
      ['call req-1_call_1 get_weather: {"city":"Paris ]} \\" {"}', 'end: tool-calls'],
    ],
    [
      'with its parameters in tags',
      '<invoke name="get_weather">\n<parameter name="city">New\nYork</parameter>\n<parameter name="days">3</parameter></invoke>',
      ['call req-1_call_1 get_weather: {"city":"New\\nYork","days":3}', 'end: tool-calls'],
    ],
    [
      'without parameters',
      '<invoke name="get_weather"></invoke>',
      ['call req-1_call_1 get_weather: {}', 'end: tool-calls'],
    ],
    [
      'with a value that is not what its schema says',
      '<invoke name="get_weather"><parameter name="tags">[red</parameter></invoke>',
      ['call req-1_call_1 get_weather: {"tags":"[red"}', 'end: tool-calls'],
    ],
    [
      'between other words',
      `I look. ${CALLED} Then <invoke name="get_weather"></invoke>.`,
      [
        'text: I look. ',
        'call req-1_call_1 get_weather: {"city":"Paris ]} \\" {"}',
        'text:  Then ',
        'call req-1_call_2 get_weather: {}',
        'text: .',
        'end: tool-calls',
      ],
    ],
    [
      'by the name that the service knows',
      '[Called mcp__some_very_long_server_name__with_an_even_longer_t_881b824b with args: {}]',
      [`call req-1_call_1 ${LONG_NAME}: {}`, 'end: tool-calls'],
    ],
  ])('become calls: one %s', (_name, said, lines) => {
    expect(read([said])).toEqual(lines);
    expect(read([...said])).toEqual(lines);
  });

  it.each([
    ['of a tool that the request does not have', '[Called other with args: {}]'],
    ['in code', `Like this:\n\`\`\`\n${CALLED}\n\`\`\`\n`],
    ['with broken arguments', '[Called get_weather with args: {"city":]'],
    ['that is not whole', '[Called get_weather with args: {"city":"Par'],
    ['without its end', '<invoke name="get_weather"><parameter name="city">x'],
    ['that has only begun', 'See [Call'],
    ['that is a link', 'See [Called here](https://example.org) and <b>x</b> and a[0] < b'],
    ['that is too long', `[Called get_weather with args: {"city":"${'x'.repeat(64 * 1024)}"}]`],
  ])('stay text: one %s', (_name, said) => {
    expect(read([said])).toEqual([`text: ${said}`, 'end: stop']);
    expect(read(said.match(/[^]{1,999}/g) ?? [])).toEqual([`text: ${said}`, 'end: stop']);
  });

  it('become calls behind code', () => {
    expect(read(['```\nx\n```\n', CALLED]).at(-2)).toMatch(/^call /);
  });

  it('stay text beside a real call', () => {
    const more = [
      bytesOf([tool({ name: 'get_weather', toolUseId: 't1', input: '{}' }), tool({ toolUseId: 't1', stop: true })]),
    ];

    expect(read([`I wrote ${CALLED}.`], { more })).toEqual([
      `text: I wrote ${CALLED}.`,
      'call t1 get_weather: {}',
      'end: tool-calls',
    ]);
  });

  it('stay text where the account does not ask for it', () => {
    expect(read([CALLED], { dialect: { textToolCalls: false } })).toEqual([`text: ${CALLED}`, 'end: stop']);
  });

  it('hold nothing else back', () => {
    const first = bytesOf([text('a < b [1] and ')]);
    const events = decodePieces([first], {
      request: REQUEST,
      context: contextOf({ dialect: { textToolCalls: true } }),
    });

    expect(tell(events)[0]).toContain('text: a < b [1] and ');
  });

  it('are looked for behind a bounded number of calls that only begin', () => {
    const begun = '[Called get_weather with args: {"city": ';

    expect(read([begun.repeat(63) + CALLED])).toContain('end: tool-calls');
    expect(read([begun.repeat(64) + CALLED])).toEqual([`text: ${begun.repeat(64)}${CALLED}`, 'end: stop']);
  });
});
