import { Module } from '@nestjs/common';
import { ProviderKitModule, UpstreamHttp } from '@sluice/provider-kit';
import { GeminiProvider } from './gemini.provider.js';

@Module({
  imports: [ProviderKitModule],
  providers: [
    {
      provide: GeminiProvider,
      useFactory: (http: UpstreamHttp) => new GeminiProvider(http),
      inject: [UpstreamHttp],
    },
  ],
  exports: [GeminiProvider],
})
export class GeminiProviderModule {}
