import { Test } from '@nestjs/testing';
import { ProviderRegistry } from '@sluice/provider-kit';
import { CopilotProviderModule } from './copilot.module.js';

describe('CopilotProviderModule', () => {
  it('registers the provider', async () => {
    const module = await Test.createTestingModule({ imports: [CopilotProviderModule] }).compile();
    await module.init();

    expect(module.get(ProviderRegistry).get('copilot').descriptor.displayName).toBe('GitHub Copilot');

    await module.close();
  });
});
