import type { ContentBlock, JsonObject } from '@sluice/core';
import { encode, messagesOf } from '../__fixtures__/encode.js';
import { assistant, call, functionTool, result, system, user } from '../__fixtures__/requests.js';
import { MAX_IMAGES } from './image-quota.js';

const NOVA_1 = 'amazon.nova-pro-v1:0';
const NOVA_2 = 'us.amazon.nova-2-lite-v1:0';
const GPT_OSS = 'openai.gpt-oss-120b-1:0';
const MISTRAL = 'mistral.mistral-large-2407-v1:0';
const LLAMA = 'us.meta.llama3-3-70b-instruct-v1:0';
const PROFILE = 'arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc123';

const TOOLS = [functionTool('get_weather')];

describe('encodeMessages', () => {
  describe('turns', () => {
    it('alternate, and begin with the user', () => {
      const messages = [assistant('a'), user('b'), user('c'), assistant('d'), assistant('e'), user('f')];

      const { body, told } = encode({ messages });

      expect(body['messages']).toEqual([
        { role: 'user', content: [{ text: 'Continue.' }] },
        { role: 'assistant', content: [{ text: 'a' }] },
        { role: 'user', content: [{ text: 'b' }, { text: 'c' }] },
        { role: 'assistant', content: [{ text: 'd' }, { text: 'e' }] },
        { role: 'user', content: [{ text: 'f' }] },
      ]);
      expect(told).toEqual(['approximated /messages']);
    });

    it('bring every result right behind its call', () => {
      const messages = [
        user('q'),
        assistant(call('a'), call('b')),
        user('wait'),
        user(result('b', 'B')),
        user(result('a', 'A')),
        user(result('x', 'X')),
      ];

      const { body, told } = encode({ messages, tools: TOOLS });

      expect((body['messages'] as readonly JsonObject[]).slice(2)).toEqual([
        {
          role: 'user',
          content: [
            { toolResult: { toolUseId: 'b', content: [{ text: 'B' }] } },
            { toolResult: { toolUseId: 'a', content: [{ text: 'A' }] } },
            { text: 'wait' },
            { text: 'X' },
          ],
        },
      ]);
      expect(told).toEqual(['changed /messages/5/content/0']);
    });

    it('answer calls that have no result', () => {
      const { body, told } = encode({ messages: [user('q'), assistant(call('a')), user('never mind')], tools: TOOLS });

      expect((body['messages'] as readonly JsonObject[])[2]).toEqual({
        role: 'user',
        content: [
          {
            toolResult: {
              toolUseId: 'a',
              content: [{ text: 'The result of this call is not known.' }],
              status: 'error',
            },
          },
          { text: 'never mind' },
        ],
      });
      expect(told).toEqual(['approximated /messages']);
    });

    it('have different ids where a client uses one again', () => {
      const messages = [
        user('q'),
        assistant(call('a')),
        user(result('a', '1')),
        assistant(call('a')),
        user(result('a', '2')),
      ];

      const text = JSON.stringify(messagesOf({ messages, tools: TOOLS }));

      expect([...text.matchAll(/"toolUseId":"(\w+)"/g)].map(([, id]) => id)).toEqual(['a', 'a', 'a_2', 'a_2']);
    });

    it('gather the system prompt, also from later on', () => {
      const { body, told } = encode({ messages: [system('one'), user('q'), system('two', 'three')] });

      expect(body['system']).toEqual([{ text: 'one' }, { text: 'two' }, { text: 'three' }]);
      expect(told).toEqual(['changed /messages/2']);
    });

    it('lose blank text, and say so', () => {
      const { body, told } = encode({ messages: [system(' '), user('q', '', '\n')] });

      expect(body).toEqual({ messages: [{ role: 'user', content: [{ text: 'q' }] }] });
      expect(told).toEqual([
        'dropped /messages/0/content/0',
        'dropped /messages/1/content/1',
        'dropped /messages/1/content/2',
      ]);
    });

    it('keep blank text beside signed reasoning', () => {
      const signed: ContentBlock = { type: 'reasoning', text: 'hm ', signature: { family: 'anthropic', value: 's' } };

      expect(messagesOf({ messages: [user('q'), assistant(signed, '', 'a'), user('r')] })).toMatchObject([
        {},
        { content: [{ reasoningContent: { reasoningText: { text: 'hm ' } } }, { text: '' }, { text: 'a' }] },
        {},
      ]);
    });

    it('row 116: end without white space when the assistant has the last word', () => {
      const { body, told } = encode({ messages: [user('q'), assistant('The answer is: \n')] });

      expect(body['messages']).toMatchObject([{}, { content: [{ text: 'The answer is:' }] }]);
      expect(told).toEqual(['changed /messages']);
    });

    it.each([
      ['unsigned', { type: 'reasoning', text: 'hm' }],
      ['signed by another vendor', { type: 'reasoning', text: 'hm', signature: { family: 'gemini', value: 's' } }],
      ['sealed in no base64', { type: 'reasoning', text: '', redacted: 'not base64!' }],
    ] as const)('row 118: are left out where %s reasoning is all they have', (_, reasoning) => {
      const { body, told } = encode({ messages: [user('q'), assistant(reasoning), user('r')] });

      expect(body['messages']).toEqual([{ role: 'user', content: [{ text: 'q' }, { text: 'r' }] }]);
      expect(told).toEqual(['dropped /messages/1/content/0']);
    });

    it('show a model its own signatures, whoever made it', () => {
      const signature = { family: 'unknown', value: 's', model: NOVA_2 } as const;
      const messages = [user('q'), assistant({ type: 'reasoning', text: 'hm', signature }), user('r')];

      expect(JSON.stringify(messagesOf({ messages }, NOVA_2))).toContain('"signature":"s"');
      expect(JSON.stringify(messagesOf({ messages }, GPT_OSS))).not.toContain('signature');
    });

    it('row 119: give Mistral ids of nine letters and digits, in call and result alike', () => {
      const messages = [user('q'), assistant(call('tooluse_bpe71yCf-x')), user(result('tooluse_bpe71yCf-x', 'wet'))];

      const text = JSON.stringify(messagesOf({ messages, tools: TOOLS }, MISTRAL));

      const [first, second] = [...text.matchAll(/"toolUseId":"([^"]+)"/g)].map(([, id]) => id);
      expect(first).toMatch(/^[a-zA-Z0-9]{9}$/);
      expect(second).toBe(first);
    });

    it('wrap arguments that are no object', () => {
      const messages = [user('q'), assistant(call('a', 'f', '{"x":')), user(result('a', 'r'))];

      const { body, told } = encode({ messages, tools: TOOLS });

      expect(body['messages']).toMatchObject([{}, { content: [{ toolUse: { input: { value: '{"x":' } } }] }, {}]);
      expect(told).toEqual(['changed /messages/1/content/0']);
    });
  });

  describe('media', () => {
    const image = (value: string): ContentBlock => ({
      type: 'image',
      mediaType: 'image/png',
      source: { kind: 'base64', value },
    });

    it.each<[string, ContentBlock, string]>([
      [
        'an address',
        { type: 'image', source: { kind: 'url', value: 'https://x.example/a.png' } },
        'only s3:// addresses',
      ],
      [
        'a file of another vendor',
        { type: 'document', source: { kind: 'file-id', value: 'file_1' } },
        'another vendor',
      ],
      ['an unknown type', { ...image('a'), mediaType: 'image/tiff' } as ContentBlock, 'image/tiff'],
      ['audio', { type: 'audio', mediaType: 'audio/wav', source: { kind: 'base64', value: 'a' } }, 'no audio'],
    ])('leave a line in their place, and say so: %s', (_, block, reason) => {
      const { body, told } = encode({ messages: [user(block)] });

      expect(body['messages']).toEqual([
        {
          role: 'user',
          content: [{ text: expect.stringMatching(new RegExp(`^\\[${block.type} left out: .*${reason}`)) }],
        },
      ]);
      expect(told).toEqual(['dropped /messages/0/content/0']);
    });

    it('are recognised by their beginning', () => {
      const block: ContentBlock = { type: 'image', source: { kind: 'base64', value: 'iVBORw0KGgo=' } };

      expect(messagesOf({ messages: [user(block)] })).toMatchObject([{ content: [{ image: { format: 'png' } }] }]);
    });

    it('stand in no other turn than the user’s', () => {
      const { body, told } = encode({ messages: [user('q'), assistant(image('a'), 'ok'), user('r')] });

      expect(JSON.stringify(body)).not.toContain('image');
      expect(told).toEqual(['dropped /messages/1/content/0']);
    });

    it('are the latest ones where there are more than one request may have', () => {
      const images = Array.from({ length: MAX_IMAGES + 2 }, (_, index) => image(`image${index}`));

      const { body, told } = encode({ messages: [user(...images)] });

      const text = JSON.stringify(body);
      expect([...text.matchAll(/"bytes":"image(\d+)"/g)].map(([, at]) => Number(at))).toEqual(
        Array.from({ length: MAX_IMAGES }, (_, index) => index + 2),
      );
      expect(told).toEqual(['dropped /messages/0/content/0', 'dropped /messages/0/content/1']);
    });

    it('row 117: documents have constant names without an extension, and text beside them', () => {
      const document = (title?: string): ContentBlock => ({
        type: 'document',
        ...(title === undefined ? {} : { title }),
        source: { kind: 'base64', value: 'JVBERg==' },
      });
      const first = [user(document('a.b.pdf'), document('Ä/ö  [1] (x)-y.docx'), document())];

      const once = messagesOf({ messages: first }) as readonly JsonObject[];
      const again = messagesOf({
        messages: [...first, assistant('ok'), user(document('a.b.pdf'))],
      }) as readonly JsonObject[];

      expect(once).toMatchObject([
        {
          content: [
            { document: { name: 'a b' } },
            { document: { name: '[1] (x)-y' } },
            { document: { name: 'document' } },
            { text: 'See the attached document.' },
          ],
        },
      ]);
      expect(again[0]).toEqual(once[0]);
      expect(again[2]).toMatchObject({ content: [{ document: { name: 'a b (2)' } }, {}] });
    });
  });

  describe('cache points', () => {
    const marked = (text: string): ContentBlock => ({ type: 'text', text, cache: {} });
    const POINT = { cachePoint: { type: 'default' } };

    it('are four at most', () => {
      const { body, told } = encode({
        messages: [user(marked('1'), marked('2'), marked('3'), marked('4'), marked('5'))],
      });

      expect(JSON.stringify(body).match(/cachePoint/g)).toHaveLength(4);
      expect(told).toEqual(['dropped /messages/0/content/4']);
    });

    it('stand behind a result for a marker inside it, and behind the block before an empty one', () => {
      const inner: ContentBlock = { type: 'tool-result', callId: '1', content: [marked('wet')] };
      const messages = [user('q'), assistant(call('1')), user(inner, 'and', marked(''))];

      expect(messagesOf({ messages, tools: TOOLS })).toMatchObject([
        {},
        {},
        { content: [{ toolResult: {} }, POINT, { text: 'and' }, POINT] },
      ]);
    });

    it.each([
      [NOVA_1, 'system and messages only', 2],
      [LLAMA, 'nowhere', 0],
      [PROFILE, 'wherever they were wanted', 3],
    ])('are allowed by %s: %s', (model, _, count) => {
      const messages = [system(marked('s')), user(marked('u'))];

      const { body, told } = encode({ messages, tools: [{ ...functionTool('f'), cache: {} }] }, model);

      expect(JSON.stringify(body).match(/cachePoint/g) ?? []).toHaveLength(count);
      expect(told).toHaveLength(3 - count);
    });
  });
});
