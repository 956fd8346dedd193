import { Module } from '@nestjs/common';
import { WireFormatPlugin } from '@sluice/translator-kit';
import { bedrockConverse } from './format.js';

/** Brings the format `bedrock-converse`. */
@WireFormatPlugin(bedrockConverse)
@Module({})
export class BedrockConverseModule {}
