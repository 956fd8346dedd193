import 'reflect-metadata';
import { Test } from '@nestjs/testing';
import { FormatRegistry, TranslatorKitModule } from '@sluice/translator-kit';
import { geminiEmbedding, geminiEmbeddings } from './formats.js';
import { GeminiEmbeddingModule, GeminiEmbeddingsModule } from './gemini-embeddings.module.js';

describe('the modules of Gemini’s embeddings', () => {
  it('bring their formats by being imported', async () => {
    const imports = [TranslatorKitModule, GeminiEmbeddingModule, GeminiEmbeddingsModule];
    const app = await Test.createTestingModule({ imports }).compile();

    expect(app.get(FormatRegistry).get('gemini-embedding')).toBe(geminiEmbedding);
    expect(app.get(FormatRegistry).get('gemini-embeddings')).toBe(geminiEmbeddings);
  });
});
