import { jsonEnvelope, type WireFormat } from '@sluice/translator-kit';
import { errors } from './errors.js';
import { observe } from './observe.js';

/** OpenAI's Embeddings: only ever passed through. @see https://platform.openai.com/docs/api-reference/embeddings */
export const openAiEmbeddings = {
  id: 'openai-embeddings',
  displayName: 'OpenAI Embeddings',
  envelope: jsonEnvelope(),
  client: { encodeError: errors.encodeError, encodeStreamError: errors.encodeStreamError },
  upstream: { framing: 'sse', decodeError: errors.decodeError },
  observe,
} as const satisfies WireFormat;
