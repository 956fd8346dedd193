import { readFileSync } from 'node:fs';
import { decodeRequest } from './decode-request.js';
import { decode } from './__fixtures__/exchange.js';

describe('decodeRequest', () => {
  it('reads an agent’s conversation', () => {
    const body = readFileSync(new URL('./__fixtures__/requests/agent-loop.json', import.meta.url));

    const request = decodeRequest({ path: '/v1/models/gemini-2.5-pro:streamGenerateContent', query: '', body });

    expect(request).toMatchObject({
      model: 'gemini-2.5-pro',
      stream: true,
      messages: [
        { role: 'system', content: [{ text: 'You are terse.' }, { text: 'Answer in metric units.' }] },
        {
          role: 'user',
          content: [
            { type: 'text' },
            { type: 'image', mediaType: 'image/png', title: 'map', source: { kind: 'base64', value: 'iVBORw0KGgo=' } },
            { type: 'document', source: { kind: 'url', value: 'https://files.example/guide.pdf' } },
            { type: 'image', source: { kind: 'file-id' } },
          ],
        },
        {
          role: 'assistant',
          content: [
            { type: 'reasoning', text: 'Two cities, two calls.' },
            {
              type: 'tool-call',
              name: 'get_weather',
              argumentsJson: '{"city":"Oslo"}',
              signature: { family: 'gemini', value: 'CgNhYmM=' },
            },
            { type: 'tool-call', name: 'get_weather', argumentsJson: '{"city":"Bergen"}' },
            { type: 'tool-call', id: 'own-7', name: 'get_time', argumentsJson: '{}' },
          ],
        },
        {
          role: 'user',
          content: [
            { type: 'tool-result', name: 'get_weather', content: [{ text: '4 °C, snow' }] },
            { type: 'tool-result', name: 'get_weather', content: [{ text: '{"celsius":7,"rain":true}' }] },
            { type: 'tool-result', callId: 'own-7', isError: true, content: [{ text: 'no clock' }] },
            { type: 'text', text: 'And in Fahrenheit?' },
          ],
        },
      ],
      tools: [
        {
          name: 'get_weather',
          parameters: {
            type: 'object',
            properties: {
              city: { type: ['string', 'null'] },
              title: { type: 'string', enum: ['now', 'today'] },
              days: { type: 'array', items: { type: 'integer' }, maxItems: 3 },
            },
            required: ['city'],
          },
        },
        { name: 'get_time', parameters: { type: 'object' }, extensions: { gemini: { behavior: 'BLOCKING' } } },
        { name: 'ping', parameters: { type: 'object', properties: {} } },
      ],
      toolChoice: { mode: 'required' },
      sampling: {
        temperature: 0.4,
        topP: 0.9,
        topK: 40,
        candidates: 1,
        maxOutputTokens: 1000,
        stop: ['END'],
        seed: 7,
        presencePenalty: 0.1,
        frequencyPenalty: -0.1,
        logprobs: 3,
      },
      reasoning: { mode: 'on', budgetTokens: 2048, show: 'summary' },
      serviceTier: 'flex',
      extensions: {
        gemini: {
          cachedContent: 'cachedContents/abc',
          labels: { team: 'weather' },
          safetySettings: [{ category: 'HARM_CATEGORY_HARASSMENT', threshold: 'BLOCK_ONLY_HIGH' }],
          store: false,
          generationConfig: { responseModalities: ['TEXT'], mediaResolution: 'MEDIA_RESOLUTION_LOW' },
        },
      },
    });
  });

  it.each([
    ['one string', 'hi'],
    ['one content', { parts: [{ text: 'hi' }] }],
    ['a list of strings', ['hi']],
    ['one part', [{ parts: { text: 'hi' } }]],
  ])('reads contents given as %s', (_, contents) => {
    expect(decode({ contents }).messages).toEqual([{ role: 'user', content: [{ type: 'text', text: 'hi' }] }]);
  });

  it('reads an instruction given as a string', () => {
    expect(decode({ systemInstruction: 's' }).messages).toEqual([
      { role: 'system', content: [{ type: 'text', text: 's' }] },
    ]);
  });

  it.each([
    [{ responseMimeType: 'application/json' }, { type: 'json' }],
    [{ responseMimeType: 'text/plain' }, { type: 'text' }],
    [
      { responseMimeType: 'application/json', responseSchema: { type: 'ARRAY', items: { type: 'NUMBER' } } },
      { type: 'json-schema', schema: { type: 'array', items: { type: 'number' } } },
    ],
    [
      { responseMimeType: 'application/json', responseJsonSchema: { type: 'object' } },
      { type: 'json-schema', schema: { type: 'object' } },
    ],
    [{ responseMimeType: 'text/x.enum', responseSchema: { type: 'STRING', enum: ['a'] } }, undefined],
  ])('the answer asked for with %j is %j', (generationConfig, responseFormat) => {
    expect(decode({ generationConfig }).responseFormat).toEqual(responseFormat);
  });

  it.each([
    [{ contents: [5] }, 'contents[0]'],
    [{ contents: [{ parts: [5] }] }, 'contents[0].parts[0]'],
    [{ contents: [{ parts: [{ functionCall: { args: {} } }] }] }, 'contents[0].parts[0].functionCall.name'],
    [{ systemInstruction: 5 }, 'systemInstruction'],
    [{ tools: [{ functionDeclarations: [{}] }] }, 'tools[0].functionDeclarations[0].name'],
  ])('refuses %j', (body, param) => {
    expect(() => decode(body)).toThrow(expect.objectContaining({ kind: 'invalid_request', param }));
  });
});
