export { openAiEmbeddings } from './format.js';
export { OpenAiEmbeddingsModule } from './openai-embeddings.module.js';
