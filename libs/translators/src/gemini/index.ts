export { MAX_EMBEDDED_TEXTS } from './embeddings/encode-request.js';
export { geminiEmbedding, geminiEmbeddings } from './embeddings/formats.js';
export { GeminiEmbeddingModule, GeminiEmbeddingsModule } from './embeddings/gemini-embeddings.module.js';
export { gemini } from './format.js';
export { GeminiModule } from './gemini.module.js';
export { readModelPath, writeModelPath, type ModelPath } from './model-path.js';
