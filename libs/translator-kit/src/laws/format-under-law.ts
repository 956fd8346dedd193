import {
  GatewayError,
  isJsonObject,
  type CanonicalEvent,
  type CanonicalRequest,
  type CanonicalResponse,
  type JsonObject,
  type SseFrame,
  type WireFrame,
} from '@sluice/core';
import { SseParser, type StreamTransformer } from '@sluice/streaming';
import type {
  ClientTranslation,
  EncodedRequest,
  TranslationContext,
  UpstreamTranslation,
  WireFormat,
} from '../wire-format.js';
import { deepFreeze } from './deep-freeze.js';
import { joinDeltas } from './join-deltas.js';
import type { LawSubject } from './law-subject.js';

const DEFAULT_RUNS = 100;

const CONTEXT: TranslationContext = {
  requestId: 'req-law',
  createdAtSeconds: 1_700_000_000,
  requestedModel: 'model-1',
  upstreamModel: 'model-1',
  dialect: {},
};

/** What the answer's reader has asked for: everything that a format says only on request. */
const ASKED: CanonicalRequest = deepFreeze({
  model: 'model-1',
  stream: true,
  messages: [{ role: 'user', content: [{ type: 'text', text: 'hi' }] }],
  tools: [],
  sampling: {},
  extensions: { 'openai-chat': { stream_options: { include_usage: true } } },
});

/** A format with everything the laws do to it. Whatever goes into its code is frozen first. */
export class FormatUnderLaw {
  readonly client: ClientTranslation | undefined;
  readonly upstream: UpstreamTranslation | undefined;
  readonly context: TranslationContext;

  constructor(
    readonly format: WireFormat,
    readonly subject: LawSubject,
  ) {
    this.client = format.client?.translation;
    this.upstream = format.upstream?.translation;
    this.context = deepFreeze({ ...CONTEXT, ...subject.context });
  }

  get numRuns(): number {
    return this.subject.numRuns ?? DEFAULT_RUNS;
  }

  /** The request as the same format's vendor would get it, for the model that it asks for. */
  encodeRequest(upstream: UpstreamTranslation, request: CanonicalRequest): EncodedRequest {
    return upstream.encodeRequest(deepFreeze(request), { ...this.context, upstreamModel: request.model });
  }

  /** The same, or undefined for a request that the format refuses in plain words. */
  tryEncodeRequest(upstream: UpstreamTranslation, request: CanonicalRequest): EncodedRequest | undefined {
    try {
      return this.encodeRequest(upstream, request);
    } catch (error) {
      if (error instanceof GatewayError) return undefined;
      throw error;
    }
  }

  encodeResponse(client: ClientTranslation, response: CanonicalResponse): JsonObject {
    return client.encodeResponse(deepFreeze(response), { ...this.context, requestedModel: response.model });
  }

  framesOf(chunks: readonly Buffer[]): readonly WireFrame[] {
    return run<Buffer, WireFrame>(this.subject.createFramer?.() ?? new SseParser(), chunks);
  }

  decodeFrames(upstream: UpstreamTranslation, frames: readonly WireFrame[]): readonly CanonicalEvent[] {
    return run(this.createStreamDecoder(upstream), frames.map(deepFreeze));
  }

  createStreamDecoder(upstream: UpstreamTranslation): StreamTransformer<WireFrame, CanonicalEvent> {
    return upstream.createStreamDecoder(this.context, ASKED);
  }

  createStreamEncoder(client: ClientTranslation, model: string): StreamTransformer<CanonicalEvent, SseFrame> {
    return client.createStreamEncoder(ASKED, { ...this.context, requestedModel: model });
  }

  decodeResponse(upstream: UpstreamTranslation, body: Buffer): CanonicalResponse {
    return upstream.decodeResponse(body, this.context, ASKED);
  }

  decodeBytes(upstream: UpstreamTranslation, chunks: readonly Buffer[]): readonly CanonicalEvent[] {
    return this.decodeFrames(upstream, this.framesOf(chunks));
  }

  encodeEvents(client: ClientTranslation, events: readonly CanonicalEvent[]): readonly SseFrame[] {
    const start = events.find((event) => event.type === 'response-start');
    return run(this.createStreamEncoder(client, start?.model ?? ASKED.model), events.map(deepFreeze));
  }

  comparableEvents(events: readonly CanonicalEvent[]): readonly CanonicalEvent[] {
    const joined = joinDeltas(events);
    return this.subject.comparable?.events?.(joined) ?? joined;
  }

  comparableRequest(body: Buffer): unknown {
    const parsed = parseObject(body);
    return this.subject.comparable?.request?.(parsed) ?? parsed;
  }

  comparableResponse(body: JsonObject): unknown {
    return this.subject.comparable?.response?.(body) ?? body;
  }
}

/** Everything that a transformer emits for these inputs and their end. */
export function run<In, Out>(transformer: StreamTransformer<In, Out>, inputs: readonly In[]): readonly Out[] {
  const output: Out[] = [];
  const keep = (item: Out): void => void output.push(item);
  for (const input of inputs) transformer.push(input, keep);
  transformer.finish(keep);
  return output;
}

/** @throws TypeError when the bytes are no JSON object */
export function parseObject(body: Buffer): JsonObject {
  const value: unknown = JSON.parse(body.toString());
  if (!isJsonObject(value)) throw new TypeError('the body is not a JSON object');
  return value;
}
