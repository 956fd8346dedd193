export { decodeCountResponse, encodeCountRequest, encodeCountResponse, type TokenCount } from './count-tokens.js';
export { decodeCountRequest } from './decode-count-request.js';
export {
  decodeEmbeddingReply,
  embeddingEncodingOf,
  encodeEmbeddingRequest,
  MAX_EMBEDDED_TEXTS,
  type EmbeddingEncoding,
} from './embeddings.js';
export { gemini } from './format.js';
export { GeminiModule } from './gemini.module.js';
export { readModelPath, writeModelPath, type ModelPath } from './model-path.js';
