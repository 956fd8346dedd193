import { Module } from '@nestjs/common';
import { ProviderKitModule, UpstreamHttp } from '@sluice/provider-kit';
import { OpenAiProvider } from './openai.provider.js';

@Module({
  imports: [ProviderKitModule],
  providers: [
    { provide: OpenAiProvider, useFactory: (http: UpstreamHttp) => new OpenAiProvider(http), inject: [UpstreamHttp] },
  ],
  exports: [OpenAiProvider],
})
export class OpenAiProviderModule {}
