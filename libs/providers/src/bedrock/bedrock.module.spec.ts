import { Test } from '@nestjs/testing';
import { ProviderRegistry } from '@sluice/provider-kit';
import { BedrockProviderModule } from './bedrock.module.js';
import { BedrockProvider } from './bedrock.provider.js';

describe('BedrockProviderModule', () => {
  it('brings its provider into the registry', async () => {
    const app = await Test.createTestingModule({ imports: [BedrockProviderModule] }).compile();
    await app.init();

    expect(app.get(ProviderRegistry).get('bedrock')).toBe(app.get(BedrockProvider));
    await app.close();
  });
});
