import { Test } from '@nestjs/testing';
import { ProviderRegistry } from '@sluice/provider-kit';
import { GeminiProviderModule } from './gemini.module.js';
import { GeminiProvider } from './gemini.provider.js';

describe('GeminiProviderModule', () => {
  it('brings its provider into the registry', async () => {
    const app = await Test.createTestingModule({ imports: [GeminiProviderModule] }).compile();
    await app.init();

    expect(app.get(ProviderRegistry).get('gemini')).toBe(app.get(GeminiProvider));
    await app.close();
  });
});
