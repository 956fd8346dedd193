import { streamFraming } from './stream-framing.js';

describe('streamFraming', () => {
  it.each([
    ['?alt=sse', 'sse'],
    ['?key=k&alt=sse', 'sse'],
    ['?alt=SSE', 'sse'],
    ['', 'json-array'],
    ['?alt=json', 'json-array'],
    ['?prettyPrint=false', 'json-array'],
  ])('%j is framed as %s', (query, framing) => {
    const path = '/v1beta/models/gemini-2.5-flash:streamGenerateContent';

    expect(streamFraming({ path, query, body: Buffer.alloc(0) })).toBe(framing);
  });
});
