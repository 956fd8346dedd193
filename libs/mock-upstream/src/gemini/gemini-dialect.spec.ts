import { ApiError, GoogleGenAI, type GenerateContentParameters } from '@google/genai';
import { sendRaw } from '@sluice/testing';
import type { MockUpstream } from '../mock-upstream.js';
import { startMockUpstream } from '../start-mock-upstream.js';

const REQUEST: GenerateContentParameters = {
  model: 'demo',
  contents: [{ role: 'user', parts: [{ text: 'Hello wörld' }] }],
  config: { systemInstruction: 'Be brief.' },
};

const TOOL_REQUEST: GenerateContentParameters = {
  model: 'demo',
  contents: [{ role: 'user', parts: [{ text: 'call:get_weather {"city":"Tromsø 🌨"} and call:get_weather' }] }],
  config: { tools: [{ functionDeclarations: [{ name: 'get_weather' }] }] },
};

const CALLS = [
  { name: 'get_weather', args: { city: 'Tromsø 🌨' } },
  { name: 'get_weather', args: {} },
];

describe('the mock as Gemini, read by the official SDK', () => {
  let mock: MockUpstream;
  let client: GoogleGenAI;

  beforeAll(async () => {
    mock = await startMockUpstream();
    client = new GoogleGenAI({
      apiKey: 'mock',
      httpOptions: { baseUrl: mock.url, fetch, retryOptions: { attempts: 1 } },
    });
  });

  beforeEach(() => mock.reset());

  afterAll(() => mock.stop());

  it('says what it is and repeats the last user text', async () => {
    const answer = await client.models.generateContent(REQUEST);

    expect(answer.text).toMatch(/^This is Sluice's demo account: no model is asked.*Hello wörld$/);
    expect(answer.candidates?.[0]?.finishReason).toBe('STOP');
    expect(answer.modelVersion).toBe('demo');
    expect(answer.usageMetadata).toMatchObject({ promptTokenCount: 4, candidatesTokenCount: 19, totalTokenCount: 23 });
  });

  it('stops at the limit', async () => {
    const answer = await client.models.generateContent({ ...REQUEST, config: { maxOutputTokens: 3 } });

    expect(answer.text).toBe("This is Sluice's");
    expect(answer.candidates?.[0]?.finishReason).toBe('MAX_TOKENS');
  });

  it('streams the same answer, with usage at the end', async () => {
    const whole = await client.models.generateContent(REQUEST);
    const chunks = [];

    for await (const chunk of await client.models.generateContentStream(REQUEST)) chunks.push(chunk);

    expect(chunks.length).toBeGreaterThan(2);
    expect(chunks.map(({ text }) => text ?? '').join('')).toBe(whole.text);
    expect(chunks.at(-1)?.usageMetadata).toMatchObject({ totalTokenCount: 23 });
    expect(chunks.at(-1)?.candidates?.[0]?.finishReason).toBe('STOP');
  });

  it('ends its lines as Google does', async () => {
    const { text, headers } = await sendRaw(`${mock.url}/v1beta/models/demo:streamGenerateContent?alt=sse`, {
      body: { contents: REQUEST.contents },
    });

    expect(headers['content-type']).toBe('text/event-stream; charset=utf-8');
    expect(text).toMatch(/^(?:data: \{.*\}\r\n\r\n)+$/);
  });

  it('answers with the calls that the prompt asks for', async () => {
    const answer = await client.models.generateContent(TOOL_REQUEST);

    expect(answer.functionCalls).toEqual(CALLS);
  });

  it('streams whole calls', async () => {
    const calls = [];

    for await (const chunk of await client.models.generateContentStream(TOOL_REQUEST)) {
      calls.push(...(chunk.functionCalls ?? []));
    }

    expect(calls).toEqual(CALLS);
  });

  it('answers in words once the tool has answered', async () => {
    const answer = await client.models.generateContent({
      ...TOOL_REQUEST,
      contents: [
        { role: 'user', parts: [{ text: 'call:get_weather' }] },
        { role: 'model', parts: [{ functionCall: { name: 'get_weather', args: {} } }] },
        { role: 'user', parts: [{ functionResponse: { name: 'get_weather', response: { result: 'snow' } } }] },
      ],
    });

    expect(answer.text).toMatch(/The tool answered: snow$/);
  });

  it.each([
    [400, 'INVALID_ARGUMENT'],
    [401, 'UNAUTHENTICATED'],
    [403, 'PERMISSION_DENIED'],
    [404, 'NOT_FOUND'],
    [429, 'RESOURCE_EXHAUSTED'],
    [500, 'INTERNAL'],
    [503, 'UNAVAILABLE'],
  ])('%d has the vendor’s shape', async (status, word) => {
    mock.next({ status, message: 'no', code: 'SOME_REASON' });

    const failure = client.models.generateContent(REQUEST);

    await expect(failure).rejects.toThrow(ApiError);
    await expect(failure).rejects.toMatchObject({ status, message: expect.stringContaining(`"status":"${word}"`) });
  });

  it('fails inside a stream', async () => {
    mock.next({ errorInStream: 'after', text: 'one two' });

    const texts: (string | undefined)[] = [];

    const reading = async () => {
      for await (const { text } of await client.models.generateContentStream(REQUEST)) texts.push(text);
    };

    await expect(reading()).rejects.toThrow(/UNAVAILABLE/);
    expect(texts.join('')).not.toBe('');
  });

  it('refuses a body without contents', async () => {
    const reply = await sendRaw(`${mock.url}/v1beta/models/demo:generateContent`, { body: { contents: [] } });

    expect(reply.status).toBe(400);
    expect(JSON.parse(reply.text)).toMatchObject({ error: { code: 400, status: 'INVALID_ARGUMENT' } });
  });

  it('answers a wrong path of its clients in its own shape', async () => {
    const reply = await sendRaw(`${mock.url}/v1beta/nothing`, { body: {} });

    expect(JSON.parse(reply.text)).toMatchObject({ error: { code: 404, status: 'NOT_FOUND' } });
  });

  it('lists its models', async () => {
    const models = await client.models.list();

    expect(models.page.map(({ name }) => name)).toEqual(['models/demo', 'models/bench']);
  });
});
