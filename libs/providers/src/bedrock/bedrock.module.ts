import { Module } from '@nestjs/common';
import { ProviderKitModule, UpstreamHttp } from '@sluice/provider-kit';
import { BedrockProvider } from './bedrock.provider.js';

@Module({
  imports: [ProviderKitModule],
  providers: [
    { provide: BedrockProvider, useFactory: (http: UpstreamHttp) => new BedrockProvider(http), inject: [UpstreamHttp] },
  ],
  exports: [BedrockProvider],
})
export class BedrockProviderModule {}
