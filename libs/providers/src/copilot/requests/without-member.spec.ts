import { withoutMember } from './without-member.js';

describe('withoutMember', () => {
  it.each([
    ['first', '{"service_tier":"auto","model":"m"}', '{"model":"m"}'],
    ['in the middle', '{"a":1,"service_tier":"auto","b":2}', '{"a":1,"b":2}'],
    ['last', '{"a":1.0 ,\n "service_tier" : "auto" }', '{"a":1.0  }'],
    ['alone', '{ "service_tier":"auto" }', '{  }'],
    ['twice', '{"service_tier":"a","b":2,"service_tier":"c"}', '{"b":2}'],
    ['twice and alone', '{"service_tier":"a","service_tier":"c"}', '{}'],
  ])('takes out a member that stands %s, and leaves every other byte', (_case, body, expected) => {
    expect(withoutMember(Buffer.from(body), 'service_tier').toString()).toBe(expected);
  });

  it.each([
    ['no such member', '{"model":"m"}'],
    ['one inside another object', '{"metadata":{"service_tier":"auto"}}'],
    ['a key with escapes', '{"service\\u005ftier":"auto"}'],
    ['no JSON object', '[1]'],
  ])('leaves %s alone', (_case, body) => {
    const bytes = Buffer.from(body);

    expect(withoutMember(bytes, 'service_tier')).toBe(bytes);
  });
});
