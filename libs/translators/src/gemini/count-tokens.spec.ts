import { contextFor, EMPTY, text, user } from './__fixtures__/exchange.js';
import { decodeCountResponse, encodeCountRequest, encodeCountResponse } from './count-tokens.js';
import { decodeCountRequest } from './decode-count-request.js';

const PATH = '/v1beta/models/gemini-2.5-flash:countTokens';
const callOf = (body: unknown, path = PATH) => ({ path, query: '', body: Buffer.from(JSON.stringify(body)) });
const contents = [{ role: 'user', parts: [{ text: 'hi' }] }];

describe('decodeCountRequest', () => {
  it.each([
    ['contents', { contents }],
    ['a whole request', { generateContentRequest: { model: 'models/gemini-2.5-flash', contents } }],
    ['a whole request in snake case', { generate_content_request: { contents } }],
  ])('reads %s', (_, body) => {
    expect(decodeCountRequest(callOf(body))).toEqual({
      model: 'gemini-2.5-flash',
      stream: false,
      messages: [{ role: 'user', content: [{ type: 'text', text: 'hi' }] }],
      tools: [],
      sampling: {},
    });
  });

  it('reads instructions and tools of a whole request', () => {
    const generateContentRequest = {
      contents,
      systemInstruction: { parts: [{ text: 's' }] },
      tools: [{ functionDeclarations: [{ name: 'f' }] }],
    };

    expect(decodeCountRequest(callOf({ generateContentRequest }))).toMatchObject({
      messages: [{ role: 'system' }, { role: 'user' }],
      tools: [{ name: 'f' }],
    });
  });

  it('refuses another path', () => {
    expect(() => decodeCountRequest(callOf({ contents }, '/v1beta/models/m:generateContent'))).toThrow(/countTokens/);
  });
});

describe('encodeCountRequest', () => {
  it('asks about the whole request', () => {
    const request = {
      ...EMPTY,
      stream: true,
      messages: [{ role: 'system' as const, content: [text('s')] }, user(text('hi'))],
    };

    const { call } = encodeCountRequest(request, contextFor('gemini-2.5-flash'));

    expect({ path: call.path, query: call.query, body: JSON.parse(call.body.toString()) }).toEqual({
      path: PATH,
      query: '',
      body: {
        generateContentRequest: {
          model: 'models/gemini-2.5-flash',
          systemInstruction: { parts: [{ text: 's' }] },
          contents,
        },
      },
    });
  });
});

describe('the count', () => {
  it('is read from the vendor and told to a client', () => {
    const count = decodeCountResponse(Buffer.from('{"totalTokens":31,"cachedContentTokenCount":4}'));

    expect(count).toEqual({ inputTokens: 31, cachedTokens: 4 });
    expect(encodeCountResponse(count)).toEqual({ totalTokens: 31, cachedContentTokenCount: 4 });
    expect(encodeCountResponse({ inputTokens: 3 })).toEqual({ totalTokens: 3 });
  });

  it.each(['{}', '[]', 'no', '{"totalTokens":"many"}'])('is missing in %s', (body) => {
    expect(() => decodeCountResponse(Buffer.from(body))).toThrow(
      expect.objectContaining({ kind: 'upstream_invalid_response' }),
    );
  });
});
