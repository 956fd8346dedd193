import type { CanonicalEvent, CanonicalRequest, CanonicalResponse, SseFrame, WireFrame } from '@sluice/core';
import { serialiseSse, SseParser, type StreamTransformer } from '@sluice/streaming';
import { BYTE_CUTS, loadRecordings, missingRecordingsNotice, SSE_REWIRINGS } from '@sluice/testing';
import { accumulateResponse, type TranslationContext } from '@sluice/translator-kit';
import OpenAI, { APIError } from 'openai';
import type { Response as OpenAiResponse, ResponseStreamEvent } from 'openai/resources/responses/responses';
import { openAiResponses } from './format.js';

const { translation: client } = openAiResponses.client;
const { translation: upstream } = openAiResponses.upstream;

const REQUEST: CanonicalRequest = { model: 'm', stream: true, messages: [], tools: [], sampling: {} };
const contextFor = (requestedModel: string): TranslationContext => ({
  requestId: 'req-1',
  createdAtSeconds: 1_700_000_000,
  requestedModel,
  upstreamModel: 'vendor-model',
  dialect: {},
});

const notice = missingRecordingsNotice();
if (notice !== undefined) console.info(notice);

const recordings = (mode: string, isError: boolean) =>
  loadRecordings('openai-responses').filter(
    (recording) => recording.mode === mode && recording.features.includes('error') === isError,
  );

/** Its deltas were trimmed and no longer add up to its texts. */
const TRIMMED = 'openai-responses/openai-phase.1.stream.sse';
/** The official client's assembler refuses the events that this vendor's tool sends. */
const UNASSEMBLED = 'openai-responses/openai-apply-patch-tool.1.stream.sse';
const wholeStreams = () => recordings('stream', false).filter(({ id }) => id !== TRIMMED);

function through<In, Out>(transformer: StreamTransformer<In, Out>, inputs: readonly In[]): readonly Out[] {
  const outputs: Out[] = [];
  for (const input of inputs) transformer.push(input, (output) => outputs.push(output));
  transformer.finish((output) => outputs.push(output));
  return outputs;
}

function eventsOf(chunks: readonly Buffer[]): readonly CanonicalEvent[] {
  const frames = through<Buffer, WireFrame>(new SseParser(), chunks);
  return through(upstream.createStreamDecoder(contextFor('m'), REQUEST), frames);
}

/** The stream as a client of this format gets it after a translation. */
function reencoded(chunks: readonly Buffer[]): Buffer {
  const events = eventsOf(chunks);
  const start = events.find((event) => event.type === 'response-start');
  const encoder = client.createStreamEncoder(REQUEST, contextFor(start?.model ?? ''));
  const frames: readonly SseFrame[] = through(encoder, events);
  return Buffer.from(frames.map((frame) => serialiseSse(frame)).join(''));
}

function clientOf(body: Uint8Array, contentType: string): OpenAI {
  const fetch = async () => new Response(new Uint8Array(body), { headers: { 'content-type': contentType } });
  return new OpenAI({ apiKey: 'test', maxRetries: 0, fetch });
}

async function readAnswer(body: Uint8Array): Promise<OpenAiResponse> {
  return clientOf(body, 'application/json').responses.create({ model: 'm', input: '' });
}

/** What a reader of events learns; the text in the order of its deltas, items as they were done. */
interface Learnt {
  readonly text: string;
  readonly reasoning: string;
  readonly refusal: string;
  readonly annotations: readonly unknown[];
  readonly items: readonly unknown[];
  readonly last: unknown;
  readonly error?: string;
}

async function readStream(sse: Uint8Array): Promise<Learnt> {
  const stream = await clientOf(sse, 'text/event-stream').responses.create({ model: 'm', input: '', stream: true });
  let [text, reasoning, refusal] = ['', '', ''];
  const annotations: unknown[] = [];
  const items: unknown[] = [];
  let last: unknown;
  const learn = (event: ResponseStreamEvent): void => {
    if (event.type === 'response.output_text.delta') text += event.delta;
    if (event.type === 'response.refusal.delta') refusal += event.delta;
    if (event.type === 'response.reasoning_summary_text.delta') reasoning += event.delta;
    if (event.type === 'response.reasoning_text.delta') reasoning += event.delta;
    if (event.type === 'response.output_text.annotation.added') annotations.push(event.annotation);
    if (event.type === 'response.output_item.done') items.push(event.item);
    if (event.type === 'response.completed' || event.type === 'response.incomplete') last = event.response;
  };
  try {
    for await (const event of stream) learn(event);
  } catch (error) {
    return { text, reasoning, refusal, annotations, items, last, error: String(error) };
  }
  return { text, reasoning, refusal, annotations, items, last };
}

/** What a vendor may leave out where we say that there is nothing, and ids that it may not give. */
function plain(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (name, member: unknown) =>
      member === null || name === 'id' || name === 'total_tokens' || (Array.isArray(member) && member.length === 0)
        ? undefined
        : member,
    ) ?? 'null',
  );
}

/** Without what the official client adds when it assembles a response. */
function withoutParsed(output: unknown): unknown {
  return JSON.parse(
    JSON.stringify(plain(output), (name, member: unknown) =>
      name === 'parsed' || name === 'parsed_arguments' ? undefined : member,
    ),
  );
}

/** A recording's last event may leave the output out, because its items were streamed. */
function learntOf({ last, ...learnt }: Learnt): unknown {
  const response = last as OpenAiResponse | undefined; // what the two terminal events hold
  return plain({ ...learnt, last: response && { ...response, output: learnt.items, output_text: undefined } });
}

/** What a reader takes from a response of the official client. */
function gist({ output, model, status, usage }: OpenAiResponse) {
  return {
    model,
    status,
    text: output.flatMap((item) =>
      item.type === 'message' ? item.content.flatMap((part) => (part.type === 'output_text' ? [part.text] : [])) : [],
    ),
    calls: output.flatMap((item) => (item.type === 'function_call' ? [[item.call_id, item.name, item.arguments]] : [])),
    reasoning: output.flatMap((item) =>
      item.type === 'reasoning'
        ? [[...item.summary, ...(item.content ?? [])].map(({ text }) => text).join('\n\n')]
        : [],
    ),
    usage: [
      usage?.input_tokens,
      usage?.output_tokens,
      usage?.input_tokens_details.cached_tokens,
      usage?.output_tokens_details.reasoning_tokens,
    ],
  };
}

/** The same of a canonical answer. */
function gistOf({ content, model, finishReason, usage }: CanonicalResponse): ReturnType<typeof gist> {
  return {
    model,
    status: finishReason.raw as 'completed', // the recordings that are compared are complete
    text: content.flatMap((block) => (block.type === 'text' ? [block.text] : [])),
    calls: content.flatMap((block) =>
      block.type === 'tool-call' ? [[block.id, block.name, block.argumentsJson]] : [],
    ),
    reasoning: content.flatMap((block) => (block.type === 'reasoning' ? [block.text] : [])),
    usage: [usage?.input, usage?.output, usage?.cacheRead, usage?.reasoning],
  };
}

describe('the official client', () => {
  it('reads in every recorded answer what we read', async () => {
    for (const { id, body } of recordings('json', false)) {
      const read = gistOf(upstream.decodeResponse(body, contextFor('m'), REQUEST));

      expect({ id, read }).toEqual({ id, read: gist(await readAnswer(body)) });
    }
  });

  it('reads in every recorded stream what we read', async () => {
    for (const { id, body } of recordings('stream', false)) {
      const learnt = await readStream(body);
      const read = gistOf(accumulateResponse(eventsOf([body])));

      expect({ id, text: read.text.join(''), calls: read.calls, usage: read.usage }).toEqual({
        id,
        text: learnt.text,
        calls: gist({ ...(learnt.last as OpenAiResponse), output: learnt.items as OpenAiResponse['output'] }).calls,
        usage: gist({ ...(learnt.last as OpenAiResponse), output: [] }).usage,
      });
    }
  });

  it('reads the same from our answer as from the recording', async () => {
    for (const { id, body } of recordings('json', false)) {
      const theirs = await readAnswer(body);
      const decoded = upstream.decodeResponse(body, contextFor('m'), REQUEST);
      const ours = await readAnswer(
        Buffer.from(JSON.stringify(client.encodeResponse(decoded, contextFor(theirs.model), REQUEST))),
      );

      expect({ id, response: plain(ours) }).toEqual({ id, response: plain(theirs) });
    }
  });

  describe.each(BYTE_CUTS)('when the bytes are cut (%s)', (_, cut) => {
    it('reads the same from our stream as from the recording', async () => {
      for (const { id, body } of wholeStreams()) {
        const theirs = learntOf(await readStream(body));

        expect({ id, learnt: learntOf(await readStream(reencoded(cut(body)))) }).toEqual({ id, learnt: theirs });
      }
    });
  });

  describe.each(SSE_REWIRINGS)('when the stream is spelled otherwise (%s)', (_, rewire) => {
    it('reads the same from our stream as from the recording', async () => {
      for (const { id, body } of wholeStreams()) {
        const theirs = learntOf(await readStream(body));

        expect({ id, learnt: learntOf(await readStream(reencoded([rewire(body)]))) }).toEqual({ id, learnt: theirs });
      }
    });
  });

  it('assembles every stream of ours into the response that its last event has', async () => {
    for (const { id, body } of wholeStreams().filter((recording) => recording.id !== UNASSEMBLED)) {
      const ours = reencoded([body]);
      const { items } = await readStream(ours);
      const stream = clientOf(ours, 'text/event-stream').responses.stream({ model: 'm', input: '' });

      const { output } = await stream.finalResponse();

      expect({ id, output: withoutParsed(output) }).toEqual({ id, output: plain(items) });
    }
  });

  it('raises the same failure from our stream as from the recording', async () => {
    const errors = recordings('stream', true);

    for (const { id, body } of errors) {
      const theirs = await readStream(body);
      const ours = await readStream(reencoded([body]));

      expect({ id, error: ours.error }).toEqual({ id, error: theirs.error });
      expect(ours.error).toBeDefined();
    }
  });

  it('raises a failure for a recording that breaks off', async () => {
    for (const { body } of recordings('stream', false)) {
      const ours = await readStream(reencoded([body.subarray(0, body.lastIndexOf('event: response.completed'))]));

      expect(ours.error).toMatch(/stopped before its end/);
    }
  });

  it('raises our errors before a stream as API errors with our code', async () => {
    for (const { id, body, status } of loadRecordings('openai-responses').filter(({ mode }) => mode === 'error')) {
      const error = openAiResponses.upstream.decodeError(status, {}, body);
      const { body: ours, status: answered } = openAiResponses.client.encodeError(error);
      const fetch = async () => Response.json(ours, { status: answered });
      const asking = new OpenAI({ apiKey: 'test', maxRetries: 0, fetch }).responses.create({ model: 'm', input: '' });

      const raised = await asking.catch((failure: unknown) => failure);

      expect(raised).toBeInstanceOf(APIError);
      expect({ id, error: (raised as APIError).error }).toEqual({ id, error: JSON.parse(body.toString()).error });
    }
  });
});
