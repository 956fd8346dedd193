import { Module } from '@nestjs/common';
import { ProviderKitModule, UpstreamHttp } from '@sluice/provider-kit';
import { CodexProvider } from './codex.provider.js';

@Module({
  imports: [ProviderKitModule],
  providers: [
    { provide: CodexProvider, useFactory: (http: UpstreamHttp) => new CodexProvider(http), inject: [UpstreamHttp] },
  ],
  exports: [CodexProvider],
})
export class CodexProviderModule {}
