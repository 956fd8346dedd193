import { envelope } from './envelope.js';

const call = (body: string) => ({ path: '/v1/completions', query: '', body: Buffer.from(body) });

describe('envelope', () => {
  it('asks for usage where a stream has no options', () => {
    const asked = envelope.withUsage?.(call('{"model":"m", "stream":true,"seed":12345678901234567890}'));

    expect(asked?.body.toString()).toBe(
      '{"model":"m", "stream":true,"seed":12345678901234567890,"stream_options":{"include_usage":true}}',
    );
  });

  it('asks in the place of null', () => {
    expect(envelope.withUsage?.(call('{"stream":true,"stream_options":null}'))?.body.toString()).toBe(
      '{"stream":true,"stream_options":{"include_usage":true}}',
    );
  });

  it.each(['{"model":"m"}', '{"stream":false}', '{"stream":true,"stream_options":{"include_usage":false}}', 'no JSON'])(
    'leaves %s alone',
    (body) => {
      expect(envelope.withUsage?.(call(body))).toBeUndefined();
    },
  );
});
