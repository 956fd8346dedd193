import type { WireFormat } from '@sluice/translator-kit';
import { decodeError } from '../decode-error.js';
import { encodeError, encodeStreamError } from '../encode-error.js';
import { decodeEmbeddingResponse } from './decode-response.js';
import { encodeEmbeddingRequest } from './encode-request.js';
import { embeddingEnvelope } from './envelope.js';
import { observe } from './observe.js';

/** Google's `embedContent`, one text: only ever passed through. @see https://ai.google.dev/api/embeddings */
export const geminiEmbedding = {
  id: 'gemini-embedding',
  displayName: 'Google Gemini embedding',
  envelope: embeddingEnvelope('embedContent'),
  client: { encodeError, encodeStreamError },
  upstream: { framing: 'sse', decodeError },
  observe,
} as const satisfies WireFormat;

/** Google's `batchEmbedContents`: how vectors are asked for on behalf of clients of other formats too. */
export const geminiEmbeddings = {
  id: 'gemini-embeddings',
  displayName: 'Google Gemini embeddings',
  envelope: embeddingEnvelope('batchEmbedContents'),
  client: { encodeError, encodeStreamError },
  upstream: {
    framing: 'sse',
    decodeError,
    embeddings: { encodeRequest: encodeEmbeddingRequest, decodeResponse: decodeEmbeddingResponse },
  },
  observe,
} as const satisfies WireFormat;
