import { sendRaw } from '@sluice/testing';
import { anthropicClient } from '../harness/format-client.js';
import { startTestGateway, type TestGateway } from '../harness/start-test-gateway.js';
import { account, CLIENT_KEY, MODELS } from '../harness/test-configuration.js';

const MODEL = MODELS['openai-chat'];
const THOUGHT = 'data: {"id":"c","model":"m","choices":[{"index":0,"delta":{"content":"<thi"}}]}\n\n';
const TEXT =
  'data: {"id":"c","model":"m","choices":[{"index":0,"delta":{"content":"nk>Tides.</think>At noon."},"finish_reason":"stop"}]}\n\n';
const STREAM = `${THOUGHT}${TEXT}data: [DONE]\n\n`;

describe('an account with a dialect', () => {
  let test: TestGateway;
  beforeAll(async () => {
    test = await startTestGateway();
  });
  afterEach(() => test.checkAfterTest());
  afterAll(() => test.stop());

  const serve = (dialect: string) =>
    test.configure({ accounts: [account('openai-chat', test.vendor.url, { dialect })] });
  const thinkInTags = () =>
    test.vendor.next({
      replay: { status: 200, headers: { 'content-type': 'text/event-stream' }, chunks: [Buffer.from(STREAM)] },
    });

  it('has the thinking in the text of its answers read as thinking', async () => {
    await serve('vllm');
    thinkInTags();

    const message = await anthropicClient(test.url)
      .messages.stream({ model: MODEL, max_tokens: 64, messages: [{ role: 'user', content: 'When?' }] })
      .finalMessage();

    expect(message.content).toMatchObject([
      { type: 'thinking', thinking: 'Tides.' },
      { type: 'text', text: 'At noon.' },
    ]);
  });

  it('has the bytes of its answers left alone for clients of its own format', async () => {
    await serve('vllm');
    thinkInTags();

    const reply = await sendRaw(`${test.url}/v1/chat/completions`, {
      headers: { authorization: `Bearer ${CLIENT_KEY}` },
      body: { model: MODEL, stream: true, messages: [{ role: 'user', content: 'When?' }] },
    });

    expect(reply.text).toBe(STREAM);
  });

  it('is told of calls and addressed as it wants', async () => {
    await serve('mistral');

    await anthropicClient(test.url).messages.create({
      model: MODEL,
      max_tokens: 64,
      messages: [
        { role: 'user', content: 'When?' },
        { role: 'assistant', content: [{ type: 'tool_use', id: 'toolu_01A', name: 'get_tide', input: {} }] },
        { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'toolu_01A', content: 'noon' }] },
      ],
    });

    const body = JSON.parse(test.vendor.requests[0]?.body.toString() ?? '') as {
      messages: { tool_calls?: { id: string }[]; tool_call_id?: string }[];
    };
    const id = body.messages[1]?.tool_calls?.[0]?.id;
    expect(id).toMatch(/^[a-zA-Z0-9]{9}$/);
    expect(body.messages[2]?.tool_call_id).toBe(id);
  });
});
