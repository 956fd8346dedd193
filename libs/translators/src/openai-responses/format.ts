import { holdsForeignProof, jsonEnvelope, type WireFormat } from '@sluice/translator-kit';
import { decodeError } from './decode-error.js';
import { decodeRequest } from './decode-request.js';
import { decodeResponse } from './decode-response.js';
import { encodeError, encodeStreamError } from './encode-error.js';
import { encodeRequest } from './encode-request.js';
import { encodeResponse } from './encode-response.js';
import { history } from './history.js';
import { observe } from './observe.js';
import { ResponsesStreamDecoder } from './stream-decoder.js';
import { ResponsesStreamEncoder } from './stream-encoder.js';

/** Where a proof of reasoning stands. */
const PROOFS = ['encrypted_content'];

/** OpenAI's Responses. Model and stream flag are members of the body, and a stream always ends with its usage. */
export const openAiResponses = {
  id: 'openai-responses',
  displayName: 'OpenAI Responses',
  envelope: jsonEnvelope(),
  client: {
    encodeError,
    encodeStreamError,
    history,
    translation: {
      decodeRequest,
      encodeResponse,
      createStreamEncoder: (request, context) => new ResponsesStreamEncoder(request, context),
    },
  },
  upstream: {
    framing: 'sse',
    mayPass: (body) => !holdsForeignProof(body, { members: PROOFS, own: 'openai' }),
    decodeError,
    translation: {
      encodeRequest,
      decodeResponse,
      createStreamDecoder: (context, request) => new ResponsesStreamDecoder(context, request),
    },
  },
  observe,
} as const satisfies WireFormat;
