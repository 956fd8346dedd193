import { Module } from '@nestjs/common';
import { WireFormatPlugin } from '@sluice/translator-kit';
import { openAiEmbeddings } from './format.js';

/** Brings the format `openai-embeddings`. */
@WireFormatPlugin(openAiEmbeddings)
@Module({})
export class OpenAiEmbeddingsModule {}
