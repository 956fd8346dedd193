import { Module } from '@nestjs/common';
import { ProviderKitModule, UpstreamHttp } from '@sluice/provider-kit';
import { OpenAiCompatibleProvider } from './openai-compatible.provider.js';

@Module({
  imports: [ProviderKitModule],
  providers: [
    {
      provide: OpenAiCompatibleProvider,
      useFactory: (http: UpstreamHttp) => new OpenAiCompatibleProvider(http),
      inject: [UpstreamHttp],
    },
  ],
  exports: [OpenAiCompatibleProvider],
})
export class OpenAiCompatibleProviderModule {}
