import 'reflect-metadata';
import { Test } from '@nestjs/testing';
import { FormatRegistry, TranslatorKitModule } from '@sluice/translator-kit';
import { GeminiModule } from './gemini.module.js';
import { gemini } from './format.js';

describe('GeminiModule', () => {
  it('brings the format by being imported', async () => {
    const app = await Test.createTestingModule({ imports: [TranslatorKitModule, GeminiModule] }).compile();

    expect(app.get(FormatRegistry).get('gemini')).toBe(gemini);
  });
});
