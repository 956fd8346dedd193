import { Module } from '@nestjs/common';
import { WireFormatPlugin } from '@sluice/translator-kit';
import { openAiChat } from './format.js';

/** Brings the format `openai-chat`. */
@WireFormatPlugin(openAiChat)
@Module({})
export class OpenAiChatModule {}
