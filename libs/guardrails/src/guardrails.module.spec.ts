import { Test } from '@nestjs/testing';
import { Guardrails } from './guardrails.js';
import { GuardrailsModule } from './guardrails.module.js';

describe('GuardrailsModule', () => {
  it('lets every request pass, at once', async () => {
    const app = await Test.createTestingModule({ imports: [GuardrailsModule] }).compile();
    const request = {
      requestId: 'r1',
      principalId: undefined,
      format: 'openai-chat',
      model: 'demo',
      body: Buffer.from('{}'),
    };

    expect(app.get(Guardrails).checkRequest(request)).toBeUndefined();
  });
});
