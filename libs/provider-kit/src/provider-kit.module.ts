import { Module, type DynamicModule, type ModuleMetadata, type OnApplicationShutdown } from '@nestjs/common';
import { DiscoveryModule, DiscoveryService } from '@nestjs/core';
import { ProviderDiscovery } from './provider-discovery.plugin.js';
import { ProviderRegistry } from './provider-registry.js';
import { GuardedFetch } from './http/guarded-fetch.js';
import { UpstreamHttp, type UpstreamHttpOptions } from './http/upstream-http.js';

/** Injection token of the {@link UpstreamHttpOptions}. */
export const UPSTREAM_HTTP_OPTIONS = Symbol.for('@sluice/upstream-http-options/1');

export interface ProviderKitAsyncOptions {
  readonly imports?: NonNullable<ModuleMetadata['imports']>;
  readonly inject?: readonly (string | symbol | (abstract new (...parameters: never[]) => unknown))[];
  useFactory(...dependencies: never[]): UpstreamHttpOptions | Promise<UpstreamHttpOptions>;
}

/** Holds the options for the whole application, so that the plain module below stays one module however often it is imported. */
@Module({})
class ProviderKitOptionsModule {}

/**
 * What a provider needs. Provider modules import it plainly; the application adds `forRoot` once where it has options.
 * All share one registry and one {@link UpstreamHttp}.
 */
@Module({
  imports: [DiscoveryModule],
  providers: [
    { provide: ProviderRegistry, useFactory: () => new ProviderRegistry() },
    {
      provide: ProviderDiscovery,
      useFactory: (discovery: DiscoveryService, registry: ProviderRegistry) =>
        new ProviderDiscovery(discovery, registry),
      inject: [DiscoveryService, ProviderRegistry],
    },
    {
      provide: UpstreamHttp,
      useFactory: (options?: UpstreamHttpOptions) => new UpstreamHttp(options),
      inject: [{ token: UPSTREAM_HTTP_OPTIONS, optional: true }],
    },
    { provide: GuardedFetch, useFactory: () => new GuardedFetch() },
  ],
  exports: [GuardedFetch, ProviderRegistry, UpstreamHttp],
})
export class ProviderKitModule implements OnApplicationShutdown {
  constructor(
    private readonly http: UpstreamHttp,
    private readonly fetcher: GuardedFetch,
  ) {}

  static forRoot(options: UpstreamHttpOptions): DynamicModule {
    return ProviderKitModule.forRootAsync({ useFactory: () => options });
  }

  static forRootAsync({ imports = [], inject = [], useFactory }: ProviderKitAsyncOptions): DynamicModule {
    return {
      module: ProviderKitOptionsModule,
      global: true,
      imports: [...imports, ProviderKitModule],
      providers: [{ provide: UPSTREAM_HTTP_OPTIONS, useFactory, inject: [...inject] }],
      exports: [UPSTREAM_HTTP_OPTIONS, ProviderKitModule],
    };
  }

  /** By now the exchanges have drained; what still runs is broken off. */
  async onApplicationShutdown(): Promise<void> {
    await Promise.all([this.http.destroy(), this.fetcher.destroy()]);
  }
}
