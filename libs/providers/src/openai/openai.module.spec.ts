import { Test } from '@nestjs/testing';
import { ProviderRegistry } from '@sluice/provider-kit';
import { OpenAiProviderModule } from './openai.module.js';
import { OpenAiProvider } from './openai.provider.js';

describe('OpenAiProviderModule', () => {
  it('brings its provider into the registry', async () => {
    const app = await Test.createTestingModule({ imports: [OpenAiProviderModule] }).compile();
    await app.init();

    expect(app.get(ProviderRegistry).get('openai')).toBe(app.get(OpenAiProvider));
    await app.close();
  });
});
