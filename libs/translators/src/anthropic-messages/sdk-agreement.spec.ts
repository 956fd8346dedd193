import Anthropic, { APIError } from '@anthropic-ai/sdk';
import type { CanonicalEvent, CanonicalRequest, CanonicalResponse, SseFrame, WireFrame } from '@sluice/core';
import { serialiseSse, SseParser, type StreamTransformer } from '@sluice/streaming';
import { BYTE_CUTS, loadRecordings, missingRecordingsNotice, SSE_REWIRINGS } from '@sluice/testing';
import { accumulateResponse, type TranslationContext } from '@sluice/translator-kit';
import { decodeResponse } from './decode-response.js';
import { encodeResponse } from './encode-response.js';
import { AnthropicStreamDecoder } from './stream-decoder.js';
import { AnthropicStreamEncoder } from './stream-encoder.js';

const request: CanonicalRequest = { model: 'm', stream: true, messages: [], tools: [], sampling: {} };
const contextFor = (requestedModel: string): TranslationContext => ({
  requestId: 'req-1',
  createdAtSeconds: 1_700_000_000,
  requestedModel,
  upstreamModel: 'vendor-model',
  dialect: {},
});

const recordings = (mode: string, isError: boolean) =>
  loadRecordings('anthropic-messages').filter(
    (recording) => recording.mode === mode && recording.features.includes('error') === isError,
  );

const notice = missingRecordingsNotice();
if (notice !== undefined) console.info(notice);

function through<In, Out>(transformer: StreamTransformer<In, Out>, inputs: readonly In[]): readonly Out[] {
  const outputs: Out[] = [];
  for (const input of inputs) transformer.push(input, (output) => outputs.push(output));
  transformer.finish((output) => outputs.push(output));
  return outputs;
}

function eventsOf(chunks: readonly Buffer[]): readonly CanonicalEvent[] {
  const frames = through<Buffer, WireFrame>(new SseParser(), chunks);
  return through(new AnthropicStreamDecoder(contextFor('m'), request), frames);
}

function reencoded(chunks: readonly Buffer[]): Buffer {
  const events = eventsOf(chunks);
  const start = events.find((event) => event.type === 'response-start');
  const frames: readonly SseFrame[] = through(new AnthropicStreamEncoder(contextFor(start?.model ?? '')), events);
  return Buffer.from(frames.map((frame) => serialiseSse(frame)).join(''));
}

function clientOf(body: Uint8Array, contentType: string): Anthropic {
  const fetch = async () => new Response(new Uint8Array(body), { headers: { 'content-type': contentType } });
  return new Anthropic({ apiKey: 'test', maxRetries: 0, fetch });
}

/** What the official client assembles from a stream, or the failure that it raises. */
async function readStream(sse: Uint8Array): Promise<Anthropic.Message | APIError> {
  const stream = clientOf(sse, 'text/event-stream').messages.stream({ model: 'm', max_tokens: 1, messages: [] });
  return stream.finalMessage().catch((raised: unknown) => {
    if (raised instanceof APIError) return raised;
    throw raised;
  });
}

async function readAnswer(body: Uint8Array): Promise<Anthropic.Message> {
  return clientOf(body, 'application/json').messages.create({ model: 'm', max_tokens: 1, messages: [] });
}

/** What a reader takes from a message of the official client. */
function gist(message: Anthropic.Message) {
  const { content, usage } = message;
  const cached = (usage.cache_read_input_tokens ?? 0) + (usage.cache_creation_input_tokens ?? 0);
  return {
    id: message.id,
    model: message.model,
    text: content.flatMap((block) => (block.type === 'text' ? [block.text] : [])),
    reasoning: content.flatMap((block) => (block.type === 'thinking' ? [[block.thinking, block.signature]] : [])),
    calls: content.flatMap((block) => (block.type === 'tool_use' ? [[block.id, block.name, block.input]] : [])),
    citations: content.flatMap((block) => (block.type === 'text' ? (block.citations ?? []) : [])),
    finish: [message.stop_reason, message.stop_sequence ?? undefined],
    usage: [usage.input_tokens + cached, usage.output_tokens, usage.cache_read_input_tokens ?? undefined],
  };
}

/** The same of a canonical answer. */
function gistOf({ id, model, content, finishReason, usage }: CanonicalResponse): ReturnType<typeof gist> {
  return {
    id,
    model,
    text: content.flatMap((block) => (block.type === 'text' ? [block.text] : [])),
    reasoning: content.flatMap((block) =>
      block.type === 'reasoning' && block.signature !== undefined ? [[block.text, block.signature.value]] : [],
    ),
    calls: content.flatMap((block) =>
      block.type === 'tool-call' ? [[block.id, block.name, JSON.parse(block.argumentsJson || '{}')]] : [],
    ),
    // citations keep the vendor's shape
    citations: content.flatMap((block) => (block.type === 'text' ? (block.citations ?? []) : [])) as never,
    finish: [finishReason.raw as never, finishReason.stopSequence],
    usage: [usage?.input ?? -1, usage?.output ?? -1, usage?.cacheRead],
  };
}

/** `null` and absent are the same to a reader; so are empty citations. */
function plain(message: Anthropic.Message): unknown {
  return JSON.parse(
    JSON.stringify(message, (name, value: unknown) =>
      value === null || (name === 'citations' && Array.isArray(value) && value.length === 0) ? undefined : value,
    ),
  );
}

describe('the official client', () => {
  it('reads in every recorded stream what we read', async () => {
    for (const { id, body } of recordings('stream', false)) {
      const message = (await readStream(body)) as Anthropic.Message; // none of these is a failure
      const read = gistOf(accumulateResponse(eventsOf([body])));

      expect({ id, read }).toEqual({ id, read: gist(message) });
    }
  });

  it('reads in every recorded answer what we read', async () => {
    for (const { id, body } of recordings('json', false)) {
      const message = await readAnswer(body);
      const read = gistOf(decodeResponse(body, contextFor('m'), request));

      expect({ id, read }).toEqual({ id, read: gist(message) });
    }
  });

  describe.each(BYTE_CUTS)('when the bytes are cut (%s)', (_, cut) => {
    it('reads the same from our stream as from the recording', async () => {
      for (const { id, body } of recordings('stream', false)) {
        const theirs = (await readStream(body)) as Anthropic.Message;
        const ours = (await readStream(reencoded(cut(body)))) as Anthropic.Message;

        expect({ id, message: plain(ours) }).toEqual({ id, message: plain(theirs) });
      }
    });
  });

  describe.each(SSE_REWIRINGS)('when the stream is spelled otherwise (%s)', (_, rewire) => {
    it('reads the same from our stream as from the recording', async () => {
      for (const { id, body } of recordings('stream', false)) {
        const theirs = (await readStream(body)) as Anthropic.Message;
        const ours = (await readStream(reencoded([rewire(body)]))) as Anthropic.Message;

        expect({ id, message: plain(ours) }).toEqual({ id, message: plain(theirs) });
      }
    });
  });

  it('reads the same from our answer as from the recording', async () => {
    for (const { id, body } of recordings('json', false)) {
      const theirs = await readAnswer(body);
      const answer = encodeResponse(decodeResponse(body, contextFor('m'), request), contextFor(theirs.model));
      const ours = await readAnswer(Buffer.from(JSON.stringify(answer)));

      expect({ id, gist: gist(ours) }).toEqual({ id, gist: gist(theirs) });
    }
  });

  it('raises the same failure from our stream as from the recording', async () => {
    for (const { id, body } of recordings('stream', true)) {
      const theirs = await readStream(body);
      const ours = await readStream(reencoded([body]));

      expect(ours).toBeInstanceOf(APIError);
      expect({ id, error: (ours as APIError).error }).toEqual({ id, error: (theirs as APIError).error });
    }
  });

  it('raises a failure for a recording that breaks off', async () => {
    for (const { body } of recordings('stream', false)) {
      const broken = reencoded([body.subarray(0, body.lastIndexOf('event: message_stop'))]);

      const raised = await readStream(broken);

      expect(raised).toBeInstanceOf(APIError);
      expect(raised).toMatchObject({ type: 'api_error', errorCode: 'upstream_truncated' });
    }
  });
});
