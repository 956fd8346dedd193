import { GatewayError, type CanonicalEvent, type CanonicalRequest, type CanonicalResponse } from '@sluice/core';
import type { EmbeddingUpstream, TranslatedUpstream, TranslationContext, WireCall } from '@sluice/translator-kit';
import { wordMaskOf } from '../__fixtures__/word-mask-of.js';
import { maskedEmbeddings, maskedTokenCount, maskedUpstream } from './masked-upstream.js';

const CONTEXT: TranslationContext = {
  requestId: 'r',
  createdAtSeconds: 0,
  requestedModel: 'm',
  upstreamModel: 'm',
  dialect: {},
};
const REQUEST: CanonicalRequest = {
  model: 'm',
  stream: true,
  messages: [{ role: 'user', content: [{ type: 'text', text: 'Hello, acme!' }] }],
  tools: [],
  sampling: {},
};
const SENT = /^Hello, (MASK_[0-9a-f]{10})!$/;

const callOf = (text: unknown): WireCall => ({ path: '/', query: '', body: Buffer.from(String(text)) });
const textOf = ({ messages }: CanonicalRequest): string =>
  messages.flatMap(({ content }) => content.map((block) => (block.type === 'text' ? block.text : ''))).join('');

/** A vendor that is sent the bare text of a request, and answers with what it is sent. */
function echo(): TranslatedUpstream {
  const answer = (request: CanonicalRequest): CanonicalResponse => ({
    id: 'a',
    model: 'm',
    content: [{ type: 'text', text: textOf(request) }],
    finishReason: { unified: 'stop' },
  });
  return {
    id: 'echo',
    displayName: 'Echo',
    envelope: {} as TranslatedUpstream['envelope'], // nobody asks it
    upstream: {
      framing: 'sse',
      decodeError: (_status, _headers, body) =>
        new GatewayError({ kind: 'upstream_error', message: `refused ${body.toString()}` }),
      translation: {
        encodeRequest: (request) => ({ call: callOf(textOf(request)), warnings: [] }),
        decodeResponse: (_body, _context, request) => answer(request),
        createStreamDecoder: (_context, request) => ({
          push: () => {},
          finish: (emit) => {
            emit({ type: 'block-start', index: 0, block: { type: 'text' } });
            emit({ type: 'block-delta', index: 0, delta: textOf(request) });
          },
        }),
      },
    },
  };
}

describe('maskedUpstream', () => {
  const { upstream } = maskedUpstream(echo(), wordMaskOf('acme'));
  const { translation } = upstream;

  it('encodes without the words and decodes with them, wholes, streams and errors', () => {
    const sent = translation.encodeRequest(REQUEST, CONTEXT).call.body.toString();
    const response = translation.decodeResponse(Buffer.alloc(0), CONTEXT, REQUEST);
    const events: CanonicalEvent[] = [];
    translation.createStreamDecoder(CONTEXT, REQUEST).finish((event) => events.push(event));
    const error = upstream.decodeError(400, {}, Buffer.from(sent));

    expect(sent).toMatch(SENT);
    expect(response.content).toEqual([{ type: 'text', text: 'Hello, acme!' }]);
    expect(events.at(-1)).toEqual({ type: 'block-delta', index: 0, delta: 'Hello, acme!' });
    expect(error.message).toBe('refused Hello, acme!');
  });

  it('does not change the request of the client', () => {
    translation.encodeRequest(REQUEST, CONTEXT);

    expect(textOf(REQUEST)).toBe('Hello, acme!');
  });
});

describe('maskedTokenCount', () => {
  it('asks for the masked request', () => {
    const count = maskedTokenCount(
      {
        encodeRequest: (request) => ({ call: callOf(textOf(request)), warnings: [] }),
        decodeCount: (body) => body.length,
      },
      wordMaskOf('acme'),
    );

    expect(count.encodeRequest(REQUEST, CONTEXT).call.body.toString()).toMatch(SENT);
    expect(count.decodeCount(Buffer.from('123'))).toBe(3);
  });
});

describe('maskedEmbeddings', () => {
  it('asks for the vectors of the masked texts', () => {
    const format: EmbeddingUpstream = {
      ...echo(),
      upstream: {
        framing: 'sse',
        decodeError: echo().upstream.decodeError,
        embeddings: {
          encodeRequest: ({ texts, endUser }) => ({ call: callOf([...texts, endUser].join('|')), warnings: [] }),
          decodeResponse: () => ({ vectors: [[1]] }),
        },
      },
    };
    const { embeddings } = maskedEmbeddings(format, wordMaskOf('acme')).upstream;
    const request = { model: 'm', texts: ['of acme'], encoding: 'float', endUser: 'acme' } as const;

    expect(embeddings.encodeRequest(request, CONTEXT).call.body.toString()).toMatch(/^of (MASK_[0-9a-f]{10})\|\1$/);
    expect(embeddings.decodeResponse(Buffer.alloc(0), request)).toEqual({ vectors: [[1]] });
  });
});
