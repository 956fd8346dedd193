import { GatewayError } from '@sluice/core';
import { tokenCount } from './token-count.js';

const call = (path: string, body: object = {}) => ({ path, query: '', body: Buffer.from(JSON.stringify(body)) });

describe('tokenCount', () => {
  const path = '/v1beta/models/gemini-2.5-flash:countTokens';

  it('finds the model in the path and puts another there', () => {
    expect(tokenCount.readModel(call(path))).toBe('gemini-2.5-flash');
    expect(tokenCount.withModel(call(path), 'gemini-3-pro').path).toBe('/v1beta/models/gemini-3-pro:countTokens');
  });

  it('leaves a body alone that names no model', () => {
    const question = call(path, { contents: [] });

    expect(tokenCount.withModel(question, 'gemini-3-pro').body).toBe(question.body);
  });

  it('names the other model in a whole request too, as the vendor compares both', () => {
    const question = call(path, { generateContentRequest: { model: 'models/gemini-2.5-flash', contents: [] } });

    expect(JSON.parse(tokenCount.withModel(question, 'gemini-3-pro').body.toString())).toEqual({
      generateContentRequest: { model: 'models/gemini-3-pro', contents: [] },
    });
  });

  it.each([
    ['contents', { contents: [{ parts: [{ text: 'hello' }] }] }],
    ['a whole request', { generateContentRequest: { contents: [{ parts: [{ text: 'hello' }] }] } }],
  ])('measures %s', (_, body) => {
    expect(tokenCount.decodeRequest(call(path, body))).toMatchObject({
      messages: [{ role: 'user', content: [{ type: 'text', text: 'hello' }] }],
    });
  });

  it('says the count in Google’s word', () => {
    expect(tokenCount.encodeCount(7)).toEqual({ totalTokens: 7 });
  });

  it('wants a model', () => {
    expect(() => tokenCount.readModel(call('/v1beta/models'))).toThrow(GatewayError);
  });
});
