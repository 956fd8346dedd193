import type {
  CanonicalEvent,
  CanonicalRequest,
  CanonicalResponse,
  FormatId,
  GatewayError,
  JsonObject,
  MediaBlock,
  SseFrame,
  TranslationWarning,
  WireFrame,
  WireHeaders,
} from '@sluice/core';
import type { MemberSpan, StreamTransformer } from '@sluice/streaming';
import type { AnswerRepair } from './answer-repair.js';
import type { EmbeddingClientTranslation, EmbeddingUpstreamTranslation } from './embeddings.js';
import type { Envelope } from './envelope.js';
import type { HistoryFacts, HistorySide } from './history-side.js';
import type { Observation } from './observation.js';
import type { WireCall } from './wire-call.js';

/** What a translation may know of its exchange, so that ids and times are reproducible. */
export interface TranslationContext {
  /** Our request id; the seed of every id that a format needs and the upstream did not give. */
  readonly requestId: string;
  /** Unix time of the request in seconds, for formats that carry one. */
  readonly createdAtSeconds: number;
  /** The name that the client sent. */
  readonly requestedModel: string;
  /** The name that the route gave, before the provider spelt it the vendor's way. Default: the requested one. */
  readonly routedModel?: string;
  /** The vendor's model id. */
  readonly upstreamModel: string;
  /** How many tokens its prompt and answer may have together, where the vendor has said it for the account. */
  readonly windowTokens?: number;
  /** What the client speaks, for the few members of an answer that are spelt differently for different clients. */
  readonly clientFormat?: FormatId;
  /** Where the gateway remembers answers: which one is continued, and whether this one will be. Absent = it does not. */
  readonly history?: HistoryFacts;
  /** Members that the upstream account declares to differ from the format's norm, by name. */
  readonly dialect: Readonly<Record<string, unknown>>;
}

/** A failure in the client's own words. */
export interface EncodedError {
  readonly status: number;
  readonly body: JsonObject;
}

/** Clients speak the format to us: the half that needs the canonical model. */
export interface ClientTranslation {
  /** @throws GatewayError `invalid_request` for what cannot be understood */
  decodeRequest(call: WireCall): CanonicalRequest;
  /** @param request the client's, which decides how some answers are spelt (free-text tools, the older `function_call`) */
  encodeResponse(response: CanonicalResponse, context: TranslationContext, request?: CanonicalRequest): JsonObject;
  createStreamEncoder(
    request: CanonicalRequest,
    context: TranslationContext,
  ): StreamTransformer<CanonicalEvent, SseFrame>;
}

export interface ClientSide {
  encodeError(error: GatewayError, requestId: string): EncodedError;
  /** A failure after the answer has begun: whole events, the last of which ends the stream for the format's clients. */
  encodeStreamError(error: GatewayError, requestId: string): readonly SseFrame[];
  /** A frame that keeps an idle connection open and means nothing to the format's clients; absent = an SSE comment does. */
  readonly keepAlive?: SseFrame;
  /** Whether clients of the format expect answers to name the model as they did; default: they do not look. */
  readonly looksForItsModel?: boolean;
  /**
   * How a streamed answer is framed for this call; absent = server-sent events. `json-array`: the data of every event is
   * one element of a JSON array, and a failure after the beginning is the last one.
   */
  streamFraming?(call: WireCall): StreamFraming;
  /** Absent: clients of the format always send the whole conversation. */
  readonly history?: HistorySide;
  /** Absent: clients of the format cannot ask how large a request is. */
  readonly tokenCount?: TokenCountSide;
  /** Absent: the format is only passed through. */
  readonly translation?: ClientTranslation;
  /** Absent: the format has no words for embeddings. A format has this or `translation`. */
  readonly embeddings?: EmbeddingClientTranslation;
}

export type StreamFraming = 'sse' | 'json-array';

/** How clients of a format ask for the number of input tokens of a request. */
export interface TokenCountSide {
  /** @throws GatewayError `invalid_request` when the call names no model */
  readModel(call: WireCall): string;
  /** The same call for another model: every other byte stays. */
  withModel(call: WireCall, model: string): WireCall;
  /**
   * The request that is to be measured.
   * @throws GatewayError `invalid_request`
   */
  decodeRequest(call: WireCall): CanonicalRequest;
  encodeCount(inputTokens: number): JsonObject;
}

/** How a vendor is asked for the number of input tokens of another format's request. */
export interface UpstreamTokenCount {
  encodeRequest(request: CanonicalRequest, context: TranslationContext): EncodedRequest;
  /** @throws GatewayError `upstream_invalid_response` */
  decodeCount(body: Buffer): number;
}

export interface EncodedRequest {
  readonly call: WireCall;
  readonly warnings: readonly TranslationWarning[];
}

/**
 * A vendor speaks the format to us: the half that needs the canonical model. The decoders are given the request that was
 * encoded: names that a vendor could not take are restored, and what was asked for decides what the answer means.
 */
export interface UpstreamTranslation {
  /** Whether the vendor cannot read the block by its address, but would take its bytes. Absent = it reads addresses, or takes none. */
  needsBytes?(block: MediaBlock): boolean;
  encodeRequest(request: CanonicalRequest, context: TranslationContext): EncodedRequest;
  /** @throws GatewayError `upstream_invalid_response` when the body is not an answer of this format */
  decodeResponse(body: Buffer, context: TranslationContext, request: CanonicalRequest): CanonicalResponse;
  /** `finish` without the vendor's terminal event emits `response-error` (`upstream_truncated`), never an inferred stop. */
  createStreamDecoder(
    context: TranslationContext,
    request: CanonicalRequest,
  ): StreamTransformer<WireFrame, CanonicalEvent>;
  /** Absent: an answer that the vendor calls complete is as good as it gets. */
  readonly repair?: AnswerRepair;
}

export interface UpstreamSide {
  /** How streamed answers are framed. */
  readonly framing: 'sse' | 'aws-event-stream';
  /**
   * Whether a client's request of this format may reach the vendor as it is. False when its history holds what another vendor's
   * answers have left there and this one refuses, or when the vendor's answers must be put right: the request is then translated
   * like any other. Default: it may.
   */
  mayPass?(body: Buffer, vendor: Pick<TranslationContext, 'dialect' | 'upstreamModel'>): boolean;
  /** Reads an error answer. Never throws: a body that is no error of this format still gives an error by its status. */
  decodeError(status: number, headers: WireHeaders, body: Buffer): GatewayError;
  readonly translation?: UpstreamTranslation;
  /** Absent: the vendor gives no embeddings in this format. */
  readonly embeddings?: EmbeddingUpstreamTranslation;
  /** Absent: vendors of the format count its own requests only, or none. */
  readonly tokenCount?: UpstreamTokenCount;
}

/** Watches one stream. */
export interface StreamObserver extends StreamTransformer<WireFrame, Observation> {
  /**
   * How many characters of content have passed: about, where to know would mean to parse what passes. It may be asked at any
   * time, and estimates what the vendor does not count. Absent = nobody counts.
   */
  readonly contentChars?: number;
}

/** Looks at an answer that passes through unchanged. */
export interface AnswerObserver {
  /** One per stream. */
  createStreamObserver(): StreamObserver;
  /** A whole JSON answer. Emits `error` for an error object inside a 200, `upstream_invalid_response` for what is no JSON. */
  observeBody(body: Buffer): readonly Observation[];
  /** How many characters of content a whole answer has. Only asked where the vendor did not count. Never throws. */
  contentCharsOf?(body: Buffer): number;
  /**
   * Where the model's name stands in a JSON answer, or in the JSON of one event of a stream, so that another name can be
   * put there. Empty where it stands nowhere, and on any doubt. Absent = the format cannot tell.
   * @param at 0 = the whole text is the answer; else the offset of the answer's or the event's `{`
   */
  modelSpans?(json: Buffer, at: number): readonly MemberSpan[];
}

/** A wire vocabulary: a record that ties one folder's functions together. */
export interface WireFormat {
  readonly id: FormatId;
  readonly displayName: string;
  readonly envelope: Envelope;
  readonly client?: ClientSide;
  readonly upstream?: UpstreamSide;
  /** Required where both sides exist. */
  readonly observe?: AnswerObserver;
}
