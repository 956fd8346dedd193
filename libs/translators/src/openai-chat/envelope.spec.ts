import fc from 'fast-check';
import { envelope } from './envelope.js';

const callOf = (text: string) => ({ path: '/v1/chat/completions', query: '', body: Buffer.from(text) });
const withUsage = (text: string): string | undefined => envelope.withUsage?.(callOf(text))?.body.toString();

describe('envelope', () => {
  it('asks for usage in a call whose model was changed before, in either order of members', () => {
    const options = '"stream_options":{"include_usage":false}';
    const bodies = [`{"model":"a",${options},"stream":true}`, `{${options},"stream":true,"model":"a","model":"b"}`];

    const changed = bodies.map((body) => envelope.withModel(callOf(body), 'longer/name'));
    const asked = changed.map((call) => envelope.withUsage?.(call)?.body.toString());

    expect(asked).toEqual([
      '{"model":"longer/name","stream_options":{"include_usage":true},"stream":true}',
      '{"stream_options":{"include_usage":true},"stream":true,"model":"longer/name","model":"longer/name"}',
    ]);
  });

  it('changes the model of a call that was made to ask for usage', () => {
    const asking = envelope.withUsage?.(callOf('{"stream_options":null,"stream":true,"model":"a"}'));

    const changed = asking && envelope.withModel(asking, 'b');

    expect(changed?.body.toString()).toBe('{"stream_options":{"include_usage":true},"stream":true,"model":"b"}');
  });

  describe('withUsage', () => {
    it.each([
      [
        'no options',
        '{"model":"m","stream":true,"seed":12345678901234567890}',
        '{"model":"m","stream":true,"seed":12345678901234567890,"stream_options":{"include_usage":true}}',
      ],
      [
        'options that are null',
        '{"model":"m","stream_options":null,"stream":true}',
        '{"model":"m","stream_options":{"include_usage":true},"stream":true}',
      ],
      [
        'empty options',
        '{"model":"m","stream":true,"stream_options":{},"top_p":1.0}',
        '{"model":"m","stream":true,"stream_options":{"include_usage":true},"top_p":1.0}',
      ],
      [
        'other options',
        '{"model":"m","stream":true,"stream_options":{"include_obfuscation":false}}',
        '{"model":"m","stream":true,"stream_options":{"include_obfuscation":false,"include_usage":true}}',
      ],
      [
        'a refusal of usage',
        '{"model":"m","stream":true,"stream_options":{"include_usage": false ,"x":1.0}}',
        '{"model":"m","stream":true,"stream_options":{"include_usage": true ,"x":1.0}}',
      ],
      [
        'a refusal that is null',
        '{"model":"m","stream":true,"stream_options":{"include_usage":null}}',
        '{"model":"m","stream":true,"stream_options":{"include_usage":true}}',
      ],
    ])('asks beside %s', (_, text, asked) => {
      expect(JSON.parse(withUsage(text) ?? '')).toEqual(JSON.parse(asked));
      expect(withUsage(text)).toBe(asked);
    });

    it.each([
      ['it asks already', '{"model":"m","stream":true,"stream_options":{"include_usage":true}}'],
      ['it does not stream', '{"model":"m","stream_options":{}}'],
      ['it does not stream, explicitly', '{"model":"m","stream":false}'],
      ['its options are for the vendor to judge', '{"model":"m","stream":true,"stream_options":"yes"}'],
    ])('leaves a call alone when %s', (_, text) => {
      expect(withUsage(text)).toBeUndefined();
    });

    it.each([
      '{"model":"m","stream":true,"stream_options":{"include_usage":false},"stream_options":{}}',
      '{"model":"m","stream":true,"stre\\u0061m_options":{"include_usage":false}}',
      '{"model":"m","stream":true,"stream_options":{"include_us\\u0061ge":false}}',
    ])('asks also where the body is odd: %s', (text) => {
      expect(JSON.parse(withUsage(text) ?? '')).toEqual({
        model: 'm',
        stream: true,
        stream_options: { include_usage: true },
      });
    });

    it('asks exactly once, and then is content', () => {
      const members = fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 5 });
      fc.assert(
        fc.property(members, members, (others, options) => {
          const text = JSON.stringify({
            ...others,
            model: 'm',
            stream: true,
            stream_options: { ...options, include_usage: false },
          });

          const asked = withUsage(text) ?? '';

          expect(asked).toBe(text.replace('"include_usage":false}', '"include_usage":true}'));
          expect(withUsage(asked)).toBeUndefined();
        }),
      );
    });
  });
});
