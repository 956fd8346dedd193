import { envelope } from './envelope.js';

const callOf = (path: string) => ({ path, query: '?a=1', body: Buffer.from('{}') });

describe('the envelope', () => {
  it.each([
    ['/model/amazon.nova-lite-v1%3A0/converse', { model: 'amazon.nova-lite-v1:0', stream: false }],
    ['/bedrock/model/arn%3Aaws%3Ab%2Fc/converse-stream', { model: 'arn:aws:b/c', stream: true }],
  ])('reads %s', (path, facts) => {
    expect(envelope.read(callOf(path))).toEqual(facts);
  });

  it.each(['/model/x/invoke', '/model//converse', '/v1/messages', '/model/%E0%A4%A/converse'])('refuses %s', (path) => {
    expect(() => envelope.read(callOf(path))).toThrow(expect.objectContaining({ kind: 'invalid_request' }));
  });

  it('names another model and leaves everything else alone', () => {
    const call = callOf('/model/amazon.nova-lite-v1%3A0/converse');

    expect(envelope.withModel(call, 'amazon.nova-lite-v1:0')).toBe(call);
    expect(envelope.withModel(call, 'arn:aws:b/(c)')).toEqual({
      ...call,
      path: '/model/arn%3Aaws%3Ab%2F%28c%29/converse',
    });
  });
});
