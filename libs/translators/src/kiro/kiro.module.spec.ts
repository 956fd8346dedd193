import { Test } from '@nestjs/testing';
import { FormatRegistry, TranslatorKitModule } from '@sluice/translator-kit';
import { kiro } from './format.js';
import { KiroModule } from './kiro.module.js';

describe('KiroModule', () => {
  it('brings its format into the registry', async () => {
    const app = await Test.createTestingModule({ imports: [TranslatorKitModule, KiroModule] }).compile();

    expect(app.get(FormatRegistry).get('kiro')).toBe(kiro);
    await app.close();
  });
});
