import { Module } from '@nestjs/common';
import { Clock, Logger } from '@sluice/core';
import { ProviderKitModule, UpstreamHttp } from '@sluice/provider-kit';
import { CopilotProvider } from './copilot.provider.js';

/** A global module that exports `Clock` or `Logger` replaces the default of that port. */
@Module({
  imports: [ProviderKitModule],
  providers: [
    {
      provide: CopilotProvider,
      useFactory: (http: UpstreamHttp, clock?: Clock, logger?: Logger) => new CopilotProvider(http, clock, logger),
      inject: [UpstreamHttp, { token: Clock, optional: true }, { token: Logger, optional: true }],
    },
  ],
  exports: [CopilotProvider],
})
export class CopilotProviderModule {}
