import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readdirSync, readFileSync } from 'node:fs';
import { ApiError, GoogleGenAI, type GenerateContentResponse } from '@google/genai';
import { GatewayError, type CanonicalEvent, type CanonicalRequest, type SseFrame, type WireFrame } from '@sluice/core';
import { serialiseSse, SseParser, type StreamTransformer } from '@sluice/streaming';
import { BYTE_CUTS, loadRecordings, missingRecordingsNotice, SSE_REWIRINGS } from '@sluice/testing';
import { accumulateResponse, type TranslationContext } from '@sluice/translator-kit';
import { decodeResponse } from './decode-response.js';
import { encodeError } from './encode-error.js';
import { encodeResponse } from './encode-response.js';
import { GeminiStreamDecoder } from './stream-decoder.js';
import { GeminiStreamEncoder } from './stream-encoder.js';

const request: CanonicalRequest = { model: 'm', stream: true, messages: [], tools: [], sampling: {} };
const contextFor = (requestedModel: string): TranslationContext => ({
  requestId: 'req-1',
  createdAtSeconds: 1_700_000_000,
  requestedModel,
  upstreamModel: 'vendor-model',
  dialect: {},
});

const notice = missingRecordingsNotice();
if (notice !== undefined) console.info(notice);

const recordings = (mode: 'json' | 'stream') =>
  loadRecordings('gemini')
    .filter((recording) => recording.mode === mode)
    .map(({ id, body }) => ({ id, body }));
const own = (kind: 'responses' | 'streams', ...names: readonly string[]) => {
  const folder = new URL(`./__fixtures__/${kind}/`, import.meta.url);
  return readdirSync(folder)
    .filter((name) => names.includes(name))
    .map((id) => ({ id, body: readFileSync(new URL(id, folder)) }));
};
const streams = () => [
  ...recordings('stream'),
  ...own('streams', 'thoughts-and-calls.sse', 'grounded.sse', 'late-usage.sse', 'blocked-prompt.sse'),
];
const answers = () => [...recordings('json'), ...own('responses', 'everything.json', 'thought-out.json')];

function through<In, Out>(transformer: StreamTransformer<In, Out>, inputs: readonly In[]): readonly Out[] {
  const outputs: Out[] = [];
  for (const input of inputs) transformer.push(input, (output) => outputs.push(output));
  transformer.finish((output) => outputs.push(output));
  return outputs;
}

function eventsOf(chunks: readonly Buffer[]): readonly CanonicalEvent[] {
  return through(
    new GeminiStreamDecoder(contextFor('m'), request),
    through<Buffer, WireFrame>(new SseParser(), chunks),
  );
}

function streamOf(events: readonly CanonicalEvent[]): Buffer {
  const start = events.find((event) => event.type === 'response-start');
  const frames: readonly SseFrame[] = through(new GeminiStreamEncoder(contextFor(start?.model ?? '')), events);
  return Buffer.from(frames.map((frame) => serialiseSse(frame)).join(''));
}

const reencoded = (chunks: readonly Buffer[]): Buffer => streamOf(eventsOf(chunks));

/** What a reader takes from the answers of the official client, whole or in pieces. */
function gist(chunks: readonly GenerateContentResponse[]) {
  const parts = chunks.flatMap((chunk) => chunk.candidates?.[0]?.content?.parts ?? []);
  const last = chunks.at(-1);
  const usage = chunks.findLast(({ usageMetadata }) => usageMetadata?.promptTokenCount !== undefined)?.usageMetadata;
  return {
    id: last?.responseId,
    model: last?.modelVersion,
    text: parts.map(({ text, thought }) => (thought ? '' : (text ?? ''))).join(''),
    reasoning: parts.map(({ text, thought }) => (thought ? (text ?? '') : '')).join(''),
    calls: parts.flatMap(({ functionCall }) => (functionCall ? [[functionCall.name, functionCall.args]] : [])),
    signatures: parts.flatMap(({ thoughtSignature }) => thoughtSignature ?? []),
    finish: chunks.findLast(({ candidates }) => candidates?.[0]?.finishReason)?.candidates?.[0]?.finishReason,
    blocked: chunks.find(({ promptFeedback }) => promptFeedback)?.promptFeedback?.blockReason,
    usage: [usage?.promptTokenCount, usage?.candidatesTokenCount, usage?.thoughtsTokenCount, usage?.totalTokenCount],
  };
}

describe('the official client', () => {
  let server: Server;
  let client: GoogleGenAI;
  let reply: { readonly status: number; readonly type: string; readonly body: Uint8Array };
  let seenUrl: string | undefined;

  beforeAll(async () => {
    server = createServer((incoming, response) => {
      seenUrl = incoming.url;
      incoming.resume();
      response.writeHead(reply.status, { 'content-type': reply.type }).end(reply.body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo; // a TCP server has one
    const httpOptions = { baseUrl: `http://127.0.0.1:${port}`, fetch, retryOptions: { attempts: 1 } };
    client = new GoogleGenAI({ apiKey: 'test', httpOptions });
  });

  afterAll(() => new Promise((resolve) => server.close(resolve)));

  async function readStream(body: Uint8Array): Promise<readonly GenerateContentResponse[]> {
    reply = { status: 200, type: 'text/event-stream', body };
    const chunks: GenerateContentResponse[] = [];
    for await (const chunk of await client.models.generateContentStream({ model: 'm', contents: 'x' })) {
      chunks.push(chunk);
    }
    return chunks;
  }

  async function readAnswer(body: Uint8Array): Promise<GenerateContentResponse> {
    reply = { status: 200, type: 'application/json', body };
    return client.models.generateContent({ model: 'm', contents: 'x' });
  }

  it('reads in every recorded stream what we read', async () => {
    for (const { id, body } of streams()) {
      const theirs = gist(await readStream(body));
      const ours = accumulateResponse(eventsOf([body]));

      const text = ours.content.map((block) => (block.type === 'text' ? block.text : '')).join('');
      const reasoning = ours.content.map((block) => (block.type === 'reasoning' ? block.text : '')).join('');
      const calls = ours.content.flatMap((block) =>
        block.type === 'tool-call' ? [[block.name, JSON.parse(block.argumentsJson)]] : [],
      );
      const { usage } = ours;
      const [prompt, candidates = 0, thoughts = 0] = theirs.usage;
      expect({ id, model: ours.model, text, reasoning, calls, finish: ours.finishReason.raw }).toEqual({
        id,
        model: theirs.model,
        text: theirs.text,
        reasoning: theirs.reasoning,
        calls: theirs.calls,
        finish: theirs.finish ?? theirs.blocked,
      });
      expect([usage?.input, usage?.output]).toEqual([prompt, candidates + thoughts]);
    }
  });

  describe.each(BYTE_CUTS)('when the bytes are cut (%s)', (_, cut) => {
    it('reads the same from our stream as from the recording', async () => {
      for (const { id, body } of streams()) {
        const theirs = gist(await readStream(body));
        const ours = gist(await readStream(reencoded(cut(body))));

        expect({ stream: id, ...ours }).toEqual({ stream: id, ...theirs });
      }
    });
  });

  describe.each(SSE_REWIRINGS)('when the stream is spelled otherwise (%s)', (_, rewire) => {
    it('reads the same from our stream as from the recording', async () => {
      for (const { id, body } of recordings('stream')) {
        const theirs = gist(await readStream(body));
        const ours = gist(await readStream(reencoded([rewire(body)])));

        expect({ stream: id, ...ours }).toEqual({ stream: id, ...theirs });
      }
    });
  });

  it('reads the same from our answer as from the recording', async () => {
    for (const { id, body } of answers()) {
      const theirs = await readAnswer(body);
      const answer = encodeResponse(
        decodeResponse(body, contextFor('m'), request),
        contextFor(theirs.modelVersion ?? ''),
      );
      const ours = await readAnswer(Buffer.from(JSON.stringify(answer)));

      expect({ answer: id, ...gist([ours]) }).toEqual({ answer: id, ...gist([theirs]) });
    }
  });

  it('reads an answer of another vendor: text, thought, whole calls, usage', async () => {
    const events: readonly CanonicalEvent[] = [
      { type: 'response-start', id: 'msg_1', model: 'claude' },
      { type: 'block-start', index: 0, block: { type: 'reasoning' } },
      { type: 'block-delta', index: 0, delta: 'think' },
      { type: 'block-end', index: 0 },
      { type: 'block-start', index: 1, block: { type: 'tool-call', id: 'toolu_1', name: 'f' } },
      { type: 'block-delta', index: 1, delta: '{"a":' },
      { type: 'block-start', index: 2, block: { type: 'text' } },
      { type: 'block-delta', index: 2, delta: 'done "ü"' },
      { type: 'block-delta', index: 1, delta: '1}' },
      { type: 'block-end', index: 1 },
      { type: 'block-end', index: 2 },
      { type: 'usage', usage: { input: 10, output: 7, reasoning: 3, cacheRead: 4, source: 'upstream' } },
      { type: 'response-end', finishReason: { unified: 'length', raw: 'max_tokens' } },
    ];

    const chunks = await readStream(streamOf(events));

    expect(gist(chunks)).toMatchObject({
      id: 'msg_1',
      model: 'claude',
      reasoning: 'think',
      text: 'done "ü"',
      calls: [['f', { a: 1 }]],
      finish: 'MAX_TOKENS',
      usage: [10, 4, 3, 17],
    });
    expect(chunks.at(-1)?.usageMetadata?.cachedContentTokenCount).toBe(4);
    expect(chunks.flatMap((chunk) => chunk.functionCalls ?? [])[0]?.id).toBe('toolu_1');
    expect(seenUrl).toBe('/v1beta/models/m:streamGenerateContent?alt=sse');
  });

  it('raises our errors with status and word', async () => {
    const error = new GatewayError({ kind: 'rate_limited', message: 'Slow down.', retryAfterMs: 1500 });
    const { status, body } = encodeError(error, 'req-9');
    reply = { status, type: 'application/json', body: Buffer.from(JSON.stringify(body)) };

    const raised = client.models.generateContent({ model: 'm', contents: 'x' });

    await expect(raised).rejects.toThrow(ApiError);
    await expect(raised).rejects.toMatchObject({
      status: 429,
      message: expect.stringMatching(/Slow down\..*RESOURCE_EXHAUSTED.*RATE_LIMITED.*"retryDelay":"1.5s"/s),
    });
  });

  it('raises a failure for a recording that breaks off', async () => {
    for (const { body } of recordings('stream')) {
      const broken = reencoded([body.subarray(0, body.lastIndexOf('data: '))]);

      await expect(readStream(broken)).rejects.toThrow(/UPSTREAM_TRUNCATED/);
    }
  });
});
