import { Test } from '@nestjs/testing';
import { ProviderRegistry } from '@sluice/provider-kit';
import { KiroProviderModule } from './kiro.module.js';
import { KiroProvider } from './kiro.provider.js';

describe('KiroProviderModule', () => {
  it('brings its provider into the registry', async () => {
    const app = await Test.createTestingModule({ imports: [KiroProviderModule] }).compile();
    await app.init();

    expect(app.get(ProviderRegistry).get('kiro')).toBe(app.get(KiroProvider));
    await app.close();
  });
});
