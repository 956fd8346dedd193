import 'reflect-metadata';
import { Test } from '@nestjs/testing';
import { FormatRegistry, TranslatorKitModule } from '@sluice/translator-kit';
import { openAiEmbeddings } from './format.js';
import { OpenAiEmbeddingsModule } from './openai-embeddings.module.js';

describe('OpenAiEmbeddingsModule', () => {
  it('brings the format by being imported', async () => {
    const app = await Test.createTestingModule({ imports: [TranslatorKitModule, OpenAiEmbeddingsModule] }).compile();

    expect(app.get(FormatRegistry).get('openai-embeddings')).toBe(openAiEmbeddings);
  });
});
