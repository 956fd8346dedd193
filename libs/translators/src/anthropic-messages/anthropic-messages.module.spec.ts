import 'reflect-metadata';
import { Test } from '@nestjs/testing';
import { FormatRegistry, TranslatorKitModule } from '@sluice/translator-kit';
import { AnthropicMessagesModule } from './anthropic-messages.module.js';
import { anthropicMessages } from './format.js';

describe('AnthropicMessagesModule', () => {
  it('brings the format by being imported', async () => {
    const app = await Test.createTestingModule({ imports: [TranslatorKitModule, AnthropicMessagesModule] }).compile();

    expect(app.get(FormatRegistry).get('anthropic-messages')).toBe(anthropicMessages);
  });
});
