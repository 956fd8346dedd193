import 'reflect-metadata';
import { Test } from '@nestjs/testing';
import { FormatRegistry, TranslatorKitModule } from '@sluice/translator-kit';
import { openAiCompletions } from './format.js';
import { OpenAiCompletionsModule } from './openai-completions.module.js';

describe('OpenAiCompletionsModule', () => {
  it('brings the format by being imported', async () => {
    const app = await Test.createTestingModule({ imports: [TranslatorKitModule, OpenAiCompletionsModule] }).compile();

    expect(app.get(FormatRegistry).get('openai-completions')).toBe(openAiCompletions);
  });
});
