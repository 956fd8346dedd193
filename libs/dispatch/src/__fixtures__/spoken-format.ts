import { GatewayError, type CanonicalEvent, type CanonicalRequest, type CanonicalResponse, type GatewayErrorKind, type SseFrame, type TranslationWarning } from '@sluice/core';
import { encodeMessage } from '@sluice/event-stream';
import type { StreamTransformer } from '@sluice/streaming';
import type { TranslatedClient, TranslatedUpstream, TranslationContext, UpstreamSide, WireCall } from '@sluice/translator-kit';
import { scriptFormat } from './script-format.js';

/**
 * The script format for clients that are translated. Each event of a stream is its canonical type and what it carries; a
 * whole answer is the JSON of the canonical one.
 */
export class SpokenClient implements TranslatedClient {
  readonly id = 'script';
  readonly displayName = 'Script';
  readonly envelope = scriptFormat.envelope;
  readonly upstream = scriptFormat.upstream;
  readonly observe = scriptFormat.observe;
  readonly decoded: WireCall[] = [];
  /** The event over which the encoder stumbles. */
  stumblesOver: CanonicalEvent['type'] | undefined;
  readonly client = {
    ...scriptFormat.client,
    translation: {
      decodeRequest: (call: WireCall) => {
        this.decoded.push(call);
        return decodeRequest(call);
      },
      encodeResponse: ({ content, finishReason }: { content: unknown; finishReason: unknown }) =>
        JSON.parse(JSON.stringify({ content, finishReason })) as Record<string, never>, // what JSON gives back is JSON
      createStreamEncoder: () => ({
        push: (event: CanonicalEvent, emit: (frame: SseFrame) => void) => {
          if (event.type === this.stumblesOver) throw new TypeError('the encoder stumbled');
          emit({ kind: 'sse', data: said(event) });
        },
        finish: () => {},
      }),
    },
  };
}

export interface SpokenUpstream extends TranslatedUpstream {
  /** The requests that were encoded, with what was known of each. */
  readonly encoded: { readonly request: CanonicalRequest; readonly context: TranslationContext }[];
  warnings: readonly TranslationWarning[];
  /** Why the request cannot be said. */
  refusal: GatewayError | undefined;
}

/**
 * A vendor's format whose streams are scripts of canonical events:
 *
 * ```text
 * start · open · text <words> · close · usage <n> · end · error <kind> <words> · throw
 * ```
 *
 * A stream that stops without `end` or `error` is truncated. A whole answer is JSON: the canonical response, or `error` with
 * a kind.
 */
export function spokenUpstream(framing: UpstreamSide['framing'] = 'sse'): SpokenUpstream {
  const format: SpokenUpstream = {
    id: 'spoken',
    displayName: 'Spoken',
    envelope: scriptFormat.envelope,
    encoded: [],
    warnings: [],
    refusal: undefined,
    upstream: {
      framing,
      decodeError: (status, headers, body) => scriptFormat.upstream.decodeError(status, headers, body),
      translation: {
        encodeRequest: (request, context) => {
          format.encoded.push({ request, context });
          if (format.refusal !== undefined) throw format.refusal;
          const body = Buffer.from(`say ${request.model}`);
          return { call: { path: '', query: '', body }, warnings: format.warnings };
        },
        decodeResponse,
        createStreamDecoder: () => new SpokenDecoder(),
      },
    },
  };
  return format;
}

function decodeResponse(body: Buffer): CanonicalResponse {
  const answer = JSON.parse(body.toString()) as CanonicalResponse | { readonly error: GatewayErrorKind }; // scripts are JSON
  if ('error' in answer) throw vendorError(answer.error, `the vendor said ${answer.error}`);
  return answer;
}

/** A line of the script as one message of the binary framing. */
export function message(line: string): Buffer {
  return encodeMessage({ typedHeaders: [], payload: Buffer.from(line) });
}

function decodeRequest({ body }: WireCall): CanonicalRequest {
  const { stream } = JSON.parse(body.toString()) as { stream: boolean }; // scripts are JSON
  return { model: 'client-model', stream, messages: [], tools: [], sampling: {} };
}

function said(event: CanonicalEvent): string {
  switch (event.type) {
    case 'block-delta':
      return `block-delta ${event.delta}`;
    case 'response-error':
      return `response-error ${event.error.kind} ${event.error.message}`;
    default:
      return event.type;
  }
}

type Decoder = ReturnType<TranslatedUpstream['upstream']['translation']['createStreamDecoder']>;

export class SpokenDecoder implements StreamTransformer<Parameters<Decoder['push']>[0], CanonicalEvent> {
  #isOver = false;

  push(frame: Parameters<Decoder['push']>[0], emit: (event: CanonicalEvent) => void): void {
    const line = frame.kind === 'sse' ? frame.data : Buffer.from(frame.payload).toString();
    const event = eventOf(line);
    this.#isOver ||= event.type === 'response-end' || event.type === 'response-error';
    emit(event);
  }

  finish(emit: (event: CanonicalEvent) => void): void {
    if (this.#isOver) return;
    emit({ type: 'response-error', error: new GatewayError({ kind: 'upstream_truncated', message: 'cut' }) });
  }
}

function eventOf(line: string): CanonicalEvent {
  const [word = '', ...rest] = line.split(' ');
  switch (word) {
    case 'start':
      return { type: 'response-start', id: 'r', model: 'm' };
    case 'open':
      return { type: 'block-start', index: 0, block: { type: 'text' } };
    case 'text':
      return { type: 'block-delta', index: 0, delta: rest.join(' ') };
    case 'close':
      return { type: 'block-end', index: 0 };
    case 'usage':
      return { type: 'usage', usage: { output: Number(rest[0]), source: 'upstream' } };
    case 'end':
      return { type: 'response-end', finishReason: { unified: 'stop' } };
    case 'error': {
      const error = vendorError(rest[0] as GatewayErrorKind, rest.slice(1).join(' ')); // scripts name real kinds
      return { type: 'response-error', error };
    }
    default:
      throw new TypeError(`the decoder stumbled over ${word}`);
  }
}

function vendorError(kind: GatewayErrorKind, message: string): GatewayError {
  return new GatewayError({ kind, message, upstream: { status: 500, message } });
}

/** A request for a whole answer, and what is known of its exchange. */
export const REQUEST: CanonicalRequest = { model: 'm', stream: false, messages: [], tools: [], sampling: {} };

export const CONTEXT: TranslationContext = {
  requestId: 'req_1',
  createdAtSeconds: 0,
  requestedModel: 'client-model',
  upstreamModel: 'm',
  dialect: {},
};
