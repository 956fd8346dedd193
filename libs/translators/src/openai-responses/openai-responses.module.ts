import { Module } from '@nestjs/common';
import { WireFormatPlugin } from '@sluice/translator-kit';
import { openAiResponses } from './format.js';

/** Brings the format `openai-responses`. */
@WireFormatPlugin(openAiResponses)
@Module({})
export class OpenAiResponsesModule {}
