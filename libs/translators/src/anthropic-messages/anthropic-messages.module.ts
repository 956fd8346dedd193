import { Module } from '@nestjs/common';
import { WireFormatPlugin } from '@sluice/translator-kit';
import { anthropicMessages } from './format.js';

/** Brings the format `anthropic-messages`. */
@WireFormatPlugin(anthropicMessages)
@Module({})
export class AnthropicMessagesModule {}
