import { Module } from '@nestjs/common';
import { ProviderKitModule, UpstreamHttp } from '@sluice/provider-kit';
import { AcmeProvider } from './acme.provider.js';

@Module({
  imports: [ProviderKitModule],
  providers: [
    { provide: AcmeProvider, useFactory: (http: UpstreamHttp) => new AcmeProvider(http), inject: [UpstreamHttp] },
  ],
  exports: [AcmeProvider],
})
export class AcmeProviderModule {}
