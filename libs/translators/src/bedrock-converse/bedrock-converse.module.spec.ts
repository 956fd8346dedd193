import { Test } from '@nestjs/testing';
import { FormatRegistry, TranslatorKitModule } from '@sluice/translator-kit';
import { BedrockConverseModule, bedrockConverse } from './index.js';

describe('BedrockConverseModule', () => {
  it('brings its format into the registry', async () => {
    const app = await Test.createTestingModule({ imports: [TranslatorKitModule, BedrockConverseModule] }).compile();
    await app.init();

    expect(app.get(FormatRegistry).get('bedrock-converse')).toBe(bedrockConverse);
    await app.close();
  });
});
