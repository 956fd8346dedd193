import { Module } from '@nestjs/common';
import { WireFormatPlugin } from '@sluice/translator-kit';
import { geminiEmbedding, geminiEmbeddings } from './formats.js';

/** Brings the format `gemini-embedding`. */
@WireFormatPlugin(geminiEmbedding)
@Module({})
export class GeminiEmbeddingModule {}

/** Brings the format `gemini-embeddings`. */
@WireFormatPlugin(geminiEmbeddings)
@Module({})
export class GeminiEmbeddingsModule {}
