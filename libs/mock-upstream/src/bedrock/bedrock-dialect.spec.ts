import type { JsonObject } from '@sluice/core';
import { EventStreamDecoder, type EventStreamMessage } from '@sluice/event-stream';
import { sendRaw } from '@sluice/testing';
import type { MockUpstream } from '../mock-upstream.js';
import { startMockUpstream } from '../start-mock-upstream.js';

const MODEL = encodeURIComponent('us.anthropic.claude-sonnet-4-5-20250929-v1:0');

const asking = (text: string, more: JsonObject = {}): JsonObject => ({
  messages: [{ role: 'user', content: [{ text }] }],
  ...more,
});

const TOOLS = {
  toolConfig: { tools: [{ toolSpec: { name: 'get_weather', inputSchema: { json: {} } } }, { cachePoint: {} }] },
};

describe('the mock as Bedrock', () => {
  let mock: MockUpstream;

  beforeAll(async () => {
    mock = await startMockUpstream();
  });

  beforeEach(() => mock.reset());

  afterAll(() => mock.stop());

  const converse = async (body: JsonObject): Promise<JsonObject> =>
    JSON.parse((await sendRaw(`${mock.url}/model/${MODEL}/converse`, { body })).text) as JsonObject;

  /** The answer's messages, decoded with both checksums checked. */
  async function stream(body: JsonObject, headers: Record<string, string> = {}) {
    const reply = await sendRaw(`${mock.url}/model/${MODEL}/converse-stream`, { body, headers });
    const messages: EventStreamMessage[] = [];
    const decoder = new EventStreamDecoder();
    for (const piece of reply.pieces) decoder.push(piece, (message) => void messages.push(message));
    decoder.finish();
    const told = messages.map(({ headers: { ':event-type': event, ':exception-type': exception }, payload }) => ({
      name: event ?? exception,
      payload: JSON.parse(payload.toString()) as JsonObject,
    }));
    return { reply, told };
  }

  it('says what it is and repeats the prompt, whole', async () => {
    expect(await converse(asking('Hello wörld'))).toMatchObject({
      output: {
        message: { role: 'assistant', content: [{ text: expect.stringMatching(/no model is asked.*Hello wörld$/) }] },
      },
      stopReason: 'end_turn',
      usage: { inputTokens: 2 },
    });
  });

  it('streams the same in events of which the last two are stop reason and usage', async () => {
    const whole = await converse(asking('Hello wörld'));
    const { reply, told } = await stream(asking('Hello wörld'));

    const text = told.map(({ payload }) => (payload['delta'] as JsonObject | undefined)?.['text'] ?? '').join('');
    expect(reply.headers['content-type']).toBe('application/vnd.amazon.eventstream');
    expect(whole).toMatchObject({ output: { message: { content: [{ text }] } } });
    expect(told.slice(-3)).toEqual([
      { name: 'contentBlockStop', payload: { contentBlockIndex: 0 } },
      { name: 'messageStop', payload: { stopReason: 'end_turn' } },
      { name: 'metadata', payload: { usage: whole['usage'], metrics: { latencyMs: 100 } } },
    ]);
  });

  it('makes the calls that the prompt asks for', async () => {
    const prompt = 'call:get_weather {"city":"Tromsø 🌨"} and call:get_weather';

    const whole = await converse(asking(prompt, TOOLS));
    const { told } = await stream(asking(prompt, TOOLS));

    expect(whole).toMatchObject({
      output: {
        message: {
          content: [
            { toolUse: { name: 'get_weather', input: { city: 'Tromsø 🌨' } } },
            { toolUse: { name: 'get_weather', input: {} } },
          ],
        },
      },
      stopReason: 'tool_use',
    });
    expect(told.filter(({ name }) => name === 'contentBlockStart').map(({ payload }) => payload)).toMatchObject([
      { contentBlockIndex: 0, start: { toolUse: { name: 'get_weather' } } },
      { contentBlockIndex: 1, start: { toolUse: { name: 'get_weather' } } },
    ]);
  });

  it('answers in words once the tool has answered', async () => {
    const messages = [
      { role: 'user', content: [{ text: 'q' }] },
      { role: 'assistant', content: [{ toolUse: { toolUseId: 't', name: 'get_weather', input: {} } }] },
      { role: 'user', content: [{ toolResult: { toolUseId: 't', content: [{ text: 'snow' }] } }] },
    ];

    expect(await converse({ messages, ...TOOLS })).toMatchObject({
      output: { message: { content: [{ text: expect.stringMatching(/The tool answered: snow$/) }] } },
    });
  });

  it('stops at the wanted length', async () => {
    expect(await converse(asking('hi', { inferenceConfig: { maxTokens: 2 } }))).toMatchObject({
      output: { message: { content: [{ text: 'This is' }] } },
      stopReason: 'max_tokens',
    });
  });

  it('fails inside a 200', async () => {
    const { reply, told } = await stream(asking('hi'), { 'x-mock': 'text=a b,errorInStream=after' });

    expect(reply.status).toBe(200);
    expect(told.map(({ name }) => name)).toEqual(['messageStart', 'contentBlockDelta', 'serviceUnavailableException']);
  });

  it('leaves the end away', async () => {
    const { told } = await stream(asking('hi'), { 'x-mock': 'text=a,truncate' });

    expect(told.map(({ name }) => name)).toEqual(['messageStart', 'contentBlockDelta', 'contentBlockStop']);
  });

  it('stamps its pieces without breaking their checksums', async () => {
    const { told } = await stream(asking('hi'), { 'x-mock': 'chunks=3,stamp=true' });

    const text = told.map(({ payload }) => (payload['delta'] as JsonObject | undefined)?.['text'] ?? '').join('');
    expect(text).toMatch(/^(#00000\d @\d{16} ){3}$/);
  });

  it('sends a frame that nobody can read', async () => {
    await expect(stream(asking('hi'), { 'x-mock': 'invalidSse' })).rejects.toThrow(SyntaxError);
  });

  it.each([
    [403, '', { __type: 'UnrecognizedClientException' }],
    [403, ',code=ExpiredTokenException', { __type: 'ExpiredTokenException' }],
    [429, '', { __type: 'ThrottlingException' }],
    [500, ',message=boom', { message: 'boom' }],
    [418, '', { message: 'The request was refused.' }],
    [599, '', { message: 'Internal failure' }],
  ])('answers %d%s in the vendor’s words', async (status, more, said) => {
    const headers = { 'x-mock': `status=${status}${more}` };
    const reply = await sendRaw(`${mock.url}/model/${MODEL}/converse`, { headers, body: asking('hi') });

    expect(reply.status).toBe(status);
    expect(JSON.parse(reply.text)).toMatchObject(said);
  });

  it.each([
    ['nobody speaks', []],
    ['the assistant begins', [{ role: 'assistant', content: [] }]],
    [
      'roles do not alternate',
      [
        { role: 'user', content: [] },
        { role: 'user', content: [] },
      ],
    ],
  ])('refuses a conversation in which %s', async (_, messages) => {
    expect(await converse({ messages })).toMatchObject({ __type: 'ValidationException' });
  });

  it('takes its behaviour from the model name', async () => {
    const reply = await sendRaw(`${mock.url}/model/${encodeURIComponent('demo?status=503')}/converse`, {
      body: asking('hi'),
    });

    expect(reply.status).toBe(503);
  });

  it('lists its models', async () => {
    const reply = await sendRaw(`${mock.url}/foundation-models?byOutputModality=TEXT`, { method: 'GET' });

    expect(JSON.parse(reply.text)).toMatchObject({ modelSummaries: [{ modelId: 'demo' }, { modelId: 'bench' }] });
  });
});
