import { Module } from '@nestjs/common';
import { ProviderKitModule, UpstreamHttp } from '@sluice/provider-kit';
import { AnthropicProvider } from './anthropic.provider.js';

@Module({
  imports: [ProviderKitModule],
  providers: [
    {
      provide: AnthropicProvider,
      useFactory: (http: UpstreamHttp) => new AnthropicProvider(http),
      inject: [UpstreamHttp],
    },
  ],
  exports: [AnthropicProvider],
})
export class AnthropicProviderModule {}
