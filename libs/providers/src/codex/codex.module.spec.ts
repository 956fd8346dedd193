import { Test } from '@nestjs/testing';
import { ProviderRegistry } from '@sluice/provider-kit';
import { CodexProviderModule } from './codex.module.js';
import { CodexProvider } from './codex.provider.js';

describe('CodexProviderModule', () => {
  it('brings its provider into the registry', async () => {
    const app = await Test.createTestingModule({ imports: [CodexProviderModule] }).compile();
    await app.init();

    expect(app.get(ProviderRegistry).get('codex')).toBe(app.get(CodexProvider));
    await app.close();
  });
});
