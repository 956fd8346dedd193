/** How Google is asked for embeddings: of one text, or of several. */
export type EmbeddingMethod = 'embedContent' | 'batchEmbedContents';
