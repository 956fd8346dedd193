import { Test } from '@nestjs/testing';
import { ProviderRegistry } from '@sluice/provider-kit';
import { OpenAiCompatibleProviderModule } from './openai-compatible.module.js';
import { OpenAiCompatibleProvider } from './openai-compatible.provider.js';

describe('OpenAiCompatibleProviderModule', () => {
  it('brings its provider into the registry', async () => {
    const app = await Test.createTestingModule({ imports: [OpenAiCompatibleProviderModule] }).compile();
    await app.init();

    expect(app.get(ProviderRegistry).get('openai-compatible')).toBe(app.get(OpenAiCompatibleProvider));
    await app.close();
  });
});
