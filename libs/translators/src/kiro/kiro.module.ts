import { Module } from '@nestjs/common';
import { WireFormatPlugin } from '@sluice/translator-kit';
import { kiro } from './format.js';

/** Brings the format `kiro`. */
@WireFormatPlugin(kiro)
@Module({})
export class KiroModule {}
