import { contextFor, EMPTY, text, user } from './__fixtures__/exchange.js';
import { upstreamTokenCount } from './upstream-token-count.js';

describe('upstreamTokenCount', () => {
  it('asks about the whole request', () => {
    const messages = [{ role: 'system' as const, content: [text('s')] }, user(text('hi'))];

    const { call } = upstreamTokenCount.encodeRequest(
      { ...EMPTY, stream: true, messages },
      contextFor('gemini-2.5-flash'),
    );

    expect({ path: call.path, query: call.query, body: JSON.parse(call.body.toString()) }).toEqual({
      path: '/v1beta/models/gemini-2.5-flash:countTokens',
      query: '',
      body: {
        generateContentRequest: {
          model: 'models/gemini-2.5-flash',
          systemInstruction: { parts: [{ text: 's' }] },
          contents: [{ role: 'user', parts: [{ text: 'hi' }] }],
        },
      },
    });
  });

  it('reads the vendor’s count', () => {
    expect(upstreamTokenCount.decodeCount(Buffer.from('{"totalTokens":31,"cachedContentTokenCount":4}'))).toBe(31);
  });

  it.each(['{}', '[]', 'no', '{"totalTokens":"many"}'])('finds none in %s', (body) => {
    expect(() => upstreamTokenCount.decodeCount(Buffer.from(body))).toThrow(
      expect.objectContaining({ kind: 'upstream_invalid_response' }),
    );
  });
});
