import type { OnModuleInit } from '@nestjs/common';
import type { DiscoveryService } from '@nestjs/core';
import { isProviderPlugin } from './provider-plugin.js';
import type { ProviderRegistry } from './provider-registry.js';
import type { Provider } from './provider.js';

/** Fills the registry with every marked provider whose module was imported anywhere in the application. */
export class ProviderDiscovery implements OnModuleInit {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly registry: ProviderRegistry,
  ) {}

  /** @throws when two providers claim one id */
  onModuleInit(): void {
    for (const { token, instance } of this.discovery.getProviders()) {
      if (typeof instance !== 'object' || instance === null) continue;
      // the token covers factories and test overrides, the constructor covers aliases
      if (!isProviderPlugin(token) && !isProviderPlugin(instance.constructor)) continue;
      this.registry.register(instance as Provider); // the mark is only for classes that implement Provider
    }
  }
}
