import type { CanonicalRequest, ContentBlock, JsonObject, Message, Signature } from '@sluice/core';
import type { TranslationContext } from '@sluice/translator-kit';
import { encodeRequest } from '../encode-request.js';

const SONNET = 'claude-sonnet-4-5-20250929';
const PROOF: Signature = { family: 'anthropic', value: 'proof' };

const contextOf = (upstreamModel: string): TranslationContext => ({
  requestId: 'req-1',
  createdAtSeconds: 1_700_000_000,
  requestedModel: 'client-name',
  upstreamModel,
  dialect: {},
});

const text = (value: string): ContentBlock => ({ type: 'text', text: value });
const user = (...content: ContentBlock[]): Message => ({ role: 'user', content });
const assistant = (...content: ContentBlock[]): Message => ({ role: 'assistant', content });
const system = (...content: ContentBlock[]): Message => ({ role: 'system', content });
const call = (id: string, argumentsJson = '{}', name = 'f'): ContentBlock => ({
  type: 'tool-call',
  id,
  name,
  argumentsJson,
});
const result = (callId: string, ...content: ContentBlock[]): ContentBlock => ({ type: 'tool-result', callId, content });

function encode(members: Partial<CanonicalRequest>, model = SONNET) {
  const request = {
    model: 'client-name',
    stream: false,
    messages: [user(text('hi'))],
    tools: [],
    sampling: {},
    ...members,
  };
  const { call: wire, warnings } = encodeRequest(request, contextOf(model));
  const body = JSON.parse(wire.body.toString()) as JsonObject; // what we serialised
  return { body, warnings, paths: warnings.map(({ path, effect }) => `${effect} ${path}`), path: wire.path };
}

const messagesOf = (...messages: Message[]) => encode({ messages }).body['messages'];

describe('the messages of an encoded request', () => {
  it('row 3: one user turn around a system message, which is hoisted with nothing of the cache lost', () => {
    const { body } = encode({
      messages: [user({ type: 'text', text: 'a', cache: { ttl: '5m' } }), system(text('S')), user(text('b'))],
    });

    expect(body).toMatchObject({
      system: [{ type: 'text', text: 'S' }],
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'a', cache_control: { type: 'ephemeral', ttl: '5m' } },
            { type: 'text', text: 'b' },
          ],
        },
      ],
    });
  });

  it('row 4: spells the ids of calls and results the same way', () => {
    const id = 'call.with space:1';

    expect(messagesOf(user(text('a')), assistant(call(id)), user(result(id, text('r'))))).toMatchObject([
      {},
      { content: [{ id: 'call_with_space_1' }] },
      { content: [{ tool_use_id: 'call_with_space_1', content: 'r' }] },
    ]);
  });

  it('row 5: of two results for a call sends the last, and none without a call id', () => {
    const { body, paths } = encode({
      messages: [
        user(text('a')),
        assistant(call('c')),
        user(result('c', text('first'))),
        user(result('', text('lost')), result('c', text('last'))),
      ],
    });

    expect(body['messages']).toMatchObject([
      {},
      {},
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'c', content: 'last' }] },
    ]);
    expect(paths).toEqual(['dropped /messages/3/content/0', 'dropped /messages/3/content/1']);
  });

  it('row 6: puts parallel results before what the user says', () => {
    expect(
      messagesOf(user(text('a')), assistant(call('c'), call('d')), user(text('u'), result('d')), user(result('c'))),
    ).toMatchObject([
      {},
      {},
      {
        role: 'user',
        content: [
          { type: 'tool_result', tool_use_id: 'd' },
          { type: 'tool_result', tool_use_id: 'c' },
          { type: 'text', text: 'u' },
        ],
      },
    ]);
  });

  it.each([
    ['', []],
    ['[1]', ['changed /messages/1/content/0']],
    ['not json', ['changed /messages/1/content/0']],
  ])('row 7: sends an empty object for the arguments %j', (argumentsJson, warned) => {
    const { body, paths } = encode({
      messages: [user(text('a')), assistant(call('c', argumentsJson)), user(result('c'))],
    });

    expect(body['messages']).toMatchObject([{}, { content: [{ input: {} }] }, {}]);
    expect(paths).toEqual(warned);
  });

  it('row 9: adds a user where there is only a system message', () => {
    const { body, paths } = encode({ messages: [system(text('S'))] });

    expect(body).toMatchObject({
      system: [{ type: 'text', text: 'S' }],
      messages: [{ role: 'user', content: [{ type: 'text', text: expect.stringMatching(/\S/) }] }],
    });
    expect(paths).toEqual(['approximated /messages']);
  });

  it('row 10: keeps the cache markers of parts, and moves one off an empty part', () => {
    const { body } = encode({
      messages: [
        user({ type: 'text', text: 'a', cache: { ttl: '1h' } }, text('b'), { type: 'text', text: '', cache: {} }),
      ],
    });

    expect(body['messages']).toEqual([
      {
        role: 'user',
        content: [
          { type: 'text', text: 'a', cache_control: { type: 'ephemeral', ttl: '1h' } },
          { type: 'text', text: 'b', cache_control: { type: 'ephemeral' } },
        ],
      },
    ]);
  });

  it('row 11: makes up no user; a given one is hashed the same way each time', () => {
    const [first, again, other] = ['u-7', 'u-7', 'u-8'].map((endUser) => encode({ endUser }).body['metadata']);

    expect(encode({}).body).not.toHaveProperty('metadata');
    expect(first).toEqual(again);
    expect(first).not.toEqual(other);
    expect(JSON.stringify(first)).not.toContain('u-7');
  });

  it('row 12: sends text and images in a tool result', () => {
    const data: ContentBlock = { type: 'image', mediaType: 'image/jpg', source: { kind: 'base64', value: '/9j/' } };
    const url: ContentBlock = { type: 'image', source: { kind: 'url', value: 'https://i.example/a' } };

    expect(
      messagesOf(
        user(text('a')),
        assistant(call('c'), call('d')),
        user(result('c', text('t'), data), result('d', url)),
      ),
    ).toMatchObject([
      {},
      {},
      {
        content: [
          {
            content: [
              { type: 'text', text: 't' },
              { type: 'image', source: { type: 'base64', media_type: 'image/jpeg', data: '/9j/' } },
            ],
          },
          { content: [{ type: 'image', source: { type: 'url', url: 'https://i.example/a' } }] },
        ],
      },
    ]);
  });

  it('row 13: sends a PDF as a document', () => {
    const pdf: ContentBlock = {
      type: 'document',
      mediaType: 'application/pdf',
      title: 'a.pdf',
      source: { kind: 'base64', value: 'JVBERi0=' },
    };

    expect(messagesOf(user(pdf))).toEqual([
      {
        role: 'user',
        content: [
          {
            type: 'document',
            title: 'a.pdf',
            source: { type: 'base64', media_type: 'application/pdf', data: 'JVBERi0=' },
          },
        ],
      },
    ]);
  });

  it('row 16: hoists several system messages in their order', () => {
    const { body } = encode({ messages: [system(text('one')), system(text('two'), text('three')), user(text('a'))] });

    expect(body['system']).toEqual(['one', 'two', 'three'].map((words) => ({ type: 'text', text: words })));
  });

  it('row 115: never sends more than four cache breakpoints, and none of its own', () => {
    const marked: ContentBlock = { type: 'text', text: 'a', cache: {} };

    const { body, paths } = encode({ messages: [user(marked, marked, marked, marked, marked, text('b'))] });

    expect(JSON.stringify(body).match(/cache_control/g)).toHaveLength(4);
    expect(paths).toEqual(['dropped /messages/0/content/4']);
  });

  it('answers a call that nobody answered', () => {
    const { body, paths } = encode({ messages: [user(text('a')), assistant(call('c')), user(text('b'))] });

    expect(body['messages']).toMatchObject([
      {},
      {},
      {
        content: [
          { type: 'tool_result', tool_use_id: 'c', is_error: true },
          { type: 'text', text: 'b' },
        ],
      },
    ]);
    expect(paths).toEqual(['approximated /messages']);
  });

  it('tells a result without its call as what the user says', () => {
    const { body, paths } = encode({ messages: [user(text('a')), user(result('gone', text('r')))] });

    expect(body['messages']).toEqual([
      {
        role: 'user',
        content: [
          { type: 'text', text: 'a' },
          { type: 'text', text: 'r' },
        ],
      },
    ]);
    expect(paths).toEqual(['changed /messages/1/content/0']);
  });

  it('tells calls apart whose client uses an id again', () => {
    expect(
      messagesOf(
        user(text('a')),
        assistant(call('c')),
        user(result('c', text('1'))),
        assistant(call('c')),
        user(result('c', text('2'))),
      ),
    ).toMatchObject([
      {},
      { content: [{ id: 'c' }] },
      { content: [{ tool_use_id: 'c', content: '1' }] },
      { content: [{ id: 'c_2' }] },
      { content: [{ tool_use_id: 'c_2', content: '2' }] },
    ]);
  });

  it('begins with the user and ends without white space', () => {
    const { body, paths } = encode({
      messages: [assistant(text('So, ')), user(text('?')), assistant(text('Well \n'))],
    });

    expect(body['messages']).toMatchObject([
      { role: 'user' },
      { role: 'assistant', content: [{ text: 'So, ' }] },
      { role: 'user' },
      { role: 'assistant', content: [{ text: 'Well' }] },
    ]);
    expect(paths).toEqual(['approximated /messages', 'changed /messages']);
  });

  it('leaves empty text out, and turns that have nothing else', () => {
    expect(messagesOf(user(text('a')), assistant(text(' ')), user(text(''), text('b')))).toEqual([
      {
        role: 'user',
        content: [
          { type: 'text', text: 'a' },
          { type: 'text', text: 'b' },
        ],
      },
    ]);
  });

  it.each<[string, Message]>([
    ['audio', user({ type: 'audio', mediaType: 'audio/wav', source: { kind: 'base64', value: 'UklG' } })],
    [
      'an image of a type that it does not know',
      user({ type: 'image', mediaType: 'image/tiff', source: { kind: 'base64', value: 'SUkq' } }),
    ],
    ['an image of no known type', user({ type: 'image', source: { kind: 'base64', value: 'AAAA' } })],
    ['a file that another vendor holds', user({ type: 'document', source: { kind: 'file-id', value: 'file-abc' } })],
    ['an image in its own turn', assistant({ type: 'image', source: { kind: 'url', value: 'https://i.example/a' } })],
    [
      'reasoning that it did not sign',
      assistant({ type: 'reasoning', text: 't', signature: { family: 'openai', value: 'gAAAA' } }),
    ],
    ['reasoning that nobody signed', assistant({ type: 'reasoning', text: 't' })],
    ['reasoning of the user', user({ type: 'reasoning', text: 't', signature: PROOF })],
    ['a call of the user', user(call('c'))],
    [
      'another vendor’s tool',
      assistant({ type: 'server-tool', id: 's', tool: 'search', raw: { format: 'gemini', value: {} } }),
    ],
    ['another format’s block', user({ type: 'opaque', format: 'gemini', value: {} })],
  ])('does not send Anthropic %s', (_, message) => {
    const { body, paths } = encode({ messages: [user(text('a')), message, user(text('b'))] });

    expect(body['messages']).toMatchObject([{ role: 'user', content: [{ text: 'a' }, { text: 'b' }] }]);
    expect(paths).toEqual(['dropped /messages/1/content/0']);
  });

  it('replays its own signed and sealed reasoning as it came', () => {
    expect(
      messagesOf(
        user(text('a')),
        assistant(
          { type: 'reasoning', text: '', signature: PROOF },
          { type: 'reasoning', text: '', redacted: 'sealed' },
          text('b'),
        ),
        user(text('c')),
      ),
    ).toMatchObject([
      {},
      {
        content: [
          { type: 'thinking', thinking: '', signature: 'proof' },
          { type: 'redacted_thinking', data: 'sealed' },
          { type: 'text', text: 'b' },
        ],
      },
      {},
    ]);
  });

  it('recognises an image whose type nobody says', () => {
    expect(messagesOf(user({ type: 'image', source: { kind: 'base64', value: 'iVBORw0KGgo=' } }))).toMatchObject([
      { content: [{ source: { media_type: 'image/png' } }] },
    ]);
  });
});
