import { Test } from '@nestjs/testing';
import { ProviderRegistry } from '@sluice/provider-kit';
import { AnthropicProviderModule } from './anthropic.module.js';
import { AnthropicProvider } from './anthropic.provider.js';

describe('AnthropicProviderModule', () => {
  it('brings its provider into the registry', async () => {
    const app = await Test.createTestingModule({ imports: [AnthropicProviderModule] }).compile();
    await app.init();

    expect(app.get(ProviderRegistry).get('anthropic')).toBe(app.get(AnthropicProvider));
    await app.close();
  });
});
