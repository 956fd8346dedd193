import 'reflect-metadata';
import { Test } from '@nestjs/testing';
import { FormatRegistry, TranslatorKitModule } from '@sluice/translator-kit';
import { openAiResponses } from './format.js';
import { OpenAiResponsesModule } from './openai-responses.module.js';

describe('OpenAiResponsesModule', () => {
  it('brings the format by being imported', async () => {
    const app = await Test.createTestingModule({ imports: [TranslatorKitModule, OpenAiResponsesModule] }).compile();

    expect(app.get(FormatRegistry).get('openai-responses')).toBe(openAiResponses);
  });
});
