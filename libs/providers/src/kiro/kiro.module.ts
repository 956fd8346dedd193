import { Module } from '@nestjs/common';
import { Clock, Logger } from '@sluice/core';
import { ProviderKitModule, UpstreamHttp } from '@sluice/provider-kit';
import { KiroProvider } from './kiro.provider.js';

/** A global module that exports `Clock` or `Logger` replaces the default of that port. */
@Module({
  imports: [ProviderKitModule],
  providers: [
    {
      provide: KiroProvider,
      useFactory: (http: UpstreamHttp, clock?: Clock, logger?: Logger) => new KiroProvider(http, clock, logger),
      inject: [UpstreamHttp, { token: Clock, optional: true }, { token: Logger, optional: true }],
    },
  ],
  exports: [KiroProvider],
})
export class KiroProviderModule {}
