import { Module } from '@nestjs/common';
import { WireFormatPlugin } from '@sluice/translator-kit';
import { gemini } from './format.js';

/** Brings the format `gemini`. */
@WireFormatPlugin(gemini)
@Module({})
export class GeminiModule {}
