import { Module } from '@nestjs/common';
import { WireFormatPlugin } from '@sluice/translator-kit';
import { openAiCompletions } from './format.js';

/** Brings the format `openai-completions`. */
@WireFormatPlugin(openAiCompletions)
@Module({})
export class OpenAiCompletionsModule {}
