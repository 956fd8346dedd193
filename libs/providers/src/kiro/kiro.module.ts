import { Module } from '@nestjs/common';
import { ProviderKitModule, UpstreamHttp } from '@sluice/provider-kit';
import { KiroProvider } from './kiro.provider.js';

@Module({
  imports: [ProviderKitModule],
  providers: [
    { provide: KiroProvider, useFactory: (http: UpstreamHttp) => new KiroProvider(http), inject: [UpstreamHttp] },
  ],
  exports: [KiroProvider],
})
export class KiroProviderModule {}
