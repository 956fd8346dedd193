import 'reflect-metadata';
import { Module, type ModuleMetadata } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { PLUGIN_MODULES } from '@sluice/distribution';
import { ProviderKitModule, ProviderRegistry, type ProviderDescriptor } from '@sluice/provider-kit';

/** What the providers of the given modules declare, without building a gateway: enough to check a configuration. */
export async function readDescriptors(
  plugins: NonNullable<ModuleMetadata['imports']> = PLUGIN_MODULES,
): Promise<readonly ProviderDescriptor[]> {
  @Module({ imports: [ProviderKitModule, ...plugins] })
  class DescriptorsModule {}
  const context = await NestFactory.createApplicationContext(DescriptorsModule, { logger: false, abortOnError: false });
  try {
    return context.get(ProviderRegistry).descriptors;
  } finally {
    await context.close();
  }
}
