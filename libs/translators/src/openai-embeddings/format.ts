import { jsonEnvelope, type WireFormat } from '@sluice/translator-kit';
import { errors } from './errors.js';
import { observe } from './observe.js';
import { translation } from './translation.js';

/** OpenAI's Embeddings; vendors of other formats may answer its clients. @see https://platform.openai.com/docs/api-reference/embeddings */
export const openAiEmbeddings = {
  id: 'openai-embeddings',
  displayName: 'OpenAI Embeddings',
  envelope: jsonEnvelope(),
  client: { encodeError: errors.encodeError, encodeStreamError: errors.encodeStreamError, embeddings: translation },
  upstream: { framing: 'sse', decodeError: errors.decodeError },
  observe,
} as const satisfies WireFormat;
