import {
  GatewayError,
  type CanonicalEvent,
  type CanonicalRequest,
  type CanonicalResponse,
  type SseFrame,
  type WireFrame,
} from '@sluice/core';
import type { StreamTransformer } from '@sluice/streaming';
import type { ClientTranslation, UpstreamTranslation, WireFormat } from '@sluice/translator-kit';
import type { Corpus } from '../corpus/corpus.js';
import { faultOf } from '../run/fuzz.js';
import { makeCells } from './make-cells.js';

const request: CanonicalRequest = { model: 'm', stream: true, messages: [], tools: [], sampling: { stop: ['a'] } };
const response: CanonicalResponse = { id: 'r', model: 'm', content: [], finishReason: { unified: 'stop' } };
const start: CanonicalEvent = { type: 'response-start', id: 'r', model: 'm' };
const end: CanonicalEvent = { type: 'response-end', finishReason: { unified: 'stop' } };
const refusal = (kind: GatewayError['kind']): GatewayError => new GatewayError({ kind, message: 'no' });

const CLIENT: ClientTranslation = {
  decodeRequest: () => structuredClone(request),
  encodeResponse: () => ({}),
  createStreamEncoder: () => passing((): SseFrame => ({ kind: 'sse', data: '{}' })),
};

const UPSTREAM: UpstreamTranslation = {
  encodeRequest: ({ model }) => ({
    call: { path: '/', query: '', body: Buffer.from(JSON.stringify({ model })) },
    warnings: [],
  }),
  decodeResponse: () => structuredClone(response),
  createStreamDecoder: () => saying([start, end]),
};

type Changes = {
  readonly client?: Partial<ClientTranslation>;
  readonly upstream?: Partial<UpstreamTranslation>;
  readonly decodeError?: () => GatewayError;
};

const DEFECTS: readonly (readonly [what: string, cell: string, rule: RegExp, changes: Changes])[] = [
  ['a decoder throws', 'bodies/requests', /cannot read/, { client: { decodeRequest: failing(new TypeError('cannot read')) } }],
  ['a decoder blames the vendor', 'bodies/requests', /^GatewayError: no/, { client: { decodeRequest: failing(refusal('upstream_error')) } }],
  ['a decoder writes to the bytes', 'bodies/requests', /bytes were written to/, { client: { decodeRequest: ({ body }) => (body.fill(0), request) } }],
  ['an encoder writes to the request', 'bodies/requests', /read only/, { upstream: { encodeRequest: (given, context) => UPSTREAM.encodeRequest(Object.assign(given, { model: 'x' }), context) } }],
  ['an encoder writes too much', 'bodies/requests', /too much is written/, { upstream: { encodeRequest: () => ({ call: { path: '', query: '', body: Buffer.alloc(1_000_000) }, warnings: [] }) } }],
  ['a request is no JSON', 'bodies/requests', /JSON/, { upstream: { encodeRequest: () => ({ call: { path: '', query: '', body: Buffer.from('x') }, warnings: [] }) } }],
  ['events break the grammar', 'streams/sse', /before response-start/, { upstream: { createStreamDecoder: () => saying([end]) } }],
  ['a finish reason is another', 'streams/sse', /nobody knows/, { upstream: { createStreamDecoder: () => saying([start, { type: 'response-end', finishReason: { unified: 'toString' as 'stop' } }]) } }],
  ['an answer holds a prototype', 'streams/json', /prototype/, { upstream: { decodeResponse: () => ({ ...response, usage: Object.prototype as { source: 'upstream' } }) } }],
  ['a stream has no end', 'streams/sse', /without response-end/, { upstream: { createStreamDecoder: () => saying([start]) } }],
  ['a stream decoder throws', 'streams/sse', /^GatewayError: no/, { upstream: { createStreamDecoder: failing(refusal('upstream_error')) } }],
  ['a stream blames the client', 'streams/sse', /another kind/, { upstream: { createStreamDecoder: () => saying([{ type: 'response-error', error: refusal('invalid_request') }]) } }],
  ['a client’s frame is no JSON', 'streams/sse', /is no JSON/, { client: { createStreamEncoder: () => passing((): SseFrame => ({ kind: 'sse', data: 'x' })) } }],
  ['an answer decoder throws', 'streams/json', /cannot read/, { upstream: { decodeResponse: failing(new TypeError('cannot read')) } }],
  ['an answer cannot be told', 'streams/json', /cannot say/, { client: { encodeResponse: failing(new TypeError('cannot say')) } }],
  ['a refusal blames the client', 'streams/refusals', /another kind/, { decodeError: () => refusal('invalid_request') }],
]; // prettier-ignore

const CORPUS: Corpus = new Map(
  ['spoken', 'served'].map((id) => {
    const material = [Buffer.from('{"model":"m"}')];
    return [id, { requests: material, responses: material, streams: material, errors: material, frames: [] }];
  }),
);

describe('the cells', () => {
  it('find nothing wrong with formats that obey', () => {
    expect(faultIn('', {})).toBeUndefined();
  });

  it.each(DEFECTS)('notice when %s', (_what, cell, rule, changes) => {
    const fault = faultIn(cell, changes);

    expect(String(fault)).toMatch(rule);
  });

  it('refuse a format that nobody gave material for', () => {
    expect(() => makeCells(formats({}), new Map())).toThrow('no requests of spoken to begin with');
  });
});

/** The first fault of the cells whose name begins so. */
function faultIn(name: string, changes: Changes): unknown {
  const material = { bytes: Buffer.from('{"model":"m"}'), cuts: [2], variant: 0 };
  return makeCells(formats(changes), CORPUS)
    .filter((cell) => cell.name.startsWith(name))
    .map((cell) => faultOf(cell, material))
    .find((fault) => fault !== undefined);
}

/** One format that clients speak, and one that a vendor speaks. */
function formats({ client, upstream, decodeError = () => refusal('upstream_error') }: Changes): readonly WireFormat[] {
  const envelope: WireFormat['envelope'] = {
    read: ({ path }) => ({ model: path, stream: false }),
    withModel: (call, path) => ({ ...call, path }),
  };
  return [
    {
      id: 'spoken',
      displayName: 'Spoken',
      envelope,
      client: {
        encodeError: () => ({ status: 500, body: {} }),
        encodeStreamError: () => [{ kind: 'sse', data: '{}' }],
        translation: { ...CLIENT, ...client },
      },
    },
    {
      id: 'served',
      displayName: 'Served',
      envelope,
      upstream: { framing: 'sse', decodeError, translation: { ...UPSTREAM, ...upstream } },
    },
  ];
}

function failing(error: Error): () => never {
  return () => {
    throw error;
  };
}

function saying(events: readonly CanonicalEvent[]): StreamTransformer<WireFrame, CanonicalEvent> {
  return { push: () => undefined, finish: (emit) => events.forEach(emit) };
}

function passing<In, Out>(change: (input: In) => Out): StreamTransformer<In, Out> {
  return { push: (input, emit) => emit(change(input)), finish: () => undefined };
}
