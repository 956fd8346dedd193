import { tokenCount } from './token-count.js';

const QUESTION = {
  model: 'claude-test',
  system: 'Be brief.',
  messages: [{ role: 'user', content: 'hello' }],
};
const CALL = { path: '/v1/messages/count_tokens', query: '', body: Buffer.from(JSON.stringify(QUESTION)) };

describe('tokenCount', () => {
  it('finds the model in the body and puts another there', () => {
    expect(tokenCount.readModel(CALL)).toBe('claude-test');
    expect(JSON.parse(tokenCount.withModel(CALL, 'claude-else').body.toString())).toEqual({
      ...QUESTION,
      model: 'claude-else',
    });
  });

  it('measures a question without max_tokens', () => {
    expect(tokenCount.decodeRequest(CALL)).toMatchObject({
      messages: [
        { role: 'system', content: [{ type: 'text', text: 'Be brief.' }] },
        { role: 'user', content: [{ type: 'text', text: 'hello' }] },
      ],
    });
  });

  it('says the count in Anthropic’s word', () => {
    expect(tokenCount.encodeCount(7)).toEqual({ input_tokens: 7 });
  });
});
