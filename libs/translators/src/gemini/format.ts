import { holdsForeignProof, type WireFormat } from '@sluice/translator-kit';
import { decodeError } from './decode-error.js';
import { decodeRequest } from './decode-request.js';
import { decodeResponse } from './decode-response.js';
import { encodeError, encodeStreamError } from './encode-error.js';
import { encodeRequest } from './encode-request.js';
import { encodeResponse } from './encode-response.js';
import { envelope } from './envelope.js';
import { observe } from './observe.js';
import { GeminiStreamDecoder } from './stream-decoder.js';
import { GeminiStreamEncoder } from './stream-encoder.js';
import { streamFraming } from './stream-framing.js';
import { tokenCount } from './token-count.js';
import { upstreamTokenCount } from './upstream-token-count.js';

/** Where a proof of a thought stands, in both spellings that the API takes. */
const PROOFS = ['thoughtSignature', 'thought_signature'];

/** Google's Gemini API. Usage is always reported, so the envelope has nothing to ask for. */
export const gemini = {
  id: 'gemini',
  displayName: 'Google Gemini',
  envelope,
  client: {
    encodeError,
    encodeStreamError,
    streamFraming,
    tokenCount,
    translation: {
      decodeRequest,
      encodeResponse,
      createStreamEncoder: (_request, context) => new GeminiStreamEncoder(context),
    },
  },
  upstream: {
    framing: 'sse',
    mayPass: (body) => !holdsForeignProof(body, { members: PROOFS, own: 'gemini' }),
    decodeError,
    tokenCount: upstreamTokenCount,
    translation: {
      encodeRequest,
      decodeResponse,
      createStreamDecoder: (context, request) => new GeminiStreamDecoder(context, request),
    },
  },
  observe,
} as const satisfies WireFormat;
