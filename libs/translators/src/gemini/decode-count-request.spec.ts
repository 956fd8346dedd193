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
