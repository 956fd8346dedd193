/** An application of somebody else: the packed kit, a provider of its own and one of a third party. Prints what it found. */
import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { PROVIDER_PLUGIN, ProviderKitModule, ProviderPlugin, ProviderRegistry } from '@sluice/provider-kit';
import { ForeignProviderModule, kit as foreignKit } from 'foreign-provider';

class OwnProvider {
  descriptor = { id: 'own', displayName: 'Own', credentials: ['none'], settings: {} };
}
ProviderPlugin()(OwnProvider);

class OwnProviderModule {}
Module({ imports: [ProviderKitModule], providers: [OwnProvider] })(OwnProviderModule);

class AppModule {}
Module({ imports: [ProviderKitModule, OwnProviderModule, ForeignProviderModule] })(AppModule);

const context = await NestFactory.createApplicationContext(AppModule, { logger: false, abortOnError: false });
const found = {
  ids: context.get(ProviderRegistry).ids,
  kit: import.meta.resolve('@sluice/provider-kit'),
  foreignKit,
  key: Symbol.keyFor(PROVIDER_PLUGIN),
};
await context.close();
process.stdout.write(JSON.stringify(found));
