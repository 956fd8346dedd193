import 'reflect-metadata';
import { Test } from '@nestjs/testing';
import { FormatRegistry, TranslatorKitModule } from '@sluice/translator-kit';
import { openAiChat } from './format.js';
import { OpenAiChatModule } from './openai-chat.module.js';

describe('OpenAiChatModule', () => {
  it('brings the format by being imported', async () => {
    const app = await Test.createTestingModule({ imports: [TranslatorKitModule, OpenAiChatModule] }).compile();

    expect(app.get(FormatRegistry).get('openai-chat')).toBe(openAiChat);
  });
});
