import { Module } from '@nestjs/common';
import { DiscoveryModule, DiscoveryService } from '@nestjs/core';
import { FormatRegistry } from './format-registry.js';
import { wireFormatOf } from './wire-format.plugin.js';
import type { WireFormat } from './wire-format.js';

/** Finds the formats of all imported modules. Nest knows every class before it makes the first instance. */
function discoverFormats(discovery: DiscoveryService): WireFormat[] {
  return discovery
    .getProviders()
    .map(({ token, metatype }) => wireFormatOf(token) ?? wireFormatOf(metatype))
    .filter((format) => format !== undefined);
}

@Module({
  imports: [DiscoveryModule],
  providers: [
    {
      provide: FormatRegistry,
      useFactory: (discovery: DiscoveryService) => new FormatRegistry(discoverFormats(discovery)),
      inject: [DiscoveryService],
    },
  ],
  exports: [FormatRegistry],
})
export class TranslatorKitModule {}
