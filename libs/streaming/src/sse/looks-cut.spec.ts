import { looksCut } from './looks-cut.js';

describe('looksCut', () => {
  it.each(['{"a":1}', ' plain words', '[DONE]', '[DONE] ', '', '12'])('accepts %j', (data) => {
    expect(looksCut(data)).toBe(false);
  });

  it.each(['{', '{"a":{"b":1}', '{"a":"é', '[DON', '[{"a":1}'])('sees that %j was broken off', (data) => {
    expect(looksCut(data)).toBe(true);
  });
});
