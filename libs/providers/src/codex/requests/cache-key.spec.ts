import { cacheKeyOf } from './cache-key.js';

describe('cacheKeyOf', () => {
  const question = { role: 'user', content: [{ type: 'input_text', text: 'Hi' }] };
  const conversation = { instructions: 'Be brief.', input: [question] };

  it('is a UUID of version 5', () => {
    expect(cacheKeyOf('key:app', conversation)).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
  });

  it('stays the same while a conversation grows, however its first question is spelt', () => {
    const answer = { role: 'assistant', content: [{ type: 'output_text', text: 'Hello' }] };
    const grown = { ...conversation, input: [question, answer, { role: 'user', content: 'More' }] };

    expect(cacheKeyOf('key:app', grown)).toBe(cacheKeyOf('key:app', conversation));
    expect(cacheKeyOf('key:app', { instructions: 'Be brief.', input: 'Hi' })).toBe(cacheKeyOf('key:app', conversation));
  });

  it.each([
    ['another client', 'key:other', conversation],
    ['other instructions', 'key:app', { ...conversation, instructions: 'Be long.' }],
    ['another question', 'key:app', { ...conversation, input: 'Ho' }],
  ])('is another for %s', (_name, clientId, request) => {
    expect(cacheKeyOf(clientId, request)).not.toBe(cacheKeyOf('key:app', conversation));
  });
});
