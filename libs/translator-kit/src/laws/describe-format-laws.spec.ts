/**
 * The laws, tried on a format that obeys them and on mutations of it. Each row of `MUTATIONS` is one change of the code and
 * the law that it breaks: lossless, chunk-invariant, well-formed, pure, deterministic, bounded memory, and what follows from
 * them. A law that a mutation survives is no law.
 */
import { GatewayError, type CanonicalEvent, type CanonicalRequest, type SseFrame, type WireFrame } from '@sluice/core';
import { serialiseSse, SseParser, type Emit, type StreamTransformer } from '@sluice/streaming';
import fc from 'fast-check';
import { carryUnknown, extensionsOf, restoreUnknown } from '../machines/carry-unknown.js';
import type { WireCall } from '../wire-call.js';
import type { ClientTranslation, UpstreamTranslation, WireFormat } from '../wire-format.js';
import { describeFormatLaws } from './describe-format-laws.js';
import { parseObject } from './format-under-law.js';
import type { GeneratedStream } from './generators/generated-stream.js';
import type { LawSubject } from './law-subject.js';

/** A format whose wire is the canonical model in JSON. */
class EchoDecoder implements StreamTransformer<WireFrame, CanonicalEvent> {
  #hasEnded = false;

  push(frame: WireFrame, emit: Emit<CanonicalEvent>): void {
    if (this.#hasEnded || frame.kind !== 'sse') return;
    const event = JSON.parse(frame.data) as CanonicalEvent & { message?: string }; // only the echo encoder writes it
    this.#hasEnded = event.type === 'response-end' || event.type === 'response-error';
    emit(event.type === 'response-error' ? failure(event.message ?? '') : event);
  }

  finish(emit: Emit<CanonicalEvent>): void {
    if (!this.#hasEnded) emit(failure('cut'));
  }
}

class EchoEncoder implements StreamTransformer<CanonicalEvent, SseFrame> {
  push(event: CanonicalEvent, emit: Emit<SseFrame>): void {
    emit(frameOf(event.type === 'response-error' ? { type: event.type, message: event.error.message } : event));
  }

  finish(): void {}
}

const REQUEST_MEMBERS = new Set(['model', 'stream', 'messages', 'tools', 'sampling']);
const RESPONSE_MEMBERS = new Set(['id', 'model', 'content', 'finishReason', 'usage']);

const CLIENT: ClientTranslation = {
  decodeRequest: (call) => decode<CanonicalRequest>(call.body, REQUEST_MEMBERS),
  encodeResponse: ({ extensions, ...response }) => restoreUnknown(plain(response), extensions, 'echo'),
  createStreamEncoder: () => new EchoEncoder(),
};

const UPSTREAM: UpstreamTranslation = {
  encodeRequest: ({ extensions, ...request }, { upstreamModel }) => ({
    call: callOf(restoreUnknown({ ...plain(request), model: upstreamModel }, extensions, 'echo')),
    warnings: [],
  }),
  decodeResponse: (body) => decode(body, RESPONSE_MEMBERS),
  createStreamDecoder: () => new EchoDecoder(),
};

const EVENTS: readonly CanonicalEvent[] = [
  { type: 'response-start', id: 'r', model: 'model-1' },
  { type: 'block-start', index: 0, block: { type: 'reasoning' } },
  { type: 'block-delta', index: 0, delta: 'hmm é' },
  { type: 'block-mark', index: 0, redacted: 'zz' },
  { type: 'block-end', index: 0 },
  { type: 'block-start', index: 1, block: { type: 'text' } },
  { type: 'block-delta', index: 1, delta: 'a' },
  { type: 'block-delta', index: 1, delta: 'b' },
  { type: 'block-end', index: 1 },
  { type: 'response-end', finishReason: { unified: 'stop' } },
];

const subjectOf = (): LawSubject => ({
  requests: {
    plain: callOf({
      model: 'gpt',
      stream: true,
      messages: [{ role: 'user', content: [{ type: 'text', text: 'hi' }] }],
      tools: [],
      sampling: { temperature: 1 },
      new_member: { x: 1 },
    }),
  },
  responses: {
    plain: bytesOf({
      id: 'r',
      model: 'gpt',
      content: [{ type: 'text', text: 'hi' }],
      finishReason: { unified: 'stop' },
      usage: { input: 1, source: 'upstream' },
      new_member: [1],
    }),
  },
  streams: { plain: Buffer.from(EVENTS.map((event) => serialiseSse(frameOf(event))).join('')) },
  generatedStreams: fc.string().map((text): GeneratedStream => ({
    bytes: Buffer.from(
      [...EVENTS.slice(0, 1), ...textEvents(text), ...EVENTS.slice(-1)]
        .map((event) => serialiseSse(frameOf(event)))
        .join(''),
    ),
    text,
    reasoning: '',
    calls: [],
  })),
  numRuns: 30,
});

interface Mutation {
  readonly client?: Partial<ClientTranslation>;
  readonly upstream?: Partial<UpstreamTranslation>;
  readonly subject?: Partial<LawSubject>;
}

const MUTATIONS: readonly (readonly [change: string, law: RegExp, mutation: Mutation])[] = [
  ['a sampling parameter is forgotten', /^request .* what was decoded is encoded as it was/, {
    client: { decodeRequest: (call) => ({ ...CLIENT.decodeRequest(call), sampling: {} }) },
  }],
  ['a warning names a place in the wire’s words', /^any request that asks for too much is reported on/, {
    upstream: {
      encodeRequest: (request, context) => ({
        ...UPSTREAM.encodeRequest(request, context),
        warnings: [{ path: '/sampling/top_k', effect: 'dropped', message: 'no' }],
      }),
    },
  }],
  ['the request’s unknown members are dropped', /^request .* unknown members survive/, {
    client: { decodeRequest: (call) => without(CLIENT.decodeRequest(call), 'extensions') },
  }],
  ['the warning for a thing that was said is still given', /^request .* without warnings/, {
    upstream: {
      encodeRequest: (request, context) => ({
        ...UPSTREAM.encodeRequest(request, context),
        warnings: [{ path: '/model', effect: 'dropped', message: 'no' }],
      }),
    },
  }],
  ['the decoder cleans the client’s bytes', /^request .* pure and deterministic/, {
    client: { decodeRequest: (call) => clearing(call, CLIENT.decodeRequest(call)) },
  }],
  ['the encoder writes its default into the request', /^any request .* purely/, {
    upstream: {
      encodeRequest: (request, context) =>
        UPSTREAM.encodeRequest(Object.assign(request.sampling, { maxOutputTokens: 1 }) && request, context),
    },
  }],
  ['a request gets a random id', /^any request .* deterministically/, {
    upstream: {
      encodeRequest: (request, context) =>
        UPSTREAM.encodeRequest({ ...request, extensions: { echo: { id: Math.random() } } }, context),
    },
  }],
  ['every encoding adds a message', /^any request is stable/, {
    upstream: {
      encodeRequest: (request, context) =>
        UPSTREAM.encodeRequest({ ...request, messages: [...request.messages, { role: 'user', content: [] }] }, context),
    },
  }],
  ['the answer’s usage is forgotten', /^response .* what was decoded is encoded as it was/, {
    client: { encodeResponse: (response, context) => CLIENT.encodeResponse(without(response, 'usage'), context) },
  }],
  ['the answer’s unknown members are dropped', /^response .* unknown members survive/, {
    client: { encodeResponse: (response, context) => CLIENT.encodeResponse(without(response, 'extensions'), context) },
  }],
  ['the answer gets a random id', /^any response .* deterministically/, {
    client: {
      encodeResponse: (response, context) => CLIENT.encodeResponse({ ...response, id: `${Math.random()}` }, context),
    },
  }],
  ['every encoding renames the answer', /^any response is stable/, {
    client: {
      encodeResponse: (response, context) => CLIENT.encodeResponse({ ...response, id: `m-${response.id}` }, context),
    },
  }],
  ['each chunk is read for itself', /^stream .* chunk-invariant/, {
    subject: { createFramer: () => new ChunkwiseParser() },
  }],
  ['finish forgets the failure', /^stream .* well-formed/, {
    upstream: { createStreamDecoder: (...given) => finishing(UPSTREAM.createStreamDecoder(...given), []) },
  }],
  ['finish infers a stop', /^stream .* failure when it breaks off/, {
    upstream: {
      createStreamDecoder: (...given) => finishing(UPSTREAM.createStreamDecoder(...given), EVENTS.slice(-1)),
    },
  }],
  ['answers are numbered across streams', /^stream .* deterministic/, {
    upstream: { createStreamDecoder: () => counting(new EchoDecoder()) },
  }],
  ['marks are not encoded', /^stream .* lossless/, {
    client: { createStreamEncoder: () => dropping(new EchoEncoder(), ({ type }) => type === 'block-mark') },
  }],
  ['deltas of one character are dropped', /^any stream of the vendor/, {
    upstream: {
      createStreamDecoder: (...given) =>
        filtering(UPSTREAM.createStreamDecoder(...given), (event) => event.type !== 'block-delta' || event.delta.length > 1),
    },
  }],
  ['the encoder writes to events', /^any events are encoded purely/, {
    client: { createStreamEncoder: () => dropping(new EchoEncoder(), (event) => Object.assign(event, { seen: 1 }) === null) },
  }],
  ['a failure is not told', /^any events read back .* end as they ended/, {
    client: {
      createStreamEncoder: () => replacing(new EchoEncoder(), 'response-error', EVENTS.slice(-1)),
    },
  }],
  ['reasoning is not encoded', /^any events read back say the same/, {
    client: { createStreamEncoder: () => withoutBlocks(new EchoEncoder(), 'reasoning') },
  }],
  ['every encoding renames the model', /^any events are stable/, {
    client: { createStreamEncoder: () => renaming(new EchoEncoder()) },
  }],
  ['the encoder keeps its events', /^bounded memory: encoding a long text/, {
    client: { createStreamEncoder: () => keeping(new EchoEncoder()) },
  }],
  ['the decoder keeps its frames', /^bounded memory: decoding/, {
    upstream: { createStreamDecoder: () => keeping(new EchoDecoder()) },
  }],
]; // prettier-ignore

describe('describeFormatLaws', () => {
  it('finds nothing wrong with a format that obeys', () => {
    expect(failures({})).toEqual([]);
  });

  it('has every law of the design', () => {
    const names = collect({}).map(({ name }) => name);

    for (const law of ['lossless', 'chunk-invariant', 'well-formed', 'pure', 'deterministic', 'bounded memory']) {
      expect(names.filter((name) => name.includes(law))).not.toEqual([]);
    }
  });

  it.each(MUTATIONS)('notices when %s', (_change, law, mutation) => {
    expect(collect(mutation).some(({ name }) => law.test(name))).toBe(true);
    expect(failures(mutation, law)).not.toEqual([]);
  });

  it('leaves out the laws of a side that is missing', () => {
    const names = namesOf({ ...ECHO, client: { encodeError, encodeStreamError } });

    expect(names.filter((name) => /lossless|any events|encoding a long/.test(name))).toEqual([]);
    expect(names.filter((name) => /chunk-invariant|well-formed/.test(name))).not.toEqual([]);
  });

  it('refuses a format that translates nothing', () => {
    const bare: WireFormat = { id: 'bare', displayName: 'Bare', envelope: ECHO.envelope };

    expect(() => describeFormatLaws(bare, {}, { describe: () => undefined, it: () => undefined })).toThrow(
      'format "bare" has no translation',
    );
  });
});

const encodeError = () => ({ status: 500, body: {} });
const encodeStreamError = () => [];

const ECHO: WireFormat = {
  id: 'echo',
  displayName: 'Echo',
  envelope: { read: () => ({ model: 'm', stream: false }), withModel: (call) => call },
  client: { encodeError, encodeStreamError, translation: CLIENT },
  upstream: {
    framing: 'sse',
    decodeError: () => new GatewayError({ kind: 'upstream_error', message: 'no' }),
    translation: UPSTREAM,
  },
};

interface CollectedLaw {
  readonly name: string;
  readonly body: () => void;
}

function collect({ client, upstream, subject }: Mutation): readonly CollectedLaw[] {
  const format: WireFormat = {
    ...ECHO,
    client: { encodeError, encodeStreamError, translation: { ...CLIENT, ...client } },
    upstream: {
      framing: 'sse',
      decodeError: () => new GatewayError({ kind: 'upstream_error', message: 'no' }),
      translation: { ...UPSTREAM, ...upstream },
    },
  };
  return collectFrom(format, { ...subjectOf(), ...subject });
}

function collectFrom(format: WireFormat, subject: LawSubject): readonly CollectedLaw[] {
  const laws: CollectedLaw[] = [];
  const groups: string[] = [];
  describeFormatLaws(format, subject, {
    describe: (name, body) => {
      groups.push(name);
      body();
      groups.pop();
    },
    it: (name, body) => void laws.push({ name: [...groups.slice(1), name].join(' '), body }),
  });
  return laws;
}

function namesOf(format: WireFormat): readonly string[] {
  return collectFrom(format, subjectOf()).map(({ name }) => name);
}

/** The names of the laws that do not hold. */
function failures(mutation: Mutation, law = /./): readonly string[] {
  return collect(mutation)
    .filter(({ name, body }) => law.test(name) && throws(body))
    .map(({ name }) => name);
}

function throws(body: () => void): boolean {
  try {
    body();
    return false;
  } catch {
    return true;
  }
}

/** Reads every chunk as if it were a whole stream. */
class ChunkwiseParser implements StreamTransformer<Buffer, WireFrame> {
  push(chunk: Buffer, emit: Emit<WireFrame>): void {
    const parser = new SseParser();
    parser.push(chunk, emit);
    parser.finish(emit);
  }

  finish(): void {}
}

type Decoder = StreamTransformer<WireFrame, CanonicalEvent>;
type Encoder = StreamTransformer<CanonicalEvent, SseFrame>;

function finishing(decoder: Decoder, end: readonly CanonicalEvent[]): Decoder {
  let hasEnded = false;
  return {
    push: (frame, emit) =>
      decoder.push(frame, (event) => {
        hasEnded = event.type === 'response-end';
        emit(event);
      }),
    finish: (emit) => (hasEnded ? undefined : end.forEach(emit)),
  };
}

let answers = 0;

function counting(decoder: Decoder): Decoder {
  answers += 1;
  const id = `r-${answers}`;
  return {
    push: (frame, emit) =>
      decoder.push(frame, (event) => emit(event.type === 'response-start' ? { ...event, id } : event)),
    finish: (emit) => decoder.finish(emit),
  };
}

function filtering(decoder: Decoder, passes: (event: CanonicalEvent) => boolean): Decoder {
  return {
    push: (frame, emit) => decoder.push(frame, (event) => (passes(event) ? emit(event) : undefined)),
    finish: (emit) => decoder.finish(emit),
  };
}

function dropping(encoder: Encoder, drops: (event: CanonicalEvent) => boolean): Encoder {
  return {
    push: (event, emit) => (drops(event) ? undefined : encoder.push(event, emit)),
    finish: (emit) => encoder.finish(emit),
  };
}

function replacing(encoder: Encoder, type: CanonicalEvent['type'], events: readonly CanonicalEvent[]): Encoder {
  return {
    push: (event, emit) => (event.type === type ? events : [event]).forEach((item) => encoder.push(item, emit)),
    finish: (emit) => encoder.finish(emit),
  };
}

function withoutBlocks(encoder: Encoder, type: string): Encoder {
  const dropped = new Set<number>();
  return dropping(encoder, (event) => {
    if (event.type === 'block-start' && event.block.type === type) dropped.add(event.index);
    return 'index' in event && dropped.has(event.index);
  });
}

function renaming(encoder: Encoder): Encoder {
  return {
    push: (event, emit) =>
      encoder.push(event.type === 'response-start' ? { ...event, model: `x-${event.model}` } : event, emit),
    finish: (emit) => encoder.finish(emit),
  };
}

function keeping<In, Out>(transformer: StreamTransformer<In, Out>): StreamTransformer<In, Out> {
  const kept: In[] = [];
  return {
    push: (input, emit) => {
      kept.push(input);
      transformer.push(input, emit);
    },
    finish: (emit) => (kept.length > 0 ? transformer.finish(emit) : undefined),
  };
}

function textEvents(delta: string): readonly CanonicalEvent[] {
  return [
    { type: 'block-start', index: 0, block: { type: 'text' } },
    { type: 'block-delta', index: 0, delta },
    { type: 'block-end', index: 0 },
  ];
}

function failure(message: string): CanonicalEvent {
  return { type: 'response-error', error: new GatewayError({ kind: 'upstream_truncated', message }) };
}

function frameOf(event: object): SseFrame {
  return { kind: 'sse', data: JSON.stringify(event) };
}

/** A canonical node as the JSON object that it is on the echo format's wire. */
function plain(node: object) {
  return parseObject(bytesOf(node));
}

function decode<Node>(body: Buffer, members: ReadonlySet<string>): Node {
  const wire = parseObject(body);
  const unknown = carryUnknown(wire, members);
  const known = Object.fromEntries(Object.entries(wire).filter(([name]) => members.has(name)));
  return { ...known, ...extensionsOf('echo', unknown) } as Node; // the echo format's wire is the canonical model
}

function callOf(body: object): WireCall {
  return { path: '/echo', query: '', body: bytesOf(body) };
}

function bytesOf(value: object): Buffer {
  return Buffer.from(JSON.stringify(value));
}

function without<Node extends object>(node: Node, name: keyof Node): Node {
  return Object.fromEntries(Object.entries(node).filter(([member]) => member !== name)) as Node; // only optional members
}

function clearing<T>(call: WireCall, result: T): T {
  call.body.fill(' ');
  return result;
}
